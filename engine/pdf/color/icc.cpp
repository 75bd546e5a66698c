// ICCBased: ISO 32000-2, 8.6.5.5. One transform per profile stream, and one for streams of equal bytes:
// producers embed the same profile once per image. A profile that cannot be used is replaced by /Alternate or
// by N.
#include <algorithm>
#include <string_view>

#include "engine/color/icc.h"
#include "engine/pdf/color/parse.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/stream_bytes.h"

namespace ode::pdf::spaces {
namespace {

class IccSpace final : public ColorSpace {
 public:
  explicit IccSpace(std::shared_ptr<const color::IccTransform> transform)
      : transform_(std::move(transform)) {}
  Kind kind() const override { return Kind::icc; }
  int components() const override { return transform_->components(); }
  void initial(std::span<double> out) const override { std::fill_n(out.begin(), components(), 0.0); }
  std::array<double, 2> default_decode(int, int) const override { return {0, 1}; }
  display::RgbF to_rgb(std::span<const double> in) const override {
    const color::Rgb c = transform_->convert(in);
    return {c.r, c.g, c.b};
  }
  void convert_row(const std::uint8_t* in, std::uint8_t* rgb, int count) const override {
    transform_->convert_row(in, rgb, static_cast<std::size_t>(count));
  }
  bool is_srgb() const { return transform_->is_srgb(); }

 private:
  std::shared_ptr<const color::IccTransform> transform_;
};

/// A key of color_spaces for a profile's bytes: no reference has the top bit, since object numbers are
/// positive ints.
std::uint64_t key_of_profile(ByteView bytes, int components) {
  std::uint64_t hash = 0xcbf29ce484222325ULL ^ static_cast<std::uint64_t>(components);  // FNV-1a
  for (const std::byte b : bytes) hash = (hash ^ std::to_integer<std::uint64_t>(b)) * 0x100000001b3ULL;
  return hash | (std::uint64_t{1} << 63);
}

SpaceResult alternate_space(const Parser& parser, const Object& stream, int components) {
  const Object alternate = raw_entry(stream, "Alternate");
  if (!alternate.isNull()) {
    SpaceResult space = parser.parse_inner(alternate);
    if (space.ok() && (*space)->components() == components && (*space)->kind() != ColorSpace::Kind::pattern &&
        (*space)->kind() != ColorSpace::Kind::indexed) {
      return space;
    }
  }
  if (SpacePtr device = device_space(components)) return device;
  return parser.context.fail(ErrorKind::malformed, "an ICCBased colour space without a usable /N");
}

SpaceResult load_profile(const Parser& parser, const Object& stream, Ref ref) {
  Context& context = parser.context;
  const int components = int_or(entry(stream, "N"), 0);
  if (components != 1 && components != 3 && components != 4)
    return alternate_space(parser, stream, components);
  auto bytes = read_all(context, stream, ref.num);
  if (!bytes.ok()) {
    context.complain(bytes.error().kind, "ICC profile: " + bytes.error().message, ref.num);
    return alternate_space(parser, stream, components);
  }
  const std::uint64_t key = key_of_profile(bytes->view(), components);
  if (const auto known = context.color_spaces.find(key); known != context.color_spaces.end())
    return known->second;
  auto transform = color::IccTransform::create(std::move(bytes).value(), components);
  if (!transform.ok()) {
    context.complain(transform.error().kind, transform.error().message, ref.num);
    return alternate_space(parser, stream, components);
  }
  SpacePtr space = std::make_shared<IccSpace>(std::move(transform).value());
  context.color_spaces.emplace(key, space);
  return space;
}

}  // namespace

SpacePtr profile_space(SharedBytes profile, int components) {
  if (components != 1 && components != 3 && components != 4) return nullptr;
  auto transform = color::IccTransform::create(std::move(profile), components);
  return transform.ok() ? std::make_shared<IccSpace>(std::move(transform).value()) : nullptr;
}

bool is_srgb(const ColorSpace& space) {
  return space.kind() == ColorSpace::Kind::icc && static_cast<const IccSpace&>(space).is_srgb();
}

SpaceResult parse_icc(const Parser& parser, const Object& array) {
  const Object& raw = array.arrayGetNF(1);
  const Ref ref = raw.isRef() ? raw.getRef() : Ref::INVALID();
  const std::uint64_t key = key_of(ref);
  if (key != 0) {
    const auto known = parser.context.color_spaces.find(key);
    if (known != parser.context.color_spaces.end()) return known->second;
  }
  const Object stream = array.arrayGet(1);
  if (!stream.isStream())
    return parser.context.fail(ErrorKind::malformed, "an ICCBased colour space without a stream");
  SpacePtr space = ODE_TRY(load_profile(parser, stream, ref));
  if (key != 0) parser.context.color_spaces.emplace(key, space);
  return space;
}

}  // namespace ode::pdf::spaces
