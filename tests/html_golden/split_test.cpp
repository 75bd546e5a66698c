// Documents in parts (`ode convert --split`), of every case: each
// file is well-formed and runs nothing but the index's one script, and the files refer to each other and to
// nothing else.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "engine/api/convert.h"
#include "tests/html_golden/html_golden.h"
#include "tests/support/markup_contents.h"
#include "tests/support/split_document.h"
#include "tests/support/strict_markup.h"

namespace ode {
namespace {

using Files = std::map<std::string, std::string>;

Result<Files> split(const testing::PdfCase& golden) {
  const std::unique_ptr<api::Session> session = ODE_TRY(testing::open_case(golden));
  Files files;
  api::ConvertSettings settings = testing::settings_of(*session);
  settings.asset_folder = "assets/";
  settings.files = [&files](const std::string& name, ByteView bytes) -> Status {
    EXPECT_TRUE(files.emplace(name, as_chars(bytes)).second) << name << " is written twice";
    return Ok{};
  };
  ODE_TRY(api::convert_to_fragments(*session, settings));
  return files;
}

bool is_html(const std::string& name) { return name.ends_with(".html"); }

/// References of a file; those of a page or of a style sheet alike.
std::set<std::string> references_of(const std::string& name, const std::string& bytes) {
  std::set<std::string> references;
  if (is_html(name)) references = testing::contents_of(bytes).references;
  if (name.ends_with(".css")) testing::add_css_references(bytes, references);
  return references;
}

class SplitDocument : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    const auto golden = testing::html_golden_folder().load(GetParam());
    ASSERT_TRUE(golden.ok()) << to_string(golden.error());
    auto files = split(*golden);
    ASSERT_TRUE(files.ok()) << to_string(files.error());
    files_ = std::move(*files);
  }

  Files files_;
};

TEST_P(SplitDocument, RunsOneScriptAndNothingElse) {
  const std::vector<std::string> known = testing::elements_of_parts();
  for (const auto& [name, bytes] : files_) {
    if (!is_html(name)) continue;
    EXPECT_EQ(testing::complaint_about(bytes, testing::MarkupKind::html, known), "") << name;
    EXPECT_EQ(bytes.find("<script"), name == "index.html" ? bytes.rfind("<script") : std::string::npos)
        << name;
  }
  // The strict reader lets style sheets load nothing; that these load assets alone is the next test.
  std::string css = files_["style.css"];
  for (std::size_t at; (at = css.find("url(assets/")) != std::string::npos;) css.replace(at + 4, 7, "#");
  EXPECT_EQ(testing::complaint_about("<style>" + css + "</style>", testing::MarkupKind::html), "");
}

TEST_P(SplitDocument, RefersToItsFilesAndToAllOfThem) {
  std::map<std::string, std::vector<std::string>> ids;
  for (const auto& [name, bytes] : files_)
    if (is_html(name)) ids[name] = testing::contents_of(bytes).ids;
  std::set<std::string> unused;
  for (const auto& [name, bytes] : files_) unused.insert(name);
  unused.erase("index.html");  // the one that people open
  for (const auto& [name, bytes] : files_) {
    for (const std::string& reference : references_of(name, bytes)) {
      if (reference.find(':') != std::string::npos) continue;  // the web
      const std::size_t hash = std::min(reference.find('#'), reference.size());
      const std::string file = hash == 0 ? name : reference.substr(0, hash);
      EXPECT_EQ(files_.count(file), 1u) << name << " refers to " << reference;
      if (file != name) unused.erase(file);
      if (hash == reference.size()) continue;
      EXPECT_EQ(std::count(ids[file].begin(), ids[file].end(), reference.substr(hash + 1)), 1)
          << name << " refers to " << reference;
    }
  }
  EXPECT_TRUE(unused.empty()) << *unused.begin() << " is referred to by no file";
}

INSTANTIATE_TEST_SUITE_P(Cases, SplitDocument, ::testing::ValuesIn(testing::html_golden_folder().names()),
                         [](const auto& name) { return name.param; });

TEST(SplitDocuments, HaveLinksAnOutlinePicturesAndFonts) {
  const auto golden = testing::html_golden_folder().load("pages_refer_to_each_other");
  ASSERT_TRUE(golden.ok()) << to_string(golden.error());
  const auto files = split(*golden);
  ASSERT_TRUE(files.ok()) << to_string(files.error());
  const auto count = [&](const char* end) {
    return std::count_if(files->begin(), files->end(),
                         [&](const auto& file) { return file.first.ends_with(end); });
  };
  EXPECT_EQ(count(".html"), 3);
  EXPECT_EQ(count(".woff2"), 2);
  EXPECT_EQ(count(".png"), 1);
  EXPECT_EQ(references_of("index.html", files->at("index.html")),
            (std::set<std::string>{"index.html#page1", "index.html#page2-40", "page-1.html", "page-2.html",
                                   "style.css"}));
  EXPECT_EQ(references_of("page-1.html", files->at("page-1.html")).count("index.html#page2-50"), 1u);
  EXPECT_EQ(references_of("page-2.html", files->at("page-2.html")).count("index.html#page1"), 1u);
}

}  // namespace
}  // namespace ode
