// Golden tests: every case of cases/ against its kept display list and picture, and against poppler's picture
// of the same PDF. `golden_tests --accept` keeps what is drawn now; `--write-pdf DIR` writes the cases as PDF
// files.
#include <gtest/gtest.h>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "engine/api/session.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/pdf_case.h"
#include "tests/support/picture.h"

// Poppler, the oracle, asks fontconfig for fonts that a case does not embed, and fontconfig keeps what it has
// found until the process ends. The engine itself never calls it, so no leak of ours is hidden.
extern "C" __attribute__((visibility("default"))) const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig"; }

namespace ode {
namespace {

namespace fs = std::filesystem;

constexpr double kScale = 2;  // 144 dpi: features of a 100-point page are large enough to look at
/// Levels (testing::distance): colours may round differently, nothing else.
constexpr int kPopplerDistanceMax = 12;

const fs::path kCases = fs::path(ODE_GOLDEN_DIR) / "cases";
const fs::path kFiles = fs::path(ODE_GOLDEN_DIR) / "files";
const fs::path kExpected = fs::path(ODE_GOLDEN_DIR) / "expected";
const fs::path kDrawn = ODE_GOLDEN_OUTPUT_DIR;

std::string read_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_text(const fs::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

struct Drawn {
  std::string dump;
  images::Pixmap picture;
};

Result<Drawn> draw(const testing::PdfCase& golden) {
  api::OpenSettings open;
  if (!golden.password.empty()) open.password = golden.password;
  open.fonts = testing::font_pack();
  const std::unique_ptr<api::Session> session = ODE_TRY(api::Session::open(golden.pdf, open));
  api::RenderSettings settings;
  settings.view.scale = kScale;
  Drawn drawn;
  drawn.dump = display::dump(*ODE_TRY(session->record(0, settings)));
  drawn.picture = ODE_TRY(session->render(0, settings));
  return drawn;
}

Result<images::Pixmap> draw_with_poppler(const testing::PdfCase& golden) {
  const std::unique_ptr<poppler::document> document(poppler::document::load_from_raw_data(
      as_chars(golden.pdf.view()).data(), static_cast<int>(golden.pdf.size()), golden.password,
      golden.password));
  if (!document) return Error{ErrorKind::malformed, "poppler cannot open the case"};
  const std::unique_ptr<poppler::page> page(document->create_page(0));
  poppler::page_renderer renderer;
  renderer.set_render_hints(poppler::page_renderer::antialiasing | poppler::page_renderer::text_antialiasing);
  renderer.set_image_format(poppler::image::format_argb32);
  const poppler::image image = renderer.render_page(page.get(), 72 * kScale, 72 * kScale);
  if (!image.is_valid()) return Error{ErrorKind::malformed, "poppler cannot draw the case"};
  images::Pixmap out = images::Pixmap::make(image.width(), image.height(), images::PixelFormat::rgba8);
  for (int y = 0; y < image.height(); ++y) {
    const auto* from = reinterpret_cast<const std::uint8_t*>(image.const_data()) +
                       static_cast<std::ptrdiff_t>(y) * image.bytes_per_row();
    std::uint8_t* to = out.row(y);
    for (int x = 0; x < image.width(); ++x, from += 4, to += 4)
      to[0] = from[2], to[1] = from[1], to[2] = from[0], to[3] = 255;
  }
  return out;
}

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kCases)) names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

Result<testing::PdfCase> load_case(const std::string& name) {
  return testing::parse_case(read_text(kCases / (name + ".txt")), kFiles.string());
}

class Golden : public ::testing::TestWithParam<std::string> {};

TEST_P(Golden, IsDrawnAsKept) {
  const auto golden = load_case(GetParam());
  ASSERT_TRUE(golden.ok()) << to_string(golden.error());
  const auto drawn = draw(*golden);
  ASSERT_TRUE(drawn.ok()) << to_string(drawn.error());
  const auto kept = testing::read_png((kExpected / (GetParam() + ".png")).string());
  const bool same =
      kept.ok() && *kept == drawn->picture && read_text(kExpected / (GetParam() + ".list")) == drawn->dump;
  if (!same) {
    fs::create_directories(kDrawn);
    ASSERT_TRUE(testing::write_png((kDrawn / (GetParam() + ".png")).string(), drawn->picture).ok());
    write_text(kDrawn / (GetParam() + ".list"), drawn->dump);
  }
  EXPECT_EQ(read_text(kExpected / (GetParam() + ".list")), drawn->dump);
  ASSERT_TRUE(kept.ok()) << "no picture is kept: look at the drawn one, then ./dev goldens";
  EXPECT_TRUE(*kept == drawn->picture)
      << "compare " << kExpected / (GetParam() + ".png") << " with " << kDrawn / (GetParam() + ".png");
}

TEST_P(Golden, IsDrawnAsPopplerDrawsIt) {
  const auto golden = load_case(GetParam());
  ASSERT_TRUE(golden.ok()) << to_string(golden.error());
  if (!golden->differs.empty()) GTEST_SKIP() << golden->differs;
  const auto ours = draw(*golden);
  ASSERT_TRUE(ours.ok()) << to_string(ours.error());
  const auto theirs = draw_with_poppler(*golden);
  ASSERT_TRUE(theirs.ok()) << to_string(theirs.error());
  const int apart = testing::distance(ours->picture, *theirs);
  if (apart > kPopplerDistanceMax) {
    fs::create_directories(kDrawn);
    ASSERT_TRUE(testing::write_png((kDrawn / (GetParam() + ".png")).string(), ours->picture).ok());
    ASSERT_TRUE(testing::write_png((kDrawn / (GetParam() + ".poppler.png")).string(), *theirs).ok());
  }
  EXPECT_LE(apart, kPopplerDistanceMax);
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden, ::testing::ValuesIn(case_names()),
                         [](const auto& info) { return info.param; });

TEST(Goldens, NoneIsKeptWithoutItsCase) {
  for (const auto& entry : fs::directory_iterator(kExpected)) {
    EXPECT_TRUE(fs::exists(kCases / (entry.path().stem().string() + ".txt"))) << entry.path();
  }
}

int accept() {
  fs::create_directories(kExpected);
  for (const std::string& name : case_names()) {
    const auto golden = load_case(name);
    const auto drawn = golden ? draw(*golden) : Result<Drawn>(golden.error());
    if (!drawn || !testing::write_png((kExpected / (name + ".png")).string(), drawn->picture)) {
      std::cerr << name << ": " << (drawn ? "cannot write" : to_string(drawn.error())) << "\n";
      return 1;
    }
    write_text(kExpected / (name + ".list"), drawn->dump);
  }
  return 0;
}

/// Cases whose files are missing are told, and the others written.
int write_pdfs(const fs::path& directory) {
  fs::create_directories(directory);
  int failed = 0;
  for (const std::string& name : case_names()) {
    const auto golden = load_case(name);
    if (golden) {
      write_text(directory / (name + ".pdf"), as_chars(golden->pdf.view()));
      continue;
    }
    std::cerr << name << ": " << to_string(golden.error()) << "\n";
    failed = 1;
  }
  return failed;
}

}  // namespace
}  // namespace ode

int main(int argc, char** argv) {
  if (argc == 2 && std::strcmp(argv[1], "--accept") == 0) return ode::accept();
  if (argc == 3 && std::strcmp(argv[1], "--write-pdf") == 0) return ode::write_pdfs(argv[2]);
  ::testing::InitGoogleTest(&argc, argv);
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  return RUN_ALL_TESTS();
}
