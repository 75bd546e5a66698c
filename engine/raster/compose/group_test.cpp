// Groups against the recursive formulas of ISO 32000-2, 11.4.6 and 11.4.8, evaluated per pixel in double
// precision.
#include "engine/raster/compose/group.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "engine/raster/compose/test_blend.h"
#include "engine/raster/replay/test_list.h"

namespace ode::raster {
namespace {

using display::BlendMode;
using display::Composite;
using display::Rgb;

constexpr int kPixels = 4;  // a picture is one row of so many pixels

/// An element of a group: a rectangle over some of the pixels, or a group.
struct Node {
  bool group = false, isolated = false, knockout = false;
  Composite composite;
  Rgb color;
  double x0 = 0, x1 = kPixels;  // shape, in pixels; the ends may be fractional
  double mask = 1;              // opacity of a soft mask around the element
  std::vector<Node> children;
};

struct Value {
  Color3 c{};
  double alpha = 0, shape = 0;
};

double covered(const Node& node, int x) {
  return std::clamp(std::min(node.x1, x + 1.0) - std::max(node.x0, x + 0.0), 0.0, 1.0);
}

// 11.4.6: the group compositing function Composite(C0, α0, E1 … En) → (C, f, α).
Value composite_group(const Node& group, Value backdrop, int x) {
  if (group.isolated) backdrop = {};
  Color3 c = backdrop.c;
  double alpha = backdrop.alpha, group_alpha = 0, group_shape = 0;
  for (const Node& e : group.children) {
    const Color3 cb = group.knockout ? backdrop.c : c;
    const double ab = group.knockout ? backdrop.alpha : alpha, agb = group.knockout ? 0 : group_alpha;
    Value s;
    if (e.group) {
      s = composite_group(e, {cb, ab, 0}, x);
    } else {
      s = {{e.color.r / 255.0, e.color.g / 255.0, e.color.b / 255.0}, covered(e, x), covered(e, x)};
    }
    const double fs = s.shape, as = s.alpha * e.composite.alpha * e.mask;
    const double next_alpha_g = (1 - fs) * group_alpha + (fs - as) * agb + as;
    const double next_alpha = backdrop.alpha + next_alpha_g - backdrop.alpha * next_alpha_g;
    const Color3 b = reference_blend(e.composite.blend, cb, s.c);
    Color3 next{};
    for (int i = 0; i < 3 && next_alpha > 0; ++i) {
      next[i] = ((1 - fs) * alpha * c[i] + (fs - as) * ab * cb[i] + as * ((1 - ab) * s.c[i] + ab * b[i])) /
                next_alpha;
    }
    c = next, alpha = next_alpha, group_alpha = next_alpha_g;
    group_shape = group_shape + fs - group_shape * fs;
  }
  Value out{{}, group_alpha, group_shape};
  for (int i = 0; i < 3 && group_alpha > 0; ++i) {
    out.c[i] = c[i] + (c[i] - backdrop.c[i]) * (backdrop.alpha / group_alpha - backdrop.alpha);
    out.c[i] = std::clamp(out.c[i], 0.0, 1.0);
  }
  return out;
}

void build(ListBuilder& list, const Node& node) {
  const Rect all{0, 0, kPixels, 1};
  const bool masked = node.mask < 1;
  if (masked)
    list.clip(constant_mask(all, {0, 0, 0}, static_cast<float>(node.mask), display::SoftMask::Kind::alpha));
  if (node.group) {
    list.push_group(all, node.composite, node.isolated, node.knockout);
    for (const Node& child : node.children) build(list, child);
    list.pop_group();
  } else {
    list.fill(Rect{node.x0, 0, node.x1, 1}, node.color, node.composite);
  }
  if (masked) list.pop_clip();
}

// Largest difference of a premultiplied channel, in levels.
double worst_difference(const std::vector<Node>& page, Background background) {
  ListBuilder list;
  for (const Node& node : page) build(list, node);
  const images::Pixmap got = render(list.list, {0, 0, kPixels, 1}, background);
  double worst = 0;
  for (int x = 0; x < kPixels; ++x) {
    // 11.4.7: the page is an isolated group, composited onto the paper.
    Node root;
    root.group = root.isolated = true;
    root.children = page;
    Node paper, whole;
    paper.color = {background.r, background.g, background.b};
    whole.group = whole.isolated = true;
    whole.children = {root};
    if (background.a != 0) whole.children.insert(whole.children.begin(), paper);
    const Value want = composite_group(whole, {}, x);
    const Rgba p = pixel(got, x, 0);
    const double channels[4] = {255 * want.c[0] * want.alpha, 255 * want.c[1] * want.alpha,
                                255 * want.c[2] * want.alpha, 255 * want.alpha};
    const std::uint8_t bytes[4] = {p.r, p.g, p.b, p.a};
    for (int i = 0; i < 4; ++i) worst = std::max(worst, std::fabs(channels[i] - bytes[i]));
  }
  return worst;
}

double unit(std::mt19937& random) { return static_cast<double>(random() % 256) / 255.0; }

struct Choice {
  bool knockout = false, nested = true, blends = true;
};

Node random_node(std::mt19937& random, int depth, Choice choice) {
  Node node;
  node.composite.alpha = random() % 3 == 0 ? 1.0f : static_cast<float>(unit(random));
  // Smooth modes: where a mode jumps, a rounding error of one level is not a small error.
  constexpr BlendMode kModes[] = {BlendMode::multiply, BlendMode::screen,     BlendMode::overlay,
                                  BlendMode::darken,   BlendMode::hard_light, BlendMode::exclusion,
                                  BlendMode::lighten};
  if (choice.blends && random() % 3 == 0) node.composite.blend = kModes[random() % std::size(kModes)];
  if (random() % 4 == 0) node.mask = unit(random);
  node.color = {static_cast<std::uint8_t>(random()), static_cast<std::uint8_t>(random()),
                static_cast<std::uint8_t>(random())};
  if (random() % 2 == 0) node.x0 = static_cast<double>(random() % kPixels);
  if (random() % 2 == 0)
    node.x1 = node.x0 + 1 + static_cast<double>(random() % kPixels) + (random() % 2 == 0 ? 0.5 : 0.0);
  node.x1 = std::min<double>(node.x1, kPixels);
  if (depth > 0 && choice.nested && random() % 2 == 0) {
    node.group = true;
    node.isolated = random() % 2 == 0;
    node.knockout = choice.knockout && random() % 2 == 0;
    const int count = 1 + static_cast<int>(random() % 3);
    for (int i = 0; i < count; ++i) node.children.push_back(random_node(random, depth - 1, choice));
  }
  return node;
}

struct Errors {
  double worst = 0;
  int above_two = 0, pictures = 0;
};

Errors try_random(std::uint32_t seed, int depth, Choice choice) {
  std::mt19937 random(seed);
  Errors errors;
  for (int round = 0; round < 1500; ++round) {
    std::vector<Node> page;
    const int count = 1 + static_cast<int>(random() % 3);
    for (int i = 0; i < count; ++i) page.push_back(random_node(random, depth, choice));
    const double d = worst_difference(page, random() % 2 == 0 ? Background{} : kTransparent);
    errors.worst = std::max(errors.worst, d);
    errors.above_two += d > 2;
    ++errors.pictures;
  }
  return errors;
}

TEST(Groups, ElementsWithoutGroupsFollowTheReference) {
  const Errors e = try_random(21, 0, {});
  EXPECT_LE(e.worst, 2);
}

TEST(Groups, NestedIsolatedAndNonIsolatedGroupsFollowTheReference) {
  const Errors e = try_random(22, 2, {});
  EXPECT_LE(e.worst, 3);
  EXPECT_LE(e.above_two, e.pictures / 100);
}

TEST(Groups, KnockoutGroupsFollowTheReference) {
  const Errors e = try_random(23, 1, {.knockout = true});
  EXPECT_LE(e.worst, 3);
  EXPECT_LE(e.above_two, e.pictures / 100);
}

TEST(Groups, DeeplyMixedGroupsFollowTheReference) {
  const Errors e = try_random(24, 3, {.knockout = true});
  EXPECT_LE(e.worst, 3);
  EXPECT_LE(e.above_two, e.pictures / 100);
}

TEST(Groups, AnOpaqueNormalGroupOfEitherKindIsItsContents) {
  for (const bool isolated : {false, true}) {
    ListBuilder direct, grouped;
    const auto draw = [](ListBuilder& list) {
      list.fill(Rect{0, 0, 3, 1}, {200, 10, 30}, {0.5f});
      list.fill(Rect{1, 0, 4, 1}, {20, 110, 230});
    };
    draw(direct);
    grouped.push_group({0, 0, 4, 1}, {}, isolated, false);
    draw(grouped);
    grouped.pop_group();
    const images::Pixmap a = render(direct.list, {0, 0, 4, 1}), b = render(grouped.list, {0, 0, 4, 1});
    for (int x = 0; x < 4; ++x) {
      const Rgba p = pixel(a, x, 0), q = pixel(b, x, 0);
      EXPECT_NEAR(p.r, q.r, 1);
      EXPECT_NEAR(p.g, q.g, 1);
      EXPECT_NEAR(p.b, q.b, 1);
      EXPECT_EQ(q.a, 255);
    }
  }
}

TEST(Groups, AMultiplyInAnIsolatedGroupDoesNotSeeThePage) {
  for (const bool isolated : {false, true}) {
    ListBuilder list;
    list.fill(Rect{0, 0, 2, 1}, {128, 128, 128});  // as everywhere: the paper itself is not blended with
    list.push_group({0, 0, 2, 1}, {}, isolated, false);
    list.fill(Rect{0, 0, 2, 1}, {128, 255, 128}, {1, BlendMode::multiply});
    list.pop_group();
    const Rgba want = isolated ? Rgba{128, 255, 128, 255} : Rgba{64, 128, 64, 255};
    EXPECT_EQ(pixel(render(list.list, {0, 0, 2, 1}), 0, 0), want);
  }
}

TEST(Groups, ThePaperIsNotBlendedWith) {
  for (const bool grouped : {false, true}) {
    ListBuilder list;
    if (grouped) list.push_group({0, 0, 2, 1}, {}, false, false);
    list.fill(Rect{0, 0, 1, 1}, {200, 0, 0});
    list.fill(Rect{0, 0, 2, 1}, {100, 50, 0}, {1, BlendMode::difference});
    if (grouped) list.pop_group();
    const images::Pixmap got = render(list.list, {0, 0, 3, 1});
    EXPECT_EQ(pixel(got, 0, 0), (Rgba{100, 50, 0, 255}));
    EXPECT_EQ(pixel(got, 1, 0), (Rgba{100, 50, 0, 255}));
    EXPECT_EQ(pixel(got, 2, 0), (Rgba{255, 255, 255, 255}));
  }
}

TEST(Groups, TheTopElementOfAKnockoutGroupReplacesThoseBelow) {
  for (const bool isolated : {false, true}) {
    ListBuilder list;
    list.push_group({0, 0, 2, 1}, {}, isolated, true);
    list.fill(Rect{0, 0, 2, 1}, {255, 0, 0});
    list.fill(Rect{1, 0, 2, 1}, {0, 0, 255}, {0.5f});
    list.pop_group();
    const images::Pixmap got = render(list.list, {0, 0, 2, 1});
    EXPECT_EQ(pixel(got, 0, 0), (Rgba{255, 0, 0, 255}));
    EXPECT_EQ(pixel(got, 1, 0), (Rgba{127, 127, 255, 255})) << isolated;  // blue over white, no red
  }
}

TEST(Groups, ATransparentElementKnocksOutToo) {
  ListBuilder list;
  list.push_group({0, 0, 1, 1}, {}, true, true);
  list.fill(Rect{0, 0, 1, 1}, {255, 0, 0});
  list.fill(Rect{0, 0, 1, 1}, {0, 0, 255}, {0.0f});
  list.pop_group();
  EXPECT_EQ(pixel(render(list.list, {0, 0, 1, 1}), 0, 0), (Rgba{255, 255, 255, 255}));
}

TEST(Groups, NestedTooDeeplyAreDrawnWithoutAndSaySo) {
  ListBuilder list;
  for (int i = 0; i < 200; ++i) list.push_group({0, 0, 1, 1}, {}, true, false);
  list.fill(Rect{0, 0, 1, 1}, {1, 2, 3});
  for (int i = 0; i < 200; ++i) list.pop_group();
  RasterCache cache;
  Diagnostics diagnostics;
  TileRequest request;
  request.rect = {0, 0, 1, 1};
  Result<images::Pixmap> got = render_tile(list.list, request, cache, diagnostics);
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(pixel(*got, 0, 0), (Rgba{1, 2, 3, 255}));
  ASSERT_EQ(diagnostics.items().size(), 1u);
  EXPECT_EQ(diagnostics.items()[0].kind, ErrorKind::limit_exceeded);
}

}  // namespace
}  // namespace ode::raster
