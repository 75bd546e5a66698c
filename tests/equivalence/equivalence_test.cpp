// One picture however it is drawn: as a whole, as tiles, as bands, twice, from sessions on several threads,
// with every instruction set down to Highway's scalar code. Byte for byte, on the golden cases, the sample,
// and, where ../shared is there, on the corpus (every kCorpusStep-th file; ODE_EVERY=1 takes all).
#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <thread>

#include "engine/api/session.h"
#include "engine/images/encode/encode.h"
#include "engine/platform/file.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/pdf_case.h"

namespace ode {
namespace {

namespace fs = std::filesystem;

constexpr int kPagesEach = 3;

struct Input {
  std::string name;
  SharedBytes pdf;
  std::string password;
};

std::vector<Input> golden_cases() {
  std::vector<Input> inputs;
  for (const auto& entry : fs::directory_iterator(fs::path(ODE_SOURCE_DIR) / "tests/golden/cases")) {
    std::ifstream in(entry.path(), std::ios::binary);
    auto golden = testing::parse_case(std::string{std::istreambuf_iterator<char>(in), {}},
                                      ODE_SOURCE_DIR "/tests/golden/files");
    if (golden) inputs.push_back({entry.path().stem().string(), golden->pdf, golden->password});
  }
  return inputs;
}

/// The corpus says of an encrypted file "yes …; password: WORD (user)" or "password: (empty)", in a column
/// after its path.
std::map<std::string, std::string> passwords(const fs::path& manifest) {
  std::map<std::string, std::string> found;
  std::ifstream in(manifest);
  for (std::string line; std::getline(in, line);) {
    constexpr std::string_view kWord = "; password: ";
    const std::size_t at = line.find(kWord);
    if (at == std::string::npos || line[at + kWord.size()] == '(') continue;
    const std::size_t begin = at + kWord.size();
    found[line.substr(0, line.find('\t'))] = line.substr(begin, line.find_first_of(" \t", begin) - begin);
  }
  return found;
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
  const std::map<std::string, std::string> known = passwords(shared / "manifest.tsv");
  std::vector<Input> inputs;
  for (const fs::path& path : paths) {
    const auto password = known.find(path.lexically_relative(shared).string());
    auto bytes = platform::map_file(path.string());
    if (bytes)
      inputs.push_back({path.filename().string(), std::move(bytes).value(),
                        password != known.end() ? password->second : ""});
  }
  return inputs;
}

std::unique_ptr<api::Session> open(const Input& input) {
  api::OpenSettings settings;
  settings.fonts = testing::font_pack();
  if (!input.password.empty()) settings.password = input.password;
  auto session = api::Session::open(input.pdf, settings);
  return session ? std::move(session).value() : nullptr;
}

api::RenderSettings settings_at(double scale) {
  api::RenderSettings settings;
  settings.view.scale = scale;
  return settings;
}

/// The whole page put together from tiles of odd sizes.
Result<images::Pixmap> from_tiles(api::Session& session, int page, const api::RenderSettings& settings,
                                  const images::Pixmap& whole) {
  images::Pixmap out = images::Pixmap::make(whole.width_px, whole.height_px, images::PixelFormat::rgba8);
  constexpr int kTileWidth = 131, kTileHeight = 97;
  for (int y = 0; y < whole.height_px; y += kTileHeight) {
    for (int x = 0; x < whole.width_px; x += kTileWidth) {
      const IntRect tile{x, y, std::min(x + kTileWidth, whole.width_px),
                         std::min(y + kTileHeight, whole.height_px)};
      const images::Pixmap drawn = ODE_TRY(session.render(page, settings, tile));
      for (int row = 0; row < drawn.height_px; ++row)
        std::memcpy(out.row(y + row) + x * 4, drawn.row(row), drawn.stride_bytes);
    }
  }
  return out;
}

Result<images::Pixmap> from_bands(api::Session& session, int page, const api::RenderSettings& settings,
                                  const images::Pixmap& whole) {
  images::Pixmap out = images::Pixmap::make(whole.width_px, whole.height_px, images::PixelFormat::rgba8);
  ODE_TRY(session.render_bands(page, settings, std::nullopt,
                               [&](int top, const images::PixmapView& band) -> Status {
                                 for (int row = 0; row < band.height_px; ++row)
                                   std::memcpy(out.row(top + row), band.row(row), out.stride_bytes);
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

Result<ByteVector> png_of(const images::Pixmap& picture) {
  ByteVector file;
  const auto encoder =
      ODE_TRY(images::make_encoder({.format = images::FileFormat::png, .channels = images::Channels::color},
                                   [&file](ByteView bytes) -> Status {
                                     file.insert(file.end(), bytes.begin(), bytes.end());
                                     return Ok{};
                                   }));
  ODE_TRY(encoder->begin(picture.width_px, picture.height_px));
  ODE_TRY(encoder->rows(picture));
  ODE_TRY(encoder->end());
  return file;
}

/// Lets the kernels run with one instruction set only, while it lives.
class OnlyTarget {
 public:
  explicit OnlyTarget(std::int64_t target) { hwy::SetSupportedTargetsForTest(target); }
  ~OnlyTarget() { hwy::SetSupportedTargetsForTest(0); }
  OnlyTarget(const OnlyTarget&) = delete;
  OnlyTarget& operator=(const OnlyTarget&) = delete;
};

/// Pages as pixels and as PNG files. A session of its own: colours are converted, and kept, while pages are
/// recorded.
std::vector<ByteVector> drawn_with(std::int64_t target, const Input& input, double scale) {
  const OnlyTarget only(target);
  std::vector<ByteVector> drawn;
  const std::unique_ptr<api::Session> session = open(input);
  for (int page = 0; session && page < std::min(session->page_count(), kPagesEach); ++page) {
    const auto whole = session->render(page, settings_at(scale));
    const auto file = whole ? png_of(*whole) : Result<ByteVector>(whole.error());
    drawn.push_back(file ? *file : ByteVector{});
  }
  return drawn;
}

void expect_one_picture_of_all_targets(const Input& input, double scale) {
  const std::vector<std::int64_t> targets = hwy::SupportedAndGeneratedTargets();
  const std::vector<ByteVector> best = drawn_with(targets.front(), input, scale);
  for (std::size_t i = 1; i < targets.size(); ++i) {
    EXPECT_TRUE(drawn_with(targets[i], input, scale) == best)
        << input.name << " at scale " << scale << ": " << hwy::TargetName(targets[i]) << " differs from "
        << hwy::TargetName(targets.front());
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

TEST(Equivalence, ScalarCodeIsAmongTheInstructionSets) {
  const std::vector<std::int64_t> targets = hwy::SupportedAndGeneratedTargets();
  ASSERT_FALSE(targets.empty());
  EXPECT_NE(targets.back() & (HWY_SCALAR | HWY_EMU128), 0) << hwy::TargetName(targets.back());
  const OnlyTarget only(targets.back());
  EXPECT_EQ(hwy::SupportedTargets(), targets.back());
  EXPECT_FALSE(hwy::GetChosenTarget().IsInitialized()) << "kernels would go on with the set chosen before";
}

TEST(Equivalence, EveryInstructionSetDrawsTheGoldenCasesTheSame) {
  for (const Input& input : golden_cases()) expect_one_picture_of_all_targets(input, 2.37);
}

TEST(Equivalence, EveryInstructionSetDrawsTheCorpusTheSame) {
  for (const Input& input : corpus()) expect_one_picture_of_all_targets(input, 1);
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
