// One picture however it is drawn: as a whole, as tiles, as bands, twice, from sessions on several threads. Byte for byte, on the
// golden cases, the sample, and, where ../shared is there, on the corpus (every kCorpusStep-th file; ODE_EVERY=1 takes all).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "engine/api/session.h"
#include "engine/platform/file.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/pdf_case.h"

namespace ode {
namespace {

namespace fs = std::filesystem;

constexpr int kPagesEach = 2;

struct Input {
  std::string name;
  SharedBytes pdf;
};

std::vector<Input> golden_cases() {
  std::vector<Input> inputs;
  for (const auto& entry : fs::directory_iterator(fs::path(ODE_SOURCE_DIR) / "tests/golden/cases")) {
    std::ifstream in(entry.path(), std::ios::binary);
    auto golden = testing::parse_case(std::string{std::istreambuf_iterator<char>(in), {}});
    if (golden) inputs.push_back({entry.path().stem().string(), golden->pdf});
  }
  return inputs;
}

std::vector<Input> corpus() {
  std::vector<fs::path> paths{fs::path(ODE_SOURCE_DIR) / "docs/sample.pdf"};
  const fs::path shared = fs::path(ODE_SOURCE_DIR) / "../shared/corpus";
  const char* wanted = std::getenv("ODE_EVERY");
  const int step = wanted != nullptr ? std::max(1, std::atoi(wanted)) : 12;
  if (fs::is_directory(shared)) {
    std::vector<fs::path> all;
    for (const auto& entry : fs::recursive_directory_iterator(shared)) {
      if (entry.path().extension() == ".pdf") all.push_back(entry.path());
    }
    std::sort(all.begin(), all.end());
    for (std::size_t i = 0; i < all.size(); i += static_cast<std::size_t>(step)) paths.push_back(all[i]);
  }
  std::vector<Input> inputs;
  for (const fs::path& path : paths) {
    auto bytes = platform::map_file(path.string());
    if (bytes) inputs.push_back({path.filename().string(), std::move(bytes).value()});
  }
  return inputs;
}

std::unique_ptr<api::Session> open(const Input& input) {
  api::OpenSettings settings;
  settings.fonts = testing::font_pack();
  auto session = api::Session::open(input.pdf, settings);
  return session ? std::move(session).value() : nullptr;
}

api::RenderSettings settings_at(double scale) {
  api::RenderSettings settings;
  settings.view.scale = scale;
  return settings;
}

/// The whole page put together from tiles of odd sizes.
Result<images::Pixmap> from_tiles(api::Session& session, int page, const api::RenderSettings& settings, const images::Pixmap& whole) {
  images::Pixmap out = images::Pixmap::make(whole.width_px, whole.height_px, images::PixelFormat::rgba8);
  constexpr int kTileWidth = 131, kTileHeight = 97;
  for (int y = 0; y < whole.height_px; y += kTileHeight) {
    for (int x = 0; x < whole.width_px; x += kTileWidth) {
      const IntRect tile{x, y, std::min(x + kTileWidth, whole.width_px), std::min(y + kTileHeight, whole.height_px)};
      const images::Pixmap drawn = ODE_TRY(session.render(page, settings, tile));
      for (int row = 0; row < drawn.height_px; ++row) std::memcpy(out.row(y + row) + x * 4, drawn.row(row), drawn.stride_bytes);
    }
  }
  return out;
}

Result<images::Pixmap> from_bands(api::Session& session, int page, const api::RenderSettings& settings, const images::Pixmap& whole) {
  images::Pixmap out = images::Pixmap::make(whole.width_px, whole.height_px, images::PixelFormat::rgba8);
  ODE_TRY(session.render_bands(page, settings, std::nullopt, [&](int top, const images::PixmapView& band) -> Status {
    for (int row = 0; row < band.height_px; ++row) std::memcpy(out.row(top + row), band.row(row), out.stride_bytes);
    return Ok{};
  }));
  return out;
}

void expect_one_picture(const Input& input, double scale) {
  const std::unique_ptr<api::Session> session = open(input), other = open(input);
  if (!session) return;  // unreadable files have tests of their own
  const api::RenderSettings settings = settings_at(scale);
  for (int page = 0; page < std::min(session->page_count(), kPagesEach); ++page) {
    const auto whole = session->render(page, settings);
    if (!whole) continue;
    const std::string where = input.name + " page " + std::to_string(page + 1);
    const auto tiles = from_tiles(*session, page, settings, *whole);
    ASSERT_TRUE(tiles.ok()) << where;
    EXPECT_TRUE(*tiles == *whole) << where << ": tiles differ from the whole";
    const auto bands = from_bands(*other, page, settings, *whole);
    ASSERT_TRUE(bands.ok()) << where;
    EXPECT_TRUE(*bands == *whole) << where << ": bands of another session differ from the whole";
    const auto again = session->render(page, settings);
    ASSERT_TRUE(again.ok()) << where;
    EXPECT_TRUE(*again == *whole) << where << ": the second drawing differs from the first";
  }
}

TEST(Equivalence, TilesBandsAndSecondDrawingsOfTheGoldenCases) {
  for (const Input& input : golden_cases()) {
    expect_one_picture(input, 1);
    expect_one_picture(input, 2.37);
  }
}

TEST(Equivalence, TilesBandsAndSecondDrawingsOfTheCorpus) {
  for (const Input& input : corpus()) expect_one_picture(input, 1);
}

TEST(Equivalence, SessionsOnTwoThreadsDrawTheSame) {
  for (const Input& input : corpus()) {
    std::vector<std::vector<images::Pixmap>> drawn(2);
    std::vector<std::thread> threads;
    for (std::vector<images::Pixmap>& mine : drawn) {
      threads.emplace_back([&input, &mine] {
        const std::unique_ptr<api::Session> session = open(input);
        if (!session) return;
        auto page = session->render(0, settings_at(1));
        if (page) mine.push_back(std::move(page).value());
      });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_TRUE(drawn[0] == drawn[1]) << input.name;
  }
}

}  // namespace
}  // namespace ode
