// Glyph cache: the price of a hit and of a miss.
#include "engine/raster/glyphs/cache.h"

#include <benchmark/benchmark.h>

namespace ode::raster {
namespace {

/// Every glyph is the same letter of curves and lines.
class LetterFace final : public fonts::Face {
 public:
  LetterFace() {
    auto p = std::make_shared<Path>();
    p->move_to({0.1, 0.1}), p->cubic_to({0.4, 0}, {0.7, 0.15}, {0.7, 0.45}),
        p->cubic_to({0.7, 0.75}, {0.45, 0.9}, {0.2, 0.85});
    p->line_to({0.2, 0.65}), p->cubic_to({0.4, 0.65}, {0.5, 0.6}, {0.5, 0.45}),
        p->cubic_to({0.5, 0.3}, {0.4, 0.25}, {0.3, 0.25});
    p->line_to({0.3, 0.85}), p->line_to({0.1, 0.85}), p->close();
    outline_ = std::move(p);
  }
  fonts::Program program() const override { return fonts::Program::cff; }
  const SharedBytes& bytes() const override { return bytes_; }
  int glyph_count() const override { return 100'000; }
  int units_per_em() const override { return 1000; }
  std::string name() const override { return "Letter"; }
  std::shared_ptr<const Path> outline(std::uint32_t) const override { return outline_; }
  double advance(std::uint32_t) const override { return 0.5; }
  std::uint32_t glyph_of_name(std::string_view) const override { return 0; }
  std::uint32_t glyph_of_unicode(char32_t) const override { return 0; }
  std::optional<std::uint32_t> glyph_of_code(int, int, std::uint32_t) const override { return std::nullopt; }
  std::uint32_t glyph_of_builtin_code(std::uint32_t) const override { return 0; }
  std::uint32_t glyph_of_cid(std::uint32_t cid) const override { return cid; }
  std::string glyph_name(std::uint32_t) const override { return ""; }

 private:
  SharedBytes bytes_;
  std::shared_ptr<const Path> outline_;
};

void BM_GlyphHit(benchmark::State& state) {
  const auto face = std::make_shared<LetterFace>();
  GlyphCache cache;
  Scanner scanner;
  GlyphMask mask;
  const GlyphCache::Font font = cache.select(face, Matrix::scale(21, -21), 0);
  std::uint32_t i = 0;
  for (auto _ : state) {
    ++i;
    cache.find(font, i * 7 % 60, {static_cast<double>(i % 1000) * 1.19, 50}, scanner, mask);
    benchmark::DoNotOptimize(mask.coverage);
  }
}
BENCHMARK(BM_GlyphHit);

void BM_SelectAmongFonts(benchmark::State& state) {
  const auto face = std::make_shared<LetterFace>();
  GlyphCache cache;
  std::uint32_t i = 0;
  for (auto _ : state) {
    ++i;
    benchmark::DoNotOptimize(cache.select(face, Matrix::scale(10 + i % 20, -20), 0));
  }
}
BENCHMARK(BM_SelectAmongFonts);

void BM_GlyphMiss(benchmark::State& state) {
  const auto face = std::make_shared<LetterFace>();
  GlyphCache cache;
  Scanner scanner;
  GlyphMask mask;
  const GlyphCache::Font font = cache.select(face, Matrix::scale(21, -21), 0);
  std::uint32_t i = 0;
  for (auto _ : state) {
    cache.find(font, ++i, {10, 50}, scanner, mask);
    benchmark::DoNotOptimize(mask.coverage);
  }
}
BENCHMARK(BM_GlyphMiss);

}  // namespace
}  // namespace ode::raster
