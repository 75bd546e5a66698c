#include "server/config/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

namespace ode::server {
namespace {

Result<Config> load(const std::map<std::string, std::string>& environment,
                    const std::vector<std::string>& words) {
  std::vector<std::string> rest;
  return load_config(
      [&](const std::string& name) {
        const auto found = environment.find(name);
        return found == environment.end() ? std::nullopt : std::optional<std::string>(found->second);
      },
      words, rest);
}

TEST(Config, NoneSetWorks) { EXPECT_TRUE(load({}, {}).ok()); }

TEST(Config, FlagsWinOverTheEnvironment) {
  const auto config = load({{"ODE_UPLOAD_MB", "5"}, {"ODE_DATA", "/a"}},
                           {"--upload-mb", "7", "--cors-origins=https://a, https://b"});
  ASSERT_TRUE(config.ok());
  EXPECT_EQ(config.value().upload_bytes_max, 7 << 20);
  EXPECT_EQ(config.value().data, "/a");
  EXPECT_THAT(config.value().cors_origins, ::testing::ElementsAre("https://a", "https://b"));
}

TEST(Config, SecretsComeFromFiles) {
  const std::string path = ::testing::TempDir() + "ode-secret";
  std::ofstream(path) << "whsec_abc\n";
  EXPECT_EQ(load({{"ODE_WEBHOOK_SECRET_FILE", path}}, {}).value().webhook_secret, "whsec_abc");
  EXPECT_FALSE(load({{"ODE_WEBHOOK_SECRET_FILE", path + "-nowhere"}}, {}).ok());
}

TEST(Config, WhatMakesNoSenseIsNamed) {
  for (const auto& [words, name] : std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{"--upload-mb", "much"}, "--upload-mb"},
           {{"--listen", "nowhere:99999"}, "--listen"},
           {{"--auth", "maybe"}, "--auth"},
           {{"--database-url", "mysql://x"}, "--database-url"},
           {{"--queue-url", "redis://x"}, "ODE_QUEUE_URL"},
           {{"--nonsense", "1"}, "--nonsense"},
           {{"--data"}, "--data"}}) {
    const auto config = load({}, words);
    ASSERT_FALSE(config.ok()) << name;
    EXPECT_THAT(config.error().message, ::testing::HasSubstr(name));
  }
}

TEST(Config, TheManualHasTheSameTable) {
  std::ifstream in(std::string(ODE_SOURCE_DIR) + "/docs/operations.md");
  std::stringstream text;
  text << in.rdbuf();
  for (const Setting& setting : settings()) {
    std::string row = std::string("| `") + setting.name + "` | ";
    if (*setting.fallback != '\0') row += std::string("`") + setting.fallback + "`";
    row += std::string(" | ") + setting.meaning + (setting.secret ? " (secret)" : "") + " |";
    EXPECT_THAT(text.str(), ::testing::HasSubstr(row));
  }
}

}  // namespace
}  // namespace ode::server
