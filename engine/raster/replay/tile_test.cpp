// The rasteriser's promise: the bytes of a pixel depend on the list and the pixel alone. Random lists of
// every kind of command, cut into tiles in random ways, with cold and warm caches.
#include <gtest/gtest.h>

#include <random>

#include "engine/raster/coverage/test_mask.h"
#include "engine/raster/replay/test_face.h"
#include "engine/raster/replay/test_list.h"

namespace ode::raster {
namespace {

using namespace display;

constexpr double kSide = 120;

class RandomList {
 public:
  RandomList(std::mt19937& random, std::shared_ptr<const fonts::Face> face)
      : random_(random), face_(std::move(face)) {}

  std::shared_ptr<DisplayList> make(int commands, int depth) {
    ListBuilder out;
    out.list.bounds = {0, 0, kSide, kSide};
    out.add(face_font(face_));
    body(out, commands, depth);
    return std::make_shared<DisplayList>(std::move(out.list));
  }

 private:
  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  double at() { return unit_random(random_) * kSide; }
  float unit() { return static_cast<float>(unit_random(random_)); }
  Rgb color() {
    return {static_cast<std::uint8_t>(pick(256)), static_cast<std::uint8_t>(pick(256)),
            static_cast<std::uint8_t>(pick(256))};
  }
  Rect rect() {
    const double x = at(), y = at();
    return {x, y, x + unit_random(random_) * 70, y + unit_random(random_) * 70};
  }
  Composite composite() {
    Composite c;
    if (pick(2) == 0) c.alpha = unit();
    if (pick(3) == 0) c.blend = static_cast<BlendMode>(pick(16));
    return c;
  }
  Matrix matrix(double size) {
    const double angle_ish = unit_random(random_) - 0.5;
    if (pick(2) == 0) return {size, 0, 0, -size, at(), at()};
    return {size, size * angle_ish, -size * angle_ish, size * (0.5 + unit_random(random_)), at(), at()};
  }
  Path path() { return pick(3) == 0 ? rect_path(rect()) : random_path(random_, kSide); }

  std::shared_ptr<const Shading> shading() {
    auto s = std::make_shared<Shading>();
    ColorRamp ramp;
    for (int i = 0; i < 256; ++i) ramp.push_back({unit(), unit(), unit()});
    if (pick(2) == 0) {
      s->geometry = AxialShading{{at(), at()}, {at(), at()}, pick(2) == 0, pick(2) == 0, ramp};
    } else {
      s->geometry = RadialShading{
          {at(), at()}, {at(), at()}, 10 * unit_random(random_), 60 * unit_random(random_), pick(2) == 0,
          pick(2) == 0, ramp};
    }
    if (pick(3) == 0) s->bbox = rect();
    return s;
  }

  Paint paint(ListBuilder& out, int depth) {
    Paint p;
    p.color = color();
    const int kind = pick(6);
    if (kind == 0) {
      p.kind = Paint::Kind::shading;
      p.index = static_cast<std::uint32_t>(out.list.shadings.size());
      out.list.shadings.push_back(shading());
    } else if (kind == 1 && depth > 0) {
      Tiling tiling;
      tiling.bbox = {0, 0, kSide, kSide};
      tiling.x_step = kSide * (0.5 + unit_random(random_)),
      tiling.y_step = kSide * (0.5 + unit_random(random_));
      tiling.page_from_pattern =
          Matrix::translation(at(), at()) * Matrix::scale(0.1 + 0.5 * unit_random(random_), 0.3);
      tiling.cell = make(3, depth - 1);
      p.kind = Paint::Kind::tiling;
      p.index = static_cast<std::uint32_t>(out.list.tilings.size());
      out.list.tilings.push_back(std::move(tiling));
    }
    return p;
  }

  StrokeStyle style() {
    StrokeStyle s;
    s.width = pick(3) == 0 ? 0.1 : 8 * unit_random(random_);
    s.cap = static_cast<StrokeStyle::Cap>(pick(3)), s.join = static_cast<StrokeStyle::Join>(pick(3));
    if (pick(2) == 0) s.dashes = {1 + 9 * unit_random(random_), 5 * unit_random(random_)};
    return s;
  }

  std::uint32_t image(ListBuilder& out) {
    const int w = 1 + pick(20), h = 1 + pick(20);
    const bool stencil = pick(3) == 0;
    images::PixelFormat format =
        stencil ? images::PixelFormat::gray8 : static_cast<images::PixelFormat>(pick(3));
    images::Pixmap p = images::Pixmap::make(w, h, format);
    for (auto& b : p.samples) b = static_cast<std::uint8_t>(pick(256));
    if (format == images::PixelFormat::rgba8) {
      for (std::size_t i = 0; i < p.samples.size(); i += 4) {
        for (int c = 0; c < 3; ++c) p.samples[i + c] = std::min(p.samples[i + c], p.samples[i + 3]);
      }
    }
    return out.add(std::move(p), stencil ? images::ImageRole::stencil : images::ImageRole::color);
  }

  RunFont type3(int depth) {
    auto font = std::make_shared<Type3Font>();
    for (const bool colored : {false, true}) font->glyphs.push_back({make(2, depth), colored});
    RunFont out;
    out.type3 = font;
    return out;
  }

