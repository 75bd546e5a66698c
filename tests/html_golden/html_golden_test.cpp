// Golden tests of the HTML, SVG and text writers: every case of cases/, converted, against what is kept of
// it. `html_golden_tests --accept` keeps what is written now; `--write-pdf DIR` writes the cases as PDF
// files.
//
// Kept files leave out (readable.h) the style sheet that all documents share and the bytes of fonts, which
// have tests of their own in engine/fonts; of pictures they keep a hash of the pixels.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <sstream>

#include "engine/api/text_output.h"
#include "tests/html_golden/html_golden.h"
#include "tests/html_golden/readable.h"
#include "tests/support/markup_contents.h"
#include "tests/support/strict_markup.h"

namespace ode {
namespace testing {

const GoldenFolder& html_golden_folder() {
  static const std::filesystem::path root = ODE_HTML_GOLDEN_DIR;
  static const GoldenFolder folder{root / "cases", ODE_GOLDEN_FILES_DIR, root / "expected",
                                   ODE_HTML_GOLDEN_OUTPUT_DIR};
  return folder;
}

api::ConvertSettings settings_of(const api::Session& session) {
  api::ConvertSettings settings;
  for (int i = 0; i < session.page_count(); ++i) settings.pages.push_back(i);
  settings.failed = [](int page, const Error& error) {
    ADD_FAILURE() << "page " << page + 1 << ": " << to_string(error);
  };
  return settings;
}

}  // namespace testing

namespace {

using testing::complaint_about;
using testing::MarkupKind;

const testing::GoldenFolder& kFolder = testing::html_golden_folder();

/// All pages in a format, by the extension of its files.
Result<std::string> written_as(const std::string& extension, const testing::PdfCase& golden) {
  const std::unique_ptr<api::Session> session = ODE_TRY(testing::open_case(golden));
  const api::ConvertSettings settings = testing::settings_of(*session);
  std::string out;
  const auto sink = [&out](std::string_view part) -> Status {
    out += part;
    return Ok{};
  };
  if (extension == "html") {
    ODE_TRY(api::convert_to_html(*session, settings, sink));
  } else if (extension == "svg") {
    out = ODE_TRY(api::convert_to_svg(*session, 0, nullptr));
  } else {
    for (const auto format :
         {api::TextFormat::plain, api::TextFormat::json, api::TextFormat::hocr, api::TextFormat::markdown}) {
      if (extension == api::extension_of(format)) ODE_TRY(api::write_text(*session, format, settings, sink));
    }
  }
  return out;
}

/// What is compared, and the extensions of the files that keep it.
std::vector<std::string> extensions_of(const testing::PdfCase& golden) {
  std::istringstream words("html " + golden.writes);
  return {std::istream_iterator<std::string>(words), {}};
}

class HtmlGolden : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    auto loaded = kFolder.load(GetParam());
    ASSERT_TRUE(loaded.ok()) << to_string(loaded.error());
    golden_ = std::move(*loaded);
    html_ = written("html");
  }
  std::string written(const std::string& extension) const {
    const auto out = written_as(extension, golden_);
    EXPECT_TRUE(out.ok()) << to_string(out.error());
    return out.ok() ? *out : "";
  }

  testing::PdfCase golden_;
  std::string html_;
};

TEST_P(HtmlGolden, IsWrittenAsKept) {
  for (const std::string& extension : extensions_of(golden_)) {
    const std::string file = GetParam() + "." + extension, now = testing::readable(written(extension));
    EXPECT_FALSE(now.empty()) << "no such format: " << extension;
    if (now == kFolder.kept(file)) continue;
    std::filesystem::create_directories(kFolder.written);
    testing::write_text(kFolder.written / file, now);
    EXPECT_EQ(kFolder.kept(file), now) << "compare " << kFolder.expected / file << " with "
                                       << kFolder.written / file << ", look at both, then ./dev goldens";
  }
}

TEST_P(HtmlGolden, IsWellFormedAndRunsNothing) {
  EXPECT_EQ(complaint_about(html_, MarkupKind::html), "");
  EXPECT_EQ(complaint_about(written("svg"), MarkupKind::svg), "");
}

TEST_P(HtmlGolden, RefersToWhatItHas) {
  testing::MarkupContents contents = testing::contents_of(html_);
  std::sort(contents.ids.begin(), contents.ids.end());
  EXPECT_EQ(std::adjacent_find(contents.ids.begin(), contents.ids.end()), contents.ids.end())
      << "an id twice";
  for (const std::string& reference : contents.references) {
    if (reference[0] != '#') continue;
    EXPECT_TRUE(std::binary_search(contents.ids.begin(), contents.ids.end(), reference.substr(1)))
        << reference;
  }
}

TEST_P(HtmlGolden, IsWrittenTheSameTwice) { EXPECT_EQ(written("html"), html_); }

TEST_P(HtmlGolden, CopiesTheTextThatIsPrinted) {
  const std::string copied = testing::contents_of(html_).text;
  EXPECT_EQ(copied, testing::with_single_spaces(golden_.copies));
  EXPECT_EQ(copied, testing::with_single_spaces(written("txt")));
}

INSTANTIATE_TEST_SUITE_P(Cases, HtmlGolden, ::testing::ValuesIn(kFolder.names()),
                         [](const auto& info) { return info.param; });

TEST(HtmlGoldens, NoneIsKeptWithoutItsCase) { kFolder.expect_no_orphans(); }

Status keep(const std::string& name, const testing::PdfCase& golden) {
  for (const std::string& extension : extensions_of(golden)) {
    const std::string text = ODE_TRY(written_as(extension, golden));
    testing::write_text(kFolder.expected / (name + "." + extension), testing::readable(text));
  }
  return Ok{};
}

}  // namespace
}  // namespace ode

int main(int argc, char** argv) { return ode::testing::golden_main(argc, argv, ode::kFolder, ode::keep); }
