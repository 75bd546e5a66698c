// Tensor-product patches as triangles: ISO 32000-2, 8.7.4.5.7 and 8.7.4.5.8. Each patch becomes a grid whose
// fineness follows Wang's bound on the distance of a Bézier curve from its chords. A side is divided by the
// side's own four points alone, so that two patches that share it divide it alike: no cracks. Where the grid
// is finer than its side, its border vertices fall together.
#include <algorithm>
#include <cmath>

#include "engine/base/limits.h"
#include "engine/raster/shadings/mesh.h"

namespace ode::raster {
namespace {

using display::PatchMesh;
using display::RgbF;

constexpr double kTolerance_px = 0.2;
constexpr int kDivisionsMax = 512;
constexpr int kColorDivisions = 8;   // bilinear colours cut into triangles: off by one level at most
constexpr double kColorStep_px = 4;  // … unless cells get this small
constexpr std::int64_t kCellsMax = std::int64_t{1} << 24;  // of all patches

using Cubic = std::array<Point, 4>;

double length(Point a) { return std::sqrt(a.x * a.x + a.y * a.y); }
Point minus(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }

/// A power of two. Symmetric in the direction of the curve, to the last bit.
int divisions(const Cubic& c) {
  const auto bend = [](Point a, Point b, Point d) {
    return length({(a.x + d.x) - 2 * b.x, (a.y + d.y) - 2 * b.y});
  };
  const double bent = std::max(bend(c[0], c[1], c[2]), bend(c[1], c[2], c[3]));
  const double long_px = (length(minus(c[0], c[1])) + length(minus(c[3], c[2]))) + length(minus(c[1], c[2]));
  const double needed = std::max(std::sqrt(0.75 * bent / kTolerance_px),
                                 std::min<double>(kColorDivisions, long_px / kColorStep_px));
  int n = 1;
  while (n < kDivisionsMax && n < needed) n *= 2;
  return n;
}

/// Gives the same bits for the same curve run backwards: t and 1 - t, p0 and p3, p1 and p2 change places.
Point evaluate(const Cubic& c, double t) {
  const double s = 1 - t;
  const double w0 = s * s * s, w3 = t * t * t, w1 = 3 * (t * (s * s)), w2 = 3 * (s * (t * t));
  return {(w0 * c[0].x + w3 * c[3].x) + (w1 * c[1].x + w2 * c[2].x),
          (w0 * c[0].y + w3 * c[3].y) + (w1 * c[1].y + w2 * c[2].y)};
}

struct Patch {
  std::array<std::array<Point, 4>, 4> p;  // device
  const std::array<RgbF, 4>* color;
  int u = 1, v = 1;        // cells along u and v
  int side_u[2] = {1, 1};  // divisions of the sides v = 0 and v = 1
  int side_v[2] = {1, 1};  // … u = 0 and u = 1

  Cubic along_u(std::size_t j) const { return {p[0][j], p[1][j], p[2][j], p[3][j]}; }
  const Cubic& along_v(std::size_t i) const { return p[i]; }

  void divide() {
    side_u[0] = divisions(along_u(0)), side_u[1] = divisions(along_u(3));
    side_v[0] = divisions(along_v(0)), side_v[1] = divisions(along_v(3));
    u = std::max({side_u[0], side_u[1], divisions(along_u(1)), divisions(along_u(2))});
    v = std::max({side_v[0], side_v[1], divisions(along_v(1)), divisions(along_v(2))});
  }

  void coarsen(int shift) {
    for (int* n : {&u, &v, &side_u[0], &side_u[1], &side_v[0], &side_v[1]}) *n = std::max(1, *n >> shift);
  }

  Rect bounds() const {
    Rect r{p[0][0].x, p[0][0].y, p[0][0].x, p[0][0].y};
    for (const auto& row : p) {
      for (const Point q : row) r = r.unite({q.x, q.y, q.x, q.y});
    }
    return r;
  }