  std::uint32_t run(ListBuilder& out, int depth) {
    const bool nested = depth > 0 && pick(3) == 0;
    const std::uint32_t font = nested ? out.add(type3(depth - 1)) : 0;
    Matrix m = matrix(nested ? 0.4 : pick(4) == 0 ? 150 : 4 + 30 * unit_random(random_));
    m.e = m.f = 0;
    const auto glyph = [&] {
      RunGlyph g;
      g.glyph_id = static_cast<std::uint32_t>(pick(nested ? 2 : 4));
      g.x = static_cast<float>(at()), g.y = static_cast<float>(at());
      if (pick(3) == 0) g.x_scale = 0.5f + unit();
      return g;
    };
    return out.run(font, m, {glyph(), glyph(), glyph()});
  }

  void draw(ListBuilder& out, int depth) {
    const Rect all{-1000, -1000, 1000, 1000};
    auto& commands = out.list.commands;
    switch (pick(5)) {
      case 0:
      case 1:
        commands.push_back(
            FillPath{out.add(path()), static_cast<FillRule>(pick(2)), paint(out, depth), composite(), all});
        break;
      case 2:
        out.list.strokes.push_back(style());
        commands.push_back(StrokePath{out.add(path()),
                                      static_cast<std::uint32_t>(out.list.strokes.size() - 1),
                                      paint(out, depth), composite(), all});
        break;
      case 3: {
        DrawGlyphs glyphs{run(out, depth), DrawGlyphs::kNoStroke, true, paint(out, depth), composite(), all};
        if (pick(4) == 0) {
          out.list.strokes.push_back(style());
          glyphs.stroke_style = static_cast<std::uint32_t>(out.list.strokes.size() - 1);
        }
        commands.push_back(glyphs);
        break;
      }
      default: {
        const Matrix m = matrix(10 + 60 * unit_random(random_));
        commands.push_back(DrawImage{image(out), m, paint(out, 0), composite(), m.apply(Rect{0, 0, 1, 1})});
      }
    }
  }

  void body(ListBuilder& out, int commands, int depth) {
    for (int i = 0; i < commands; ++i) {
      const int kind = depth > 0 ? pick(8) : 7;
      if (kind == 0) {
        out.clip(path(), static_cast<FillRule>(pick(2)));
      } else if (kind == 1) {
        const std::uint32_t first = run(out, depth - 1);
        out.list.commands.push_back(ClipGlyphs{first, 1});
      } else if (kind == 2) {
        SoftMask mask = constant_mask(rect(), color(), unit(), static_cast<SoftMask::Kind>(pick(2)));
        if (pick(2) == 0) mask.group = make(3, depth - 1), mask.bounds = {0, 0, kSide, kSide};
        mask.backdrop = color();
        if (pick(2) == 0) mask.transfer[0] = 99;
        out.clip(std::move(mask));
      } else if (kind == 3 || kind == 4) {
        out.push_group(rect().unite(rect()), composite(), pick(2) == 0, pick(2) == 0);
      } else {
        draw(out, depth);
        continue;
      }
      body(out, 3, depth - 1);
      if (kind < 3) {
        out.pop_clip();
      } else {
        out.pop_group();
      }
    }
  }

  std::mt19937& random_;
  std::shared_ptr<const fonts::Face> face_;
};

void expect_part(const images::Pixmap& whole, const IntRect& whole_rect, const images::Pixmap& part,
                 const IntRect& r) {
  for (int y = r.y0; y < r.y1; ++y) {
    const std::uint8_t* want = whole.row(y - whole_rect.y0) + (r.x0 - whole_rect.x0) * 4;
    const std::uint8_t* got = part.row(y - r.y0);
    for (int x = 0; x < r.width() * 4; ++x) {
      ASSERT_EQ(static_cast<int>(want[x]), static_cast<int>(got[x])) << "at " << r.x0 + x / 4 << ", " << y;
    }
  }
}

TEST(Tiles, CutAnyWayAndDrawnWithAnyCacheGiveTheBytesOfTheWhole) {
  const IntRect whole_rect{-5, -5, 125, 125};
  RasterCache warm;
  auto face = std::make_shared<TestFace>();
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const std::shared_ptr<DisplayList> list = RandomList(random, face).make(6, 3);
    const Matrix m = seed % 3 == 0   ? Matrix{1.1, 0.3, -0.2, 0.9, 3, 4}
                     : seed % 3 == 1 ? Matrix{1, 0, 0, -1, 0, 120}
                                     : Matrix{};
    const Background background = seed % 2 == 0 ? Background{} : kTransparent;
    const images::Pixmap whole = render(*list, whole_rect, background, m);
    for (int cut = 0; cut < 4; ++cut) {
      const IntRect tile = random_tile(random, whole_rect);
      const images::Pixmap part =
          cut % 2 == 0 ? render(*list, tile, background, m) : render(*list, tile, warm, background, m);
      ASSERT_NO_FATAL_FAILURE(expect_part(whole, whole_rect, part, tile));
    }
    ASSERT_EQ(render(*list, whole_rect, warm, background, m), whole);
  }
}

TEST(Tiles, RowsOneByOneGiveTheBytesOfTheWhole) {
  const IntRect whole_rect{0, 0, 120, 120};
  RasterCache cache;
  std::mt19937 random(999);
  for (int round = 0; round < 8; ++round) {
    const std::shared_ptr<DisplayList> list = RandomList(random, std::make_shared<TestFace>()).make(6, 2);
    const images::Pixmap whole = render(*list, whole_rect);
    for (int y = 0; y < 120; ++y) {
      const IntRect row{0, y, 120, y + 1};
      ASSERT_NO_FATAL_FAILURE(expect_part(whole, whole_rect, render(*list, row, cache), row));
    }
  }
}

}  // namespace
}  // namespace ode::raster
