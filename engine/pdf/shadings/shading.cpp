// Shading dictionaries: ISO 32000-2, 8.7.4.3 and, for types 1 to 3, 8.7.4.5.2 to 8.7.4.5.4; meshes are in
// shadings/mesh.cpp. Functions are sampled and colours converted here, so that drawing needs neither.
#include "engine/pdf/shadings/shading.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/pdf/objects/read.h"
#include "engine/pdf/shadings/parse.h"

namespace ode::pdf {
namespace shadings {
namespace {

constexpr int kRampSize = 256;
constexpr int kSharpRampSize =
    2048;  ///< for functions that jump: a step is at most 1/2000 of the gradient wide
constexpr int kGridSide = 128, kGridSideMax = 256;
constexpr float kVisibleStep = 1.5F / 255;

bool differs(const display::RgbF& a, const display::RgbF& b) {
  return std::fabs(a.r - b.r) > kVisibleStep || std::fabs(a.g - b.g) > kVisibleStep ||
         std::fabs(a.b - b.b) > kVisibleStep;
}

bool any_extend(const Object& extend, int i) { return is_true(element(extend, i)); }

std::array<double, 2> domain_of(const Object& object) {
  const std::vector<double> domain = numbers_of(entry(object, "Domain"), 2);
  return domain.size() == 2 ? std::array{domain[0], domain[1]} : std::array{0.0, 1.0};
}

Result<Geometry> load_function_based(const Source& source) {
  if (source.functions.empty() || source.functions[0]->inputs() < 2) {
    return source.fail("a function-based shading without a function of two inputs");
  }
  display::FunctionShading out;
  const std::vector<double> domain = numbers_of(entry(source.object, "Domain"), 4);
  out.domain = domain.size() == 4 ? Rect{domain[0], domain[2], domain[1], domain[3]} : Rect{0, 0, 1, 1};
  if (out.domain.empty()) return source.fail("a function-based shading over an empty domain");
  out.shading_from_domain = matrix_of(entry(source.object, "Matrix"));
  const int side = std::clamp(2 * source.functions[0]->samples(), kGridSide, kGridSideMax);
  out.columns = out.rows = side;
  out.samples.reserve(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
  for (int y = 0; y < side; ++y) {
    if (is_cancelled(source.context.cancel)) return source.context.fail(ErrorKind::cancelled, "cancelled");
    for (int x = 0; x < side; ++x) {
      const std::array<double, 2> at = {out.domain.x0 + out.domain.width() * x / (side - 1),
                                        out.domain.y0 + out.domain.height() * y / (side - 1)};
      out.samples.push_back(source.color_at(at));
    }
  }
  return Geometry(std::move(out));
}

Result<Geometry> load_axial(const Source& source) {
  const std::vector<double> coords = numbers_of(entry(source.object, "Coords"), 4);
  if (coords.size() < 4 || source.functions.empty())
    return source.fail("an axial shading without coordinates or function");
  const Object extend = entry(source.object, "Extend");
  const auto domain = domain_of(source.object);
  display::AxialShading out;
  out.p0 = {coords[0], coords[1]};
  out.p1 = {coords[2], coords[3]};
  out.extend_start = any_extend(extend, 0);
  out.extend_end = any_extend(extend, 1);
  out.ramp = source.ramp(domain[0], domain[1]);
  return Geometry(std::move(out));
}

Result<Geometry> load_radial(const Source& source) {
  const std::vector<double> coords = numbers_of(entry(source.object, "Coords"), 6);
  if (coords.size() < 6 || source.functions.empty())
    return source.fail("a radial shading without coordinates or function");
  const Object extend = entry(source.object, "Extend");
  const auto domain = domain_of(source.object);
  display::RadialShading out;
  out.c0 = {coords[0], coords[1]};
  out.c1 = {coords[3], coords[4]};
  out.r0 = std::max(coords[2], 0.0);
  out.r1 = std::max(coords[5], 0.0);
  out.extend_start = any_extend(extend, 0);
  out.extend_end = any_extend(extend, 1);
  out.ramp = source.ramp(domain[0], domain[1]);
  return Geometry(std::move(out));
}

Status read_functions(Source& source) {
  const Object function = entry(source.object, "Function");
  if (function.isNull()) return Ok{};
  const int count = function.isArray() ? std::min(element_count(function), kComponentsMax) : 1;
  for (int i = 0; i < count; ++i) {
    const Object one = function.isArray() ? element(function, i) : function.copy();
    source.functions.push_back(ODE_TRY(PdfFunction::parse(source.context, one)));
  }
  return Ok{};
}

Result<Geometry> load_geometry(const Source& source) {
  const int type = int_or(entry(source.object, "ShadingType"), 0);
  if (type >= 4 && type <= 7 && !source.object.isStream())
    return source.fail("a mesh shading that is no stream");
  switch (type) {
    case 1:
      return load_function_based(source);
    case 2:
      return load_axial(source);
    case 3:
      return load_radial(source);
    case 4:
    case 5:
      return load_triangles(source, type);
    case 6:
    case 7:
      return load_patches(source, type);
    default:
      return source.fail("unknown shading type " + std::to_string(type));
  }
}

/// With its /Background, whatever the use: the cache serves patterns and `sh` alike.
Result<display::Shading> load_whole(Context& context, const Object& object, int number,
                                    const Resources* resources) {
  Source source{context, object, number, nullptr, {}};
  Object space = raw_entry(object, "ColorSpace");
  if (space.isNull()) space = raw_entry(object, "CS");
  source.space = ODE_TRY(ColorSpace::parse(context, space, resources));
  if (source.space->kind() == ColorSpace::Kind::pattern)
    return source.fail("a shading in a pattern colour space");
  ODE_TRY(read_functions(source));
  display::Shading out;
  out.geometry = ODE_TRY(load_geometry(source));
  out.bbox = rect_of(entry(object, "BBox"));
  const auto components = static_cast<std::size_t>(source.space->components());
  const std::vector<double> background = numbers_of(entry(object, "Background"), components);
  if (!background.empty() && background.size() == components)
    out.background = source.space->to_rgb(background);
  return out;
}

}  // namespace

display::RgbF Source::color_at(std::span<const double> in) const {
  std::array<double, kComponentsMax> color{};
  if (functions.size() == 1) {
    functions[0]->evaluate(in, std::span(color.data(), static_cast<std::size_t>(space->components())));
  } else {
    for (std::size_t i = 0; i < functions.size(); ++i) functions[i]->evaluate(in, std::span(&color[i], 1));
  }
  return space->to_rgb(std::span(color.data(), static_cast<std::size_t>(space->components())));
}

display::ColorRamp Source::ramp(double t0, double t1) const {
  int size = kRampSize;
  for (const auto& function : functions) {
    if (function->calculator() || function->samples() > kRampSize) size = kSharpRampSize;
    const double nudge = (t1 - t0) * 1e-6;
    for (const double at : function->breaks()) {
      if (size == kSharpRampSize) break;
      const double before = at - nudge, after = at + nudge;
      if (differs(color_at({&before, 1}), color_at({&after, 1}))) size = kSharpRampSize;
    }
  }
  display::ColorRamp out;
  out.reserve(static_cast<std::size_t>(size));
  for (int i = 0; i < size; ++i) {
    const double t = t0 + (t1 - t0) * i / (size - 1);
    out.push_back(color_at({&t, 1}));
  }
  return out;
}

}  // namespace shadings

Result<std::shared_ptr<const display::Shading>> load_shading(Context& context, const Object& shading, Ref ref,
                                                             const Matrix& page_from_shading,
                                                             bool with_background,
                                                             const Resources* resources) {
  const std::uint64_t key = key_of(ref);
  std::shared_ptr<const display::Shading> known;
  if (const auto found = context.shadings.find(key); key != 0 && found != context.shadings.end()) {
    known = found->second;
  } else {
    auto loaded = ODE_TRY(shadings::load_whole(context, shading, std::max(ref.num, 0), resources));
    loaded.page_from_shading = page_from_shading;
    known = std::make_shared<const display::Shading>(std::move(loaded));
    if (key != 0) context.shadings.emplace(key, known);
  }
  if (known->page_from_shading == page_from_shading && (with_background || !known->background)) return known;
  auto own = std::make_shared<display::Shading>(*known);
  own->page_from_shading = page_from_shading;
  if (!with_background) own->background.reset();
  return std::shared_ptr<const display::Shading>(std::move(own));
}

std::array<std::uint8_t, 256> load_transfer(Context& context, const Object& function) {
  std::array<std::uint8_t, 256> out{};
  for (int i = 0; i < 256; ++i) out[i] = static_cast<std::uint8_t>(i);
  if (function.isNull() || function.isName("Identity") || function.isName("Default")) return out;
  const auto parsed = PdfFunction::parse(context, function);
  if (!parsed.ok()) {
    context.complain(ErrorKind::malformed, "a transfer function cannot be read");
    return out;
  }
  for (int i = 0; i < 256; ++i) {
    const double in = i / 255.0;
    double value = 0;
    (*parsed)->evaluate({&in, 1}, {&value, 1});
    out[i] = static_cast<std::uint8_t>(std::clamp(value, 0.0, 1.0) * 255 + 0.5);
  }
  return out;
}

}  // namespace ode::pdf
