// FT_Outline_Decompose into a Path.
#include "engine/fonts/freetype_outline.h"

#include "engine/base/limits.h"

namespace ode::fonts {
namespace {

// FreeType halves sums of coordinates to find the points between two quadratic controls: six more bits keep
// them exact.
constexpr int kShift = 6;

struct Sink {
  Path path;
  double scale = 1;
  bool open = false;

  Point at(const FT_Vector* v) const {
    return {static_cast<double>(v->x) * scale, static_cast<double>(v->y) * scale};
  }
  void end_contour() {
    if (open) path.close();
    open = false;
  }
};

int move_to(const FT_Vector* to, void* user) {
  Sink& sink = *static_cast<Sink*>(user);
  sink.end_contour();
  sink.path.move_to(sink.at(to));
  sink.open = true;
  return 0;
}

int line_to(const FT_Vector* to, void* user) {
  Sink& sink = *static_cast<Sink*>(user);
  sink.path.line_to(sink.at(to));
  return 0;
}

int conic_to(const FT_Vector* control, const FT_Vector* to, void* user) {
  Sink& sink = *static_cast<Sink*>(user);
  sink.path.quad_to(sink.at(control), sink.at(to));
  return 0;
}

int cubic_to(const FT_Vector* first, const FT_Vector* second, const FT_Vector* to, void* user) {
  Sink& sink = *static_cast<Sink*>(user);
  sink.path.cubic_to(sink.at(first), sink.at(second), sink.at(to));
  return 0;
}

}  // namespace

Path path_from_outline(const FT_Outline& outline, double scale) {
  const int point_count = outline.n_points;
  if (point_count <= 0 || point_count > kGlyphPointsMax) return {};
  Sink sink;
  sink.scale = scale / (1 << kShift);
  sink.path.verbs.reserve(static_cast<std::size_t>(point_count) + 8);
  sink.path.points.reserve(static_cast<std::size_t>(point_count) * 2);
  const FT_Outline_Funcs callbacks{move_to, line_to, conic_to, cubic_to, kShift, 0};
  FT_Outline copy = outline;  // FreeType takes a non-const pointer and only reads
  if (FT_Outline_Decompose(&copy, &callbacks, &sink) != 0) return {};
  sink.end_contour();
  sink.path.verbs.shrink_to_fit();
  sink.path.points.shrink_to_fit();
  return std::move(sink.path);
}

}  // namespace ode::fonts
