// Tests of make_shading_source(): every kind against its definition, and independence of tiles.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "engine/raster/shadings/sources.h"

namespace ode::raster {
namespace {

using display::AxialShading;
using display::ColorRamp;
using display::FunctionShading;
using display::PatchMesh;
using display::RadialShading;
using display::RgbF;
using display::Shading;
using display::TriangleMesh;

using Bytes = std::vector<std::uint8_t>;
const ColorRamp kBlackToWhite{{0, 0, 0}, {1, 1, 1}};

Bytes draw(const Shading& shading, const IntRect& area, const Matrix& device_from_page = {}) {
  auto source = make_shading_source(shading, device_from_page, area);
  EXPECT_TRUE(source.ok());
  Bytes out(static_cast<std::size_t>(area.width()) * static_cast<std::size_t>(area.height()) * 4);
  for (int y = area.y0; y < area.y1; ++y) {
    (*source)->fetch(area.x0, y, area.width(),
                     &out[static_cast<std::size_t>((y - area.y0) * area.width()) * 4]);
  }
  return out;
}

struct Picture {
  IntRect area;
  Bytes bytes;
  Picture(const Shading& s, const IntRect& a, const Matrix& m = {}) : area(a), bytes(draw(s, a, m)) {}
  const std::uint8_t* at(int x, int y) const {
    return &bytes[static_cast<std::size_t>((y - area.y0) * area.width() + (x - area.x0)) * 4];
  }
  int red(int x, int y) const { return at(x, y)[0]; }
  int alpha(int x, int y) const { return at(x, y)[3]; }
};

Shading axial(AxialShading a) { return {std::move(a), {}, {}, {}}; }
Shading radial(RadialShading r) { return {std::move(r), {}, {}, {}}; }

TEST(ShadingTest, AxialColoursFollowTheAxisAndEndWithoutExtension) {
  const Picture p(axial({{10, 0}, {90, 0}, false, true, kBlackToWhite}), {0, 0, 100, 2});
  EXPECT_EQ(p.alpha(9, 0), 0);
  EXPECT_EQ(p.alpha(10, 0), 255);
  for (int x = 10; x < 90; ++x) ASSERT_NEAR(p.red(x, 1), (x + 0.5 - 10) / 80 * 255, 1);
  EXPECT_EQ(p.red(95, 0), 255) << "extended";
}

TEST(ShadingTest, AxialColoursAreConstantAcrossASlantedAxis) {
  const Picture p(axial({{0, 0}, {60, 60}, true, true, kBlackToWhite}), {0, 0, 60, 60});
  for (int i = 0; i < 60; ++i) ASSERT_NEAR(p.red(i, 59 - i), 127.5, 1);
}

TEST(ShadingTest, StepsOfALongRampStaySharp) {
  ColorRamp steps(2048, RgbF{0, 0, 0});
  std::fill(steps.begin() + 1024, steps.end(), RgbF{1, 1, 1});
  const Picture p(axial({{0, 0}, {100, 0}, false, false, steps}), {0, 0, 100, 1});
  EXPECT_EQ(p.red(49, 0), 0);
  EXPECT_EQ(p.red(50, 0), 255);
}

TEST(ShadingTest, CoincidingAxisPointsAndSingularMatricesPaintTheBackgroundAlone) {
  Shading s = axial({{5, 5}, {5, 5}, true, true, kBlackToWhite});
  EXPECT_EQ(Picture(s, {0, 0, 4, 4}).alpha(1, 1), 0);
  s.background = RgbF{1, 0, 0};
  EXPECT_EQ(Picture(s, {0, 0, 4, 4}).red(1, 1), 255);
  s.page_from_shading = Matrix{0, 0, 0, 0, 0, 0};
  EXPECT_EQ(Picture(s, {0, 0, 4, 4}).red(1, 1), 255);
}

TEST(ShadingTest, TheBoxClipsHardAndTheBackgroundFillsTheRest) {
  Shading s = axial({{0, 0}, {10, 0}, true, true, {{0, 1, 0}, {0, 1, 0}}});
  s.bbox = Rect{2, 2, 8, 8};
  const Picture clipped(s, {0, 0, 10, 10});
  EXPECT_EQ(clipped.alpha(1, 5), 0);
  EXPECT_EQ(clipped.alpha(2, 2), 255);
  EXPECT_EQ(clipped.alpha(8, 5), 0);
  s.background = RgbF{1, 0, 0};
  const Picture filled(s, {0, 0, 10, 10});
  EXPECT_EQ(filled.red(1, 5), 255);
  EXPECT_EQ(filled.red(5, 5), 0);
}

TEST(ShadingTest, ConcentricCirclesGiveRings) {
  const Picture p(radial({{50, 50}, {50, 50}, 0, 40, false, false, kBlackToWhite}), {0, 0, 100, 100});
  for (int x = 0; x < 100; ++x) {
    const double r = std::hypot(x + 0.5 - 50, 0.5);
    if (r > 40) {
      ASSERT_EQ(p.alpha(x, 50), 0);
    } else {
      ASSERT_NEAR(p.red(x, 50), r / 40 * 255, 1);
    }
  }
}

TEST(ShadingTest, ExtendingTheSmallCircleFillsItsInsideAndTheLargeOneTheOutside) {
  const Picture p(radial({{50, 50}, {50, 50}, 10, 40, true, true, kBlackToWhite}), {0, 0, 100, 100});
  EXPECT_EQ(p.alpha(50, 50), 255);
  EXPECT_EQ(p.red(50, 50), 0);
  EXPECT_EQ(p.red(1, 1), 255);
  const Picture q(radial({{50, 50}, {50, 50}, 10, 40, false, false, kBlackToWhite}), {0, 0, 100, 100});
  EXPECT_EQ(q.alpha(50, 50), 0);
  EXPECT_EQ(q.alpha(1, 1), 0);
}

TEST(ShadingTest, SeparateCirclesMakeACone) {
  // A cylinder of radius 10 from x = 30 to x = 70: constant radius, the linear case along the axis.
  const RadialShading cylinder{{30, 50}, {70, 50}, 10, 10, false, false, kBlackToWhite};
  const Picture p(radial(cylinder), {0, 0, 100, 100});
  EXPECT_EQ(p.alpha(50, 39), 0);
  EXPECT_EQ(p.alpha(50, 61), 0);
  // The circle with the largest s through (x, 50) has its centre at x + 10.
  for (int x = 30; x < 59; ++x) ASSERT_NEAR(p.red(x, 50), (x + 10 - 30) / 40.0 * 255, 4);
  EXPECT_EQ(p.alpha(85, 50), 0);
  // A cone opening to the right: with the end extended it goes on, to the left of its apex there is nothing.
  const Picture cone(radial({{20, 50}, {40, 50}, 0, 10, false, true, kBlackToWhite}), {0, 0, 100, 100});
  EXPECT_EQ(cone.alpha(10, 50), 0);
  EXPECT_EQ(cone.alpha(95, 50), 255);
  EXPECT_EQ(cone.red(95, 50), 255);
  EXPECT_EQ(cone.alpha(30, 90), 0);
}

TEST(ShadingTest, RadialPixelsEqualABruteForceSearchOfCircles) {
  std::mt19937 random(4);
  const auto uniform = [&](double a, double b) {
    return a + (b - a) * static_cast<double>(random()) / 4294967295.0;
  };
  for (int round = 0; round < 12; ++round) {
    const RadialShading s{{uniform(0, 40), uniform(0, 40)},
                          {uniform(0, 40), uniform(0, 40)},
                          uniform(0, 20),
                          uniform(0, 20),
                          round % 2 == 0,
                          round % 3 == 0,
                          kBlackToWhite};
    const Picture p(radial(s), {0, 0, 40, 40});
    int wrong = 0;
    for (int y = 0; y < 40; y += 3) {
      for (int x = 0; x < 40; x += 3) {
        // Largest s at which the circle passes the point: a change of sign of distance - radius.
        double best = -100;
        bool found = false;
        const auto f = [&](double t) {
          const double r = s.r0 + t * (s.r1 - s.r0);
          return std::hypot(x + 0.5 - s.c0.x - t * (s.c1.x - s.c0.x),
                            y + 0.5 - s.c0.y - t * (s.c1.y - s.c0.y)) -
                 r;
        };
        for (double t = s.extend_end ? 12 : 1; t > (s.extend_start ? -12 : 0) && !found; t -= 0.002) {
          const bool radius = s.r0 + t * (s.r1 - s.r0) >= 0;
          if (radius && (f(t) > 0) != (f(t - 0.002) > 0)) best = t, found = true;
        }
        if (!found) {
          wrong += p.alpha(x, y) != 0;
        } else {
          wrong += p.alpha(x, y) == 0 || std::fabs(p.red(x, y) - std::clamp(best, 0.0, 1.0) * 255) > 2;
        }
      }
    }
    EXPECT_LE(wrong, 3) << "round " << round << ": edges may fall either way";
  }
}

TEST(ShadingTest, FunctionGridsAreBilinearInTheirDomain) {
  FunctionShading f;
  f.domain = {0, 0, 1, 1};
  f.shading_from_domain = {20, 0, 0, 20, 10, 10};
  f.columns = 2, f.rows = 2;
  f.samples = {{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {1, 1, 0}};
  const Picture p({f, {}, {}, {}}, {0, 0, 40, 40});
  EXPECT_EQ(p.alpha(9, 20), 0);
  EXPECT_EQ(p.alpha(30, 20), 0);
  for (int i = 10; i < 30; ++i) {
    ASSERT_NEAR(p.at(i, 12)[0], (i + 0.5 - 10) / 20 * 255, 1);
    ASSERT_NEAR(p.at(12, i)[1], (i + 0.5 - 10) / 20 * 255, 1);
  }
}

TEST(ShadingTest, TriangleVerticesHaveTheirColours) {
  TriangleMesh mesh;
  mesh.vertices = {{0, 0, {1, 0, 0}}, {100, 0, {0, 1, 0}}, {0, 100, {0, 0, 1}}};
  mesh.triangles = {{0, 1, 2}, {0, 1, 9}};
  const Picture p({mesh, {}, {}, {}}, {0, 0, 100, 100});
  EXPECT_GT(p.at(0, 0)[0], 250);
  EXPECT_GT(p.at(98, 0)[1], 250);
  EXPECT_GT(p.at(0, 98)[2], 250);
  EXPECT_EQ(p.alpha(99, 99), 0);
  for (int i = 0; i < 33; ++i) {
    const std::uint8_t* c = p.at(i, i);
    ASSERT_NEAR(c[0] + c[1] + c[2], 255, 2) << "barycentric shares add up to one";
  }
}

TEST(ShadingTest, LaterTrianglesLieOnTop) {
  TriangleMesh mesh;
  for (const RgbF& c : {RgbF{1, 0, 0}, RgbF{0, 1, 0}}) {
    for (const auto& [x, y] : {std::pair{0.F, 0.F}, {50.F, 0.F}, {0.F, 50.F}})
      mesh.vertices.push_back({x, y, c});
  }
  mesh.triangles = {{0, 1, 2}, {3, 4, 5}};
  EXPECT_EQ(Picture({mesh, {}, {}, {}}, {0, 0, 50, 50}).at(5, 5)[1], 255);
}

TEST(ShadingTest, MeshesWithARampInterpolateBeforeTheyLookUp) {
  TriangleMesh mesh;
  mesh.vertices = {{0, 0, {0, 0, 0}}, {100, 0, {1, 0, 0}}, {0, 100, {0, 0, 0}}};
  mesh.triangles = {{0, 1, 2}};
  mesh.ramp = {{0, 0, 1}, {0, 1, 0}, {0, 0, 1}};
  const Picture p({mesh, {}, {}, {}}, {0, 0, 100, 100});
  EXPECT_GT(p.at(0, 0)[2], 250);
  EXPECT_GT(p.at(49, 0)[1], 248);
  EXPECT_GT(p.at(97, 0)[2], 240);
}

TEST(ShadingTest, AFanOfTrianglesCoversEveryPixelOfItsPolygonOnce) {
  // A closed fan with odd vertices: any gap between neighbours shows as a hole around the centre.
  TriangleMesh mesh;
  mesh.vertices.push_back({50.13F, 49.87F, {1, 1, 1}});
  for (int i = 0; i < 37; ++i) {
    const double a = i * 2 * M_PI / 37;
    mesh.vertices.push_back(
        {static_cast<float>(50 + 45 * std::cos(a)), static_cast<float>(50 + 45 * std::sin(a)), {1, 1, 1}});
  }
  for (std::uint32_t i = 0; i < 37; ++i) mesh.triangles.push_back({0, 1 + i, 1 + (i + 1) % 37});
  const Picture p({mesh, {}, {}, {}}, {0, 0, 100, 100});
  for (int y = 0; y < 100; ++y) {
    for (int x = 0; x < 100; ++x) {
      const bool inside = std::hypot(x + 0.5 - 50, y + 0.5 - 50) < 44;
      ASSERT_TRUE(!inside || p.alpha(x, y) == 255) << x << ' ' << y;
    }
  }
}

/// A patch whose sides are straight, on the square from (x, y).
PatchMesh::Patch square_patch(double x, double y, double side, const std::array<RgbF, 4>& color) {
  PatchMesh::Patch patch;
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      patch.p[i][j] = {x + side * static_cast<double>(i) / 3, y + side * static_cast<double>(j) / 3};
    }
  }
  patch.color = color;
  return patch;
}

TEST(ShadingTest, PatchCornersHaveTheirColoursAndTheMiddleTheirMean) {
  PatchMesh mesh;
  mesh.patches = {square_patch(0, 0, 100, {RgbF{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 1}})};
  const Picture p({mesh, {}, {}, {}}, {0, 0, 100, 100});
  EXPECT_GT(p.at(0, 0)[0], 248);
  EXPECT_GT(p.at(0, 99)[1], 248) << "u = 0, v = 1";
  EXPECT_GT(p.at(99, 99)[2], 248);
  EXPECT_GT(p.at(99, 0)[1], 248);
  for (int c = 0; c < 3; ++c) EXPECT_NEAR(p.at(50, 50)[c], 127.5, 3);
  for (std::size_t i = 3; i < p.bytes.size(); i += 4) ASSERT_EQ(p.bytes[i], 255);
}

TEST(ShadingTest, NeighbouringPatchesLeaveNoCracksEvenWithACurvedSharedSideRunBackwards) {
  const std::array<RgbF, 4> white{RgbF{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}};
  PatchMesh::Patch left = square_patch(3.3, 3.7, 90, white), right = square_patch(93.3, 3.7, 90, white);
  // The shared side i = 3 of the left patch bulges; the right patch meets it as its side i = 0, reversed in
  // v, and is so much more bent elsewhere that its own grid is finer.
  left.p[3][1].x += 31.7, left.p[3][2].x -= 27.1;
  for (std::size_t j = 0; j < 4; ++j) right.p[0][j] = left.p[3][3 - j];
  for (std::size_t i = 1; i < 4; ++i) std::reverse(right.p[i].begin(), right.p[i].end());
  right.p[2][1].x += 3000, right.p[2][2].y -= 2500;
  PatchMesh mesh;
  mesh.patches = {left, right};
  const Picture p({mesh, {}, {}, {}}, {0, 0, 200, 100});
  for (int y = 10; y < 88; ++y) {
    for (int x = 30; x < 120; ++x) ASSERT_EQ(p.alpha(x, y), 255) << x << ' ' << y;
  }
}

TEST(ShadingTest, LaterPatchesLieOnTop) {
  const std::array<RgbF, 4> red{RgbF{1, 0, 0}, {1, 0, 0}, {1, 0, 0}, {1, 0, 0}};
  const std::array<RgbF, 4> blue{RgbF{0, 0, 1}, {0, 0, 1}, {0, 0, 1}, {0, 0, 1}};
  PatchMesh mesh;
  mesh.patches = {square_patch(0, 0, 50, red), square_patch(25, 25, 50, blue)};
  const Picture p({mesh, {}, {}, {}}, {0, 0, 80, 80});
  EXPECT_EQ(p.at(10, 10)[0], 255);
  EXPECT_EQ(p.at(40, 40)[2], 255);
}

TEST(ShadingTest, WhereAPatchFoldsTheLargerVIsOnTop) {
  PatchMesh mesh;
  mesh.patches = {square_patch(0, 0, 60, {RgbF{0, 0, 0}, {1, 1, 1}, {1, 1, 1}, {0, 0, 0}})};
  // y runs 0 → 60 → 0 along v: rows near v = 1 lie over rows near v = 0.
  for (std::size_t i = 0; i < 4; ++i)
    mesh.patches[0].p[i] = {Point{20.0 * static_cast<double>(i), 0},
                            {20.0 * static_cast<double>(i), 80},
                            {20.0 * static_cast<double>(i), 80},
                            {20.0 * static_cast<double>(i), 0}};
  const Picture p({mesh, {}, {}, {}}, {0, 0, 60, 60});
  EXPECT_GT(p.red(30, 2), 240);
}

TEST(ShadingTest, DamagedMeshesAndGridsAreErrorsOrSkipped) {
  PatchMesh mesh;
  mesh.patches = {square_patch(0, 0, 50, {})};
  mesh.patches[0].p[1][1].x = std::nan("");
  EXPECT_EQ(Picture({mesh, {}, {}, {}}, {0, 0, 20, 20}).alpha(10, 10), 0);
  FunctionShading f;
  f.columns = 100, f.rows = 100, f.domain = {0, 0, 1, 1};
  EXPECT_FALSE(make_shading_source({f, {}, {}, {}}, {}, {0, 0, 4, 4}).ok());
  EXPECT_FALSE(make_shading_source(axial({{0, 0}, {1, 1}, true, true, {}}), {}, {0, 0, 4, 4}).ok());
  mesh.patches.resize(200'001);
  EXPECT_FALSE(make_shading_source({mesh, {}, {}, {}}, {}, {0, 0, 4, 4}).ok());
}

TEST(ShadingTest, StacksOfPageSizedTrianglesAndPatchesEndSoon) {
  TriangleMesh triangles;
  triangles.vertices = {{-500, -500, {1, 0, 0}}, {9000, -500, {0, 1, 0}}, {-500, 9000, {0, 0, 1}}};
  triangles.triangles.assign(200'000, {0, 1, 2});
  EXPECT_EQ(Picture({triangles, {}, {}, {}}, {0, 0, 300, 300}).alpha(150, 150), 255);
  PatchMesh patches;
  patches.patches.assign(200'000, square_patch(-100, -100, 5000, {}));
  EXPECT_EQ(Picture({patches, {}, {}, {}}, {0, 0, 300, 300}).alpha(150, 150), 255);
}

TEST(ShadingTest, PixelsDoNotDependOnTheTile) {
  std::mt19937 random(21);
  const auto uniform = [&](double a, double b) {
    return a + (b - a) * static_cast<double>(random()) / 4294967295.0;
  };
  const auto color = [&] {
    return RgbF{static_cast<float>(uniform(0, 1)), static_cast<float>(uniform(0, 1)), 0.5F};
  };
  for (int round = 0; round < 50; ++round) {
    Shading s;
    if (round % 5 == 0)
      s = axial({{uniform(0, 64), 3}, {uniform(0, 64), uniform(0, 64)}, true, false, kBlackToWhite});
    if (round % 5 == 1)
      s = radial({{uniform(0, 64), 30}, {30, uniform(0, 64)}, uniform(0, 20), 20, true, true, kBlackToWhite});
    if (round % 5 == 2) {
      FunctionShading f{{0, 0, 1, 1}, Matrix::scale(50, 50), 3, 3, {}};
      for (int i = 0; i < 9; ++i) f.samples.push_back(color());
      s.geometry = f;
    }
    if (round % 5 == 3) {
      TriangleMesh mesh;
      for (int i = 0; i < 30; ++i)
        mesh.vertices.push_back(
            {static_cast<float>(uniform(-20, 80)), static_cast<float>(uniform(-20, 80)), color()});
      for (std::uint32_t i = 0; i + 2 < 30; ++i) mesh.triangles.push_back({i, i + 1, i + 2});
      s.geometry = mesh;
    }
    if (round % 5 == 4) {
      PatchMesh mesh;
      for (int i = 0; i < 3; ++i) {
        mesh.patches.push_back(
            square_patch(uniform(-20, 50), uniform(-20, 50), 40, {color(), color(), color(), color()}));
        for (auto& row : mesh.patches.back().p) {
          for (Point& q : row) q.x += uniform(-15, 15), q.y += uniform(-15, 15);
        }
      }
      s.geometry = mesh;
    }
    s.page_from_shading = {uniform(0.5, 1.5), uniform(-0.5, 0.5), uniform(-0.5, 0.5),
                           uniform(0.5, 1.5), uniform(-5, 5),     1};
    if (round % 2 == 0) s.bbox = Rect{5, 5, 45, 50};
    const IntRect all{0, 0, 64, 64};
    const Picture whole(s, all);
    for (int i = 0; i < 8; ++i) {
      const int x = static_cast<int>(random() % 60), y = static_cast<int>(random() % 60);
      const IntRect tile =
          IntRect{x, y, x + 1 + static_cast<int>(random() % 30), y + 1 + static_cast<int>(random() % 30)}
              .intersect(all);
      const Picture part(s, tile);
      for (int ty = tile.y0; ty < tile.y1; ++ty) {
        ASSERT_EQ(Bytes(part.at(tile.x0, ty), part.at(tile.x0, ty) + tile.width() * 4),
                  Bytes(whole.at(tile.x0, ty), whole.at(tile.x0, ty) + tile.width() * 4))
            << "round " << round;
      }
    }
  }
}

}  // namespace
}  // namespace ode::raster
