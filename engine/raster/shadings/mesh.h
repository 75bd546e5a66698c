// Meshes on the device: triangles with interpolated colours, scan-converted in exact integer arithmetic, and
// patches cut into such triangles. Edges are owned by one side only (top-left rule), so neighbours neither
// overlap nor gape.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/result.h"
#include "engine/display/shading.h"
#include "engine/geometry/geometry.h"
#include "engine/raster/shadings/ramp.h"

namespace ode::raster {

/// A vertex in 24.8 device coordinates. With a ramp, `color.r` is t.
struct MeshVertex {
  std::int32_t x = 0, y = 0;
  display::RgbF color;
};

/// Rounds to 1/256 pixel; nullopt when not finite. Beyond two million pixels from the origin it saturates.
std::optional<MeshVertex> mesh_vertex(Point device, const display::RgbF& color);

/// Pixels of a mesh. Triangles are added front to back: a pixel keeps the first colour it gets, and is
/// skipped from then on, so that hostile stacks of triangles cost rows, not pixels.
class MeshCanvas {
 public:
  static constexpr int kSideMax_px = 65'000;
  /// `ramp` may be null; it must outlive the additions. REQUIRES: area not empty, no wider than kSideMax_px.
  MeshCanvas(const IntRect& area, RampTable* ramp);
  /// Pixels whose centres lie in the triangle.
  void add(const MeshVertex& a, const MeshVertex& b, const MeshVertex& c);
  bool full() const { return free_pixels_ == 0; }
  const IntRect& area() const { return area_; }
  /// Ends the drawing: row-major pixels of the area, zero where there is none.
  std::vector<PixelWord> take_pixels();

 private:
  struct Plane;
  void paint_row(const Plane& plane, std::int32_t y, std::int32_t x0, std::int32_t x1);
  std::uint16_t next_free(std::uint16_t* row, std::uint16_t x);

  IntRect area_;
  RampTable* ramp_;
  std::vector<PixelWord> pixels_;
  std::vector<std::uint16_t>
      free_;  ///< per row: a pixel points to itself if free, else rightwards to the next
  std::int64_t free_pixels_ = 0;
};

/// A finished mesh: `box` of pixels, empty when nothing is within the area.
struct MeshPixels {
  IntRect box;
  std::vector<PixelWord> pixels;
};

/// Errors: limit_exceeded (kMeshPatchesMax).
Result<MeshPixels> draw_triangles(const display::TriangleMesh& mesh, const Matrix& device_from_shading,
                                  const IntRect& area);
Result<MeshPixels> draw_patches(const display::PatchMesh& mesh, const Matrix& device_from_shading,
                                const IntRect& area);

}  // namespace ode::raster
