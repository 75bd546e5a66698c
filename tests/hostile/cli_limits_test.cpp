// Limits as the user of the program meets them: exit code 5 when nothing could be drawn, 6 when some pages
// could, and one line that says what.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/base/limits.h"
#include "tests/hostile/bombs.h"

namespace ode {
namespace {

namespace fs = std::filesystem;
using testing::deflated;
using testing::PdfBuilder;
using testing::repeat;

struct Ran {
  int code = -1;
  std::string err;
};

class CliLimits : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/ode-limits-test-XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    directory_ = name;
  }
  void TearDown() override { fs::remove_all(directory_); }

  void put(const std::string& bytes) const { std::ofstream(directory_ / "a.pdf", std::ios::binary) << bytes; }
  /// `ode ARGUMENTS` beside a.pdf.
  Ran run(const std::string& arguments) const {
    const int status = std::system(
        ("cd '" + directory_.string() + "' && '" ODE_PROGRAM "' " + arguments + " >/dev/null 2>err").c_str());
    std::ifstream in(directory_ / "err", std::ios::binary);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, {std::istreambuf_iterator<char>(in), {}}};
  }

  fs::path directory_;
};

TEST_F(CliLimits, ASearchPatternTooLargeIsAUsageError) {
  PdfBuilder pdf;
  pdf.page("");
  put(pdf.build());
  for (const std::string& query : {std::string("'(\\pL{500}\\pN{500}){2}'"), std::string(kSearchQueryBytesMax + 1, 'a')}) {
    const Ran ran = run("search a.pdf --regex " + query);
    EXPECT_EQ(ran.code, 1);
    EXPECT_EQ(std::count(ran.err.begin(), ran.err.end(), '\n'), 1) << ran.err;
  }
}

TEST_F(CliLimits, AFileTooLargeIsCode5) {
  put("%PDF-1.7");
  fs::resize_file(directory_ / "a.pdf", kDocumentBytesMax + 1);  // a hole: it takes no room
  for (const char* command : {"info a.pdf", "render a.pdf", "text a.pdf"}) {
    const Ran ran = run(command);
    EXPECT_EQ(ran.code, 5) << command;
    EXPECT_EQ(ran.err, "ode: a.pdf: larger than 2048 MiB\n");
  }
}

TEST_F(CliLimits, ADocumentOfTooManyPagesIsCode5) {
  PdfBuilder pdf;
  const int page = pdf.object("<< /Type /Page /MediaBox [0 0 9 9] >>");
  const int pages = pdf.object("<< /Type /Pages /Count " + std::to_string(kPagesMax + 50) + " /Kids [" + PdfBuilder::ref(page) + "] >>");
  pdf.catalog("/Pages " + PdfBuilder::ref(pages));
  std::string bytes = pdf.build();
  bytes.replace(bytes.find("/Pages 2 0 R"), 12, "            ");  // the builder's own
  // A second section of the table speaks of an object far away, so that the count of pages is believable.
  bytes.insert(bytes.find("trailer"), std::to_string(kPagesMax + 100) + " 1\n0000000000 65535 f \n");
  put(bytes);
  const Ran ran = run("render a.pdf");
  EXPECT_EQ(ran.code, 5) << ran.err;
  EXPECT_EQ(ran.err, "ode: a.pdf: the document has too many pages\n");
}

TEST_F(CliLimits, ATileTooLargeIsCode5AndOnePageOfSeveralCode6) {
  PdfBuilder pdf;
  pdf.page("0 0 10 10 re f");
  pdf.page("0 0 10 10 re f", "/MediaBox [0 0 14400 14400] /UserUnit 100");
  put(pdf.build());
  const Ran alone = run("render a.pdf --pages 2");
  EXPECT_EQ(alone.code, 5) << alone.err;
  EXPECT_EQ(std::count(alone.err.begin(), alone.err.end(), '\n'), 1) << alone.err;
  const Ran both = run("render a.pdf");
  EXPECT_EQ(both.code, 6) << both.err;
  EXPECT_TRUE(fs::exists(directory_ / "a-1.png") || fs::exists(directory_ / "a-001.png"));
}

TEST_F(CliLimits, APageOfTooManyOperatorsIsCode5AndTheLineSaysWhich) {
  PdfBuilder pdf;
  const std::string many =
      deflated("0 0 50 50 re f " + repeat("n ", static_cast<std::size_t>(kOperatorsMax) + 10));
  const int contents = pdf.stream(many, "/Filter /FlateDecode");
  pdf.page_with("/Contents " + PdfBuilder::ref(contents));
  put(pdf.build());
  const Ran ran = run("render a.pdf -o a.png");
  EXPECT_EQ(ran.code, 5) << ran.err;
  EXPECT_THAT(ran.err, ::testing::HasSubstr("operators"));
  EXPECT_THAT(ran.err, ::testing::HasSubstr("(page 1"));
}

}  // namespace
}  // namespace ode
