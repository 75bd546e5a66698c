// Golden tests: every case of cases/ against its kept display list and picture, and against poppler's picture
// of the same PDF. `golden_tests --accept` keeps what is drawn now; `--write-pdf DIR` writes the cases as PDF
// files.
#include <gtest/gtest.h>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include "tests/support/golden_folder.h"
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

const fs::path kRoot = ODE_GOLDEN_DIR;
const testing::GoldenFolder kFolder{kRoot / "cases", kRoot / "files", kRoot / "expected",
                                    ODE_GOLDEN_OUTPUT_DIR};

struct Drawn {
  std::string dump;
  images::Pixmap picture;
};

Result<Drawn> draw(const testing::PdfCase& golden) {
  const std::unique_ptr<api::Session> session = ODE_TRY(testing::open_case(golden));
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

class Golden : public ::testing::TestWithParam<std::string> {};

TEST_P(Golden, IsDrawnAsKept) {
  const auto golden = kFolder.load(GetParam());
  ASSERT_TRUE(golden.ok()) << to_string(golden.error());
  const auto drawn = draw(*golden);
  ASSERT_TRUE(drawn.ok()) << to_string(drawn.error());
  const auto kept = testing::read_png((kFolder.expected / (GetParam() + ".png")).string());
  const bool same = kept.ok() && *kept == drawn->picture && kFolder.kept(GetParam() + ".list") == drawn->dump;
  if (!same) {
    fs::create_directories(kFolder.written);
    ASSERT_TRUE(testing::write_png((kFolder.written / (GetParam() + ".png")).string(), drawn->picture).ok());
    testing::write_text(kFolder.written / (GetParam() + ".list"), drawn->dump);
  }
  EXPECT_EQ(kFolder.kept(GetParam() + ".list"), drawn->dump);
  ASSERT_TRUE(kept.ok()) << "no picture is kept: look at the drawn one, then ./dev goldens";
  EXPECT_TRUE(*kept == drawn->picture) << "compare " << kFolder.expected / (GetParam() + ".png") << " with "
                                       << kFolder.written / (GetParam() + ".png");
}

TEST_P(Golden, IsDrawnAsPopplerDrawsIt) {
  const auto golden = kFolder.load(GetParam());
  ASSERT_TRUE(golden.ok()) << to_string(golden.error());
  if (!golden->differs.empty()) GTEST_SKIP() << golden->differs;
  const auto ours = draw(*golden);
  ASSERT_TRUE(ours.ok()) << to_string(ours.error());
  const auto theirs = draw_with_poppler(*golden);
  ASSERT_TRUE(theirs.ok()) << to_string(theirs.error());
  const int apart = testing::distance(ours->picture, *theirs);
  if (apart > kPopplerDistanceMax) {
    fs::create_directories(kFolder.written);
    ASSERT_TRUE(testing::write_png((kFolder.written / (GetParam() + ".png")).string(), ours->picture).ok());
    ASSERT_TRUE(testing::write_png((kFolder.written / (GetParam() + ".poppler.png")).string(), *theirs).ok());
  }
  EXPECT_LE(apart, kPopplerDistanceMax);
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden, ::testing::ValuesIn(kFolder.names()),
                         [](const auto& info) { return info.param; });

TEST(Goldens, NoneIsKeptWithoutItsCase) { kFolder.expect_no_orphans(); }

Status keep(const std::string& name, const testing::PdfCase& golden) {
  const Drawn drawn = ODE_TRY(draw(golden));
  testing::write_text(kFolder.expected / (name + ".list"), drawn.dump);
  return testing::write_png((kFolder.expected / (name + ".png")).string(), drawn.picture);
}

}  // namespace
}  // namespace ode

int main(int argc, char** argv) {
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  return ode::testing::golden_main(argc, argv, ode::kFolder, ode::keep);
}
