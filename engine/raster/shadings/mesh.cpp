// Triangle meshes: see shadings/mesh.h. ISO 32000-2, 8.7.4.5.5 and 8.7.4.5.6; half-planes after Pineda, "A
// parallel algorithm for polygon rasterization" (1988), solved per row.
#include "engine/raster/shadings/mesh.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/base/limits.h"

namespace ode::raster {
namespace {

constexpr std::int64_t kOne = 256;        // a pixel in 24.8
constexpr double kFarthest_px = 1 << 21;  // keeps products of coordinate differences within 62 bits

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b != 0 && (a < 0) != (b < 0)); }
std::int64_t ceil_div(std::int64_t a, std::int64_t b) { return -floor_div(-a, b); }

/// NaN is 0.
double clamped(float v) { return !(v > 0) ? 0 : std::min<double>(v, 1); }

PixelWord words_of(PixelWord r, PixelWord g, PixelWord b) {
  constexpr bool kLittle = std::endian::native == std::endian::little;
  return kLittle ? r | g << 8 | b << 16 | 0xFF000000u : r << 24 | g << 16 | b << 8 | 0xFFu;
}

/// Narrows [x0, x1] to the pixels of row `y` whose centres are left of the edge a → b (y down, interior
/// positive).
void cut(const MeshVertex& a, const MeshVertex& b, std::int64_t y, std::int64_t& x0, std::int64_t& x1) {
  const std::int64_t dx = std::int64_t{b.x} - a.x, dy = std::int64_t{b.y} - a.y;
  // A centre exactly on the edge belongs to it if the edge is a top or a left one.
  const bool owns = dy < 0 || (dy == 0 && dx > 0);
  const std::int64_t row = y * kOne + kOne / 2;
  const std::int64_t k = dx * (row - a.y) + dy * (a.x - kOne / 2) - (owns ? 0 : 1);
  // k - dy·256·x >= 0
  if (dy > 0) {
    x1 = std::min(x1, floor_div(k, dy * kOne));
  } else if (dy < 0) {
    x0 = std::max(x0, ceil_div(-k, -dy * kOne));
  } else if (k < 0) {
    x1 = x0 - 1;
  }
}

}  // namespace

std::optional<MeshVertex> mesh_vertex(Point device, const display::RgbF& color) {
  if (!std::isfinite(device.x) || !std::isfinite(device.y)) return std::nullopt;
  const auto fixed = [](double v) {
    return static_cast<std::int32_t>(std::floor(std::clamp(v, -kFarthest_px, kFarthest_px) * kOne + 0.5));
  };
  return MeshVertex{fixed(device.x), fixed(device.y), color};
}

/// Colour as a linear function of the pixel: value = base + x·dx + y·dy, from the first vertex.
struct MeshCanvas::Plane {
  struct Channel {
    double base, dx, dy, low, high;
    double row(double y) const { return base + y * dy; }
    double at(double row, double x) const { return std::min(std::max(row + x * dx, low), high); }
  };
  Channel channel[3] = {};
  double x, y;  // of the first vertex, pixels

  /// Colours as bytes with the half that rounds them, or a ramp's t as it is.
  Plane(const MeshVertex& a, const MeshVertex& b, const MeshVertex& c, double twice_area, bool is_ramp)
      : x(a.x / 256.0), y(a.y / 256.0) {
    const int channels = is_ramp ? 1 : 3;
    const double unit = is_ramp ? 1 : 255, round = is_ramp ? 0 : 0.5;
    const double bx = (b.x - a.x) / 256.0, by = (b.y - a.y) / 256.0;
    const double cx = (c.x - a.x) / 256.0, cy = (c.y - a.y) / 256.0;
    const float display::RgbF::*const members[] = {&display::RgbF::r, &display::RgbF::g, &display::RgbF::b};
    for (int i = 0; i < channels; ++i) {
      const auto value = [&](const MeshVertex& v) { return clamped(v.color.*members[i]) * unit + round; };
      const double va = value(a), vb = value(b), vc = value(c);
      channel[i] = {va, ((vb - va) * cy - (vc - va) * by) / twice_area,
                    ((vc - va) * bx - (vb - va) * cx) / twice_area, std::min({va, vb, vc}),
                    std::max({va, vb, vc})};
    }
  }
};

MeshCanvas::MeshCanvas(const IntRect& area, RampTable* ramp) : area_(area), ramp_(ramp) {
  const std::size_t width = static_cast<std::size_t>(area.width()),
                    height = static_cast<std::size_t>(area.height());
  pixels_.resize(width * height);
  free_.resize((width + 1) * height);
  for (std::size_t i = 0; i < free_.size(); ++i) free_[i] = static_cast<std::uint16_t>(i % (width + 1));
  free_pixels_ = static_cast<std::int64_t>(width * height);
}

std::uint16_t MeshCanvas::next_free(std::uint16_t* row, std::uint16_t x) {
  while (row[x] != x) x = row[x] = row[row[x]];
  return x;
}

