#include "tests/support/golden_folder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>

#include "tests/support/engine_fixture.h"

namespace ode::testing {
namespace {

namespace fs = std::filesystem;

/// Cases that cannot be read or kept are told, and the others done.
int for_each_case(const GoldenFolder& folder, const KeepCase& work) {
  int failed = 0;
  for (const std::string& name : folder.names()) {
    const auto golden = folder.load(name);
    const Status done = golden ? work(name, *golden) : Status(golden.error());
    if (done) continue;
    std::cerr << name << ": " << to_string(done.error()) << "\n";
    failed = 1;
  }
  return failed;
}

}  // namespace

std::vector<std::string> GoldenFolder::names() const {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(cases)) names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

Result<PdfCase> GoldenFolder::load(const std::string& name) const {
  return parse_case(read_text(cases / (name + ".txt")), files.string());
}

std::string GoldenFolder::kept(const std::string& file) const { return read_text(expected / file); }

void GoldenFolder::expect_no_orphans() const {
  for (const auto& entry : fs::directory_iterator(expected)) {
    EXPECT_TRUE(fs::exists(cases / (entry.path().stem().string() + ".txt"))) << entry.path();
  }
}

std::string read_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_text(const fs::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

Result<std::unique_ptr<api::Session>> open_case(const PdfCase& golden) {
  api::OpenSettings settings;
  if (!golden.password.empty()) settings.password = golden.password;
  settings.fonts = font_pack();
  return api::Session::open(golden.pdf, settings);
}

int golden_main(int argc, char** argv, const GoldenFolder& folder, const KeepCase& keep) {
  const std::string_view option = argc > 1 ? argv[1] : "";
  if (argc == 2 && option == "--accept") {
    fs::create_directories(folder.expected);
    return for_each_case(folder, keep);
  }
  if (argc == 3 && option == "--write-pdf") {
    const fs::path directory = argv[2];
    fs::create_directories(directory);
    return for_each_case(folder, [&](const std::string& name, const PdfCase& golden) -> Status {
      write_text(directory / (name + ".pdf"), as_chars(golden.pdf.view()));
      return Ok{};
    });
  }
  ::testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}

}  // namespace ode::testing
