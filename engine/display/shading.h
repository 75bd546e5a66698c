// Shading: ISO 32000-2, 8.7.4.5, normalised so that drawing one needs no PDF function and no colour space.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "engine/geometry/geometry.h"

namespace ode::display {

/// sRGB in 0..1, as float: meshes interpolate before they quantise.
struct RgbF {
  float r = 0, g = 0, b = 0;
  bool operator==(const RgbF&) const = default;
};

/// Colours over the parametric variable t in 0..1, evenly spaced, at least 2; interpolated linearly.
/// engine/pdf chooses the size so that steps of stitching functions stay sharp (at least 256).
using ColorRamp = std::vector<RgbF>;

/// Type 1: samples over `domain`, row-major from (x0, y0), bilinear. Undefined outside the domain.
struct FunctionShading {
  Rect domain;
  Matrix shading_from_domain;
  int columns = 0, rows = 0;
  std::vector<RgbF> samples;
};

/// Type 2.
struct AxialShading {
  Point p0, p1;
  bool extend_start = false, extend_end = false;
  ColorRamp ramp;
};

/// Type 3.
struct RadialShading {
  Point c0, c1;
  double r0 = 0, r1 = 0;
  bool extend_start = false, extend_end = false;
  ColorRamp ramp;
};

/// Types 4 and 5. Colours are interpolated in RGB, or, when `ramp` is not empty, `color.r` is t and looked up after
/// interpolation.
struct TriangleMesh {
  struct Vertex { float x = 0, y = 0; RgbF color; };
  std::vector<Vertex> vertices;               ///< shading space
  std::vector<std::array<std::uint32_t, 3>> triangles;
  ColorRamp ramp;
};

/// Types 6 and 7: tensor-product patches (Coons patches have their inner points computed). Points in the order
/// p[row][column] with rows along v: the surface is Σ p[i][j] B_i(u) B_j(v); colours at (u,v) = (0,0), (0,1), (1,1), (1,0).
struct PatchMesh {
  struct Patch {
    std::array<std::array<Point, 4>, 4> p;    ///< shading space
    std::array<RgbF, 4> color;
  };
  std::vector<Patch> patches;                 ///< painted in order; later ones on top
  ColorRamp ramp;
};

/// Immutable, shared.
struct Shading {
  std::variant<FunctionShading, AxialShading, RadialShading, TriangleMesh, PatchMesh> geometry;
  Matrix page_from_shading;
  std::optional<Rect> bbox;                   ///< shading space; a hard clip
  std::optional<RgbF> background;             ///< pattern fills only: the recorder leaves it out for `sh`
};

}  // namespace ode::display