  RgbF color_at(double s, double t) const {
    const auto mix = [&](float RgbF::*m) {
      const double low = (*color)[0].*m * (1 - s) + (*color)[3].*m * s;
      const double high = (*color)[1].*m * (1 - s) + (*color)[2].*m * s;
      return static_cast<float>(low * (1 - t) + high * t);
    };
    return {mix(&RgbF::r), mix(&RgbF::g), mix(&RgbF::b)};
  }

  /// Vertices of the grid's row j, from u = 0 to u = 1.
  void grid_row(int j, std::vector<MeshVertex>& out) const {
    out.clear();
    for (int i = 0; i <= u; ++i) {
      int gi = i, gj = j;
      // On the border, fall to the side's own divisions.
      if (j == 0 || j == v) gi -= i % (u / side_u[j == 0 ? 0 : 1]);
      if (i == 0 || i == u) gj -= j % (v / side_v[i == 0 ? 0 : 1]);
      const double s = static_cast<double>(gi) / u, t = static_cast<double>(gj) / v;
      const Cubic across{evaluate(p[0], t), evaluate(p[1], t), evaluate(p[2], t), evaluate(p[3], t)};
      // All points are finite: checked when the patch was taken.
      out.push_back(mesh_vertex(evaluate(across, s), color_at(s, t)).value_or(MeshVertex{}));
    }
  }

  /// The largest v on top, within it the largest u (8.7.4.5.7): front to back is downwards in both.
  void draw(MeshCanvas& canvas) const {
    std::vector<MeshVertex> upper, lower;
    grid_row(v, upper);
    for (int j = v - 1; j >= 0 && !canvas.full(); --j) {
      grid_row(j, lower);
      for (std::size_t i = static_cast<std::size_t>(u); i-- > 0;) {
        canvas.add(lower[i], lower[i + 1], upper[i + 1]);
        canvas.add(lower[i], upper[i + 1], upper[i]);
      }
      std::swap(upper, lower);
    }
  }
};

/// Patches with points beyond any page are left out, whatever the tile.
bool is_drawable(const Patch& patch) {
  for (const auto& row : patch.p) {
    for (const Point q : row) {
      if (!std::isfinite(q.x) || !std::isfinite(q.y) || std::fabs(q.x) > 1e9 || std::fabs(q.y) > 1e9)
        return false;
    }
  }
  return true;
}

}  // namespace

Result<MeshPixels> draw_patches(const PatchMesh& mesh, const Matrix& device_from_shading,
                                const IntRect& area) {
  if (mesh.patches.size() > static_cast<std::size_t>(kMeshPatchesMax)) {
    return Error{ErrorKind::limit_exceeded, "too many patches in a shading"};
  }
  std::vector<Patch> patches;
  patches.reserve(mesh.patches.size());
  std::int64_t cells = 0;
  std::optional<Rect> bounds;
  for (const PatchMesh::Patch& from : mesh.patches) {
    Patch patch;
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) patch.p[i][j] = device_from_shading.apply(from.p[i][j]);
    }
    if (!is_drawable(patch)) continue;
    patch.color = &from.color;
    patch.divide();
    cells += std::int64_t{patch.u} * patch.v;
    bounds = bounds ? bounds->unite(patch.bounds()) : patch.bounds();
    patches.push_back(patch);
  }
  if (!bounds) return MeshPixels{};
  // The whole mesh decides, not the part in view: tiles must agree.
  int shift = 0;
  for (; cells > kCellsMax; cells >>= 2) ++shift;
  const IntRect box = covering_pixels(*bounds).intersect(area);
  if (box.empty()) return MeshPixels{};
  if (box.width() > MeshCanvas::kSideMax_px) return Error{ErrorKind::limit_exceeded, "mesh shading too wide"};
  std::optional<RampTable> ramp;
  if (!mesh.ramp.empty()) ramp.emplace(mesh.ramp, true, true);
  MeshCanvas canvas(box, ramp ? &*ramp : nullptr);
  for (auto patch = patches.rbegin(); patch != patches.rend() && !canvas.full(); ++patch) {
    if (covering_pixels(patch->bounds()).intersect(box).empty()) continue;
    patch->coarsen(shift);
    patch->draw(canvas);
  }
  return MeshPixels{box, canvas.take_pixels()};
}

}  // namespace ode::raster