void MeshCanvas::paint_row(const Plane& plane, std::int32_t y, std::int32_t x0, std::int32_t x1) {
  const std::size_t width = static_cast<std::size_t>(area_.width());
  std::uint16_t* free_row = &free_[(width + 1) * static_cast<std::size_t>(y - area_.y0)];
  PixelWord* out = &pixels_[width * static_cast<std::size_t>(y - area_.y0)];
  const double dy = y + 0.5 - plane.y;
  const double red = plane.channel[0].row(dy), green = plane.channel[1].row(dy),
               blue = plane.channel[2].row(dy);
  const int end = x1 - area_.x0 + 1;
  const auto byte = [](double v) { return static_cast<PixelWord>(static_cast<std::int32_t>(v)); };
  for (int i = next_free(free_row, static_cast<std::uint16_t>(x0 - area_.x0)); i < end;
       i = next_free(free_row, static_cast<std::uint16_t>(i))) {
    // A run of free pixels.
    for (; i < end && free_row[i] == i; ++i) {
      const double dx = area_.x0 + i + 0.5 - plane.x;
      const double r = plane.channel[0].at(red, dx);
      if (ramp_ != nullptr) {
        out[i] = ramp_->at(r);
      } else {
        out[i] = words_of(byte(r), byte(plane.channel[1].at(green, dx)), byte(plane.channel[2].at(blue, dx)));
      }
      free_row[i] = static_cast<std::uint16_t>(i + 1);
      --free_pixels_;
    }
    if (i >= end) break;
  }
}

void MeshCanvas::add(const MeshVertex& a, const MeshVertex& b_in, const MeshVertex& c_in) {
  const std::int64_t twice_area = (std::int64_t{b_in.x} - a.x) * (std::int64_t{c_in.y} - a.y) -
                                  (std::int64_t{b_in.y} - a.y) * (std::int64_t{c_in.x} - a.x);
  if (twice_area == 0) return;
  const MeshVertex& b = twice_area > 0 ? b_in : c_in;
  const MeshVertex& c = twice_area > 0 ? c_in : b_in;
  const auto [low, high] = std::minmax({a.y, b.y, c.y});
  const auto [left, right] = std::minmax({a.x, b.x, c.x});
  const std::int64_t y0 = std::max<std::int64_t>(ceil_div(low - kOne / 2, kOne), area_.y0);
  const std::int64_t y1 = std::min<std::int64_t>(floor_div(high - kOne / 2, kOne), area_.y1 - 1);
  const std::int64_t min_x = std::max<std::int64_t>(ceil_div(left - kOne / 2, kOne), area_.x0);
  const std::int64_t max_x = std::min<std::int64_t>(floor_div(right - kOne / 2, kOne), area_.x1 - 1);
  if (y0 > y1 || min_x > max_x) return;
  const double area_px = static_cast<double>(std::abs(twice_area)) / (256.0 * 256.0);
  const Plane plane(a, b, c, area_px, ramp_ != nullptr);
  for (std::int64_t y = y0; y <= y1; ++y) {
    std::int64_t x0 = min_x, x1 = max_x;
    cut(a, b, y, x0, x1);
    cut(b, c, y, x0, x1);
    cut(c, a, y, x0, x1);
    if (x0 <= x1) {
      paint_row(plane, static_cast<std::int32_t>(y), static_cast<std::int32_t>(x0),
                static_cast<std::int32_t>(x1));
    }
  }
}

std::vector<PixelWord> MeshCanvas::take_pixels() {
  free_.clear();
  return std::move(pixels_);
}

Result<MeshPixels> draw_triangles(const display::TriangleMesh& mesh, const Matrix& device_from_shading,
                                  const IntRect& area) {
  if (mesh.triangles.size() > static_cast<std::size_t>(kMeshPatchesMax)) {
    return Error{ErrorKind::limit_exceeded, "too many triangles in a shading"};
  }
  std::vector<std::optional<MeshVertex>> vertices;
  vertices.reserve(mesh.vertices.size());
  IntRect box{area.x1, area.y1, area.x0, area.y0};
  for (const display::TriangleMesh::Vertex& v : mesh.vertices) {
    vertices.push_back(mesh_vertex(device_from_shading.apply(Point{v.x, v.y}), v.color));
    if (!vertices.back()) continue;
    const MeshVertex& d = *vertices.back();
    box = {std::min(box.x0, d.x >> 8), std::min(box.y0, d.y >> 8), std::max(box.x1, (d.x >> 8) + 1),
           std::max(box.y1, (d.y >> 8) + 1)};
  }
  box = box.intersect(area);
  if (box.empty()) return MeshPixels{};
  if (box.width() > MeshCanvas::kSideMax_px) return Error{ErrorKind::limit_exceeded, "mesh shading too wide"};
  std::optional<RampTable> ramp;
  if (!mesh.ramp.empty()) ramp.emplace(mesh.ramp, true, true);
  MeshCanvas canvas(box, ramp ? &*ramp : nullptr);
  for (auto t = mesh.triangles.rbegin(); t != mesh.triangles.rend() && !canvas.full(); ++t) {
    const auto [i, j, k] = *t;
    if (std::max({i, j, k}) >= vertices.size() || !vertices[i] || !vertices[j] || !vertices[k]) continue;
    canvas.add(*vertices[i], *vertices[j], *vertices[k]);
  }
  return MeshPixels{box, canvas.take_pixels()};
}

}  // namespace ode::raster
