// Separation and DeviceN: ISO 32000-2, 8.6.6.4 and 8.6.6.5. Colours go through the tint transform into the
// alternate space. One ink has a table for rows; several share a small memory of colours seen, since images
// repeat themselves.
#include <algorithm>
#include <cstring>
#include <mutex>
#include <string_view>
#include <vector>

#include "engine/pdf/color/function.h"
#include "engine/pdf/color/parse.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf::spaces {
namespace {

using FunctionPtr = std::shared_ptr<const PdfFunction>;

/// What Separation and DeviceN do alike. A null function stands for one that could not be read: inks then
/// darken paper.
struct Tint {
  FunctionPtr function;
  SpacePtr alternate;
  bool marks = true;

  display::RgbF to_rgb(std::span<const double> in) const {
    if (!marks) return {1, 1, 1};
    std::array<double, kComponentsMax> inks{}, color{};
    double most = 0;
    for (std::size_t i = 0; i < in.size(); ++i) inks[i] = clamp01(in[i]), most = std::max(most, inks[i]);
    if (!function) {
      const auto g = static_cast<float>(1 - most);
      return {g, g, g};
    }
    const auto n = static_cast<std::size_t>(alternate->components());
    function->evaluate(std::span(inks.data(), in.size()), std::span(color.data(), n));
    return alternate->to_rgb(std::span(color.data(), n));
  }
};

class SeparationSpace final : public ColorSpace {
 public:
  explicit SeparationSpace(Tint tint) : tint_(std::move(tint)) {
    for (std::size_t code = 0; code < 256; ++code) {
      const double value = static_cast<double>(code) / 255;
      store(&table_[3 * code], tint_.to_rgb({&value, 1}));
    }
  }
  Kind kind() const override { return Kind::separation; }
  int components() const override { return 1; }
  void initial(std::span<double> out) const override { out[0] = 1; }
  std::array<double, 2> default_decode(int, int) const override { return {0, 1}; }
  display::RgbF to_rgb(std::span<const double> in) const override { return tint_.to_rgb(in.first(1)); }
  void convert_row(const std::uint8_t* in, std::uint8_t* rgb, int count) const override {
    for (int i = 0; i < count; ++i, rgb += 3) std::copy_n(&table_[3 * std::size_t{in[i]}], 3, rgb);
  }
  bool marks() const override { return tint_.marks; }

 private:
  Tint tint_;
  std::array<std::uint8_t, 768> table_;
};

/// A direct-mapped memory of converted colours. Not thread-safe.
class ColorMemory {
 public:
  explicit ColorMemory(std::size_t components)
      : components_(components), keys_(kSlots * components), colors_(kSlots * 3), used_(kSlots) {}

  /// Where the colour of `in` is or, when `known` comes back false, has to be stored.
  std::uint8_t* find(const std::uint8_t* in, bool& known) {
    std::uint32_t hash = 2166136261U;
    for (std::size_t i = 0; i < components_; ++i) hash = (hash ^ in[i]) * 16777619U;
    const std::size_t slot = (hash ^ hash >> 15) & (kSlots - 1);
    known = used_[slot] != 0 && std::memcmp(&keys_[slot * components_], in, components_) == 0;
    if (!known) {
      used_[slot] = 1;
      std::memcpy(&keys_[slot * components_], in, components_);
    }
    return &colors_[3 * slot];
  }

 private:
  static constexpr std::size_t kSlots = 1 << 12;
  std::size_t components_;
  std::vector<std::uint8_t> keys_, colors_, used_;
};

class DeviceNSpace final : public ColorSpace {
 public:
  DeviceNSpace(Tint tint, int components) : tint_(std::move(tint)), components_(components) {}
  Kind kind() const override { return Kind::device_n; }
  int components() const override { return components_; }
  void initial(std::span<double> out) const override { std::fill_n(out.begin(), components_, 1.0); }
  std::array<double, 2> default_decode(int, int) const override { return {0, 1}; }
  display::RgbF to_rgb(std::span<const double> in) const override {
    return tint_.to_rgb(in.first(static_cast<std::size_t>(components_)));
  }
  void convert_row(const std::uint8_t* in, std::uint8_t* rgb, int count) const override {
    const auto n = static_cast<std::size_t>(components_);
    const std::lock_guard lock(mutex_);
    if (!memory_) memory_ = std::make_unique<ColorMemory>(n);
    for (int i = 0; i < count; ++i, in += n, rgb += 3) {
      bool known = false;
      std::uint8_t* color = memory_->find(in, known);
      if (!known) {
        std::array<double, kComponentsMax> inks{};
        for (std::size_t j = 0; j < n; ++j) inks[j] = in[j] / 255.0;
        store(color, tint_.to_rgb(std::span(inks.data(), n)));
      }
      std::copy_n(color, 3, rgb);
    }
  }
  bool marks() const override { return tint_.marks; }

 private:
  Tint tint_;
  int components_;
  mutable std::mutex mutex_;
  mutable std::unique_ptr<ColorMemory> memory_;
};

Result<Tint> parse_tint(const Parser& parser, const Object& array, int inputs) {
  Tint tint;
  tint.alternate = ODE_TRY(parser.parse_inner(array.arrayGetNF(2)));
  const auto kind = tint.alternate->kind();
  if (kind == ColorSpace::Kind::pattern || kind == ColorSpace::Kind::indexed) {
    return parser.context.fail(ErrorKind::malformed, "an alternate colour space that is Pattern or Indexed");
  }
  auto function = PdfFunction::parse(parser.context, element(array, 3));
  if (function.ok() && (*function)->inputs() >= inputs &&
      (*function)->outputs() >= tint.alternate->components()) {
    tint.function = std::move(function).value();
  } else {
    parser.context.complain(ErrorKind::malformed, "a tint transform cannot be used");
  }
  return tint;
}

bool is_none(const Object& name) { return name.isName("None"); }

}  // namespace

SpaceResult parse_separation(const Parser& parser, const Object& array) {
  if (array.arrayGetLength() < 4)
    return parser.context.fail(ErrorKind::malformed, "a Separation space cut short");
  Tint tint = ODE_TRY(parse_tint(parser, array, 1));
  tint.marks = !is_none(element(array, 1));
  return SpacePtr(std::make_shared<SeparationSpace>(std::move(tint)));
}

SpaceResult parse_device_n(const Parser& parser, const Object& array) {
  const Object names = element(array, 1);
  const int components = element_count(names);
  if (array.arrayGetLength() < 4 || components < 1) {
    return parser.context.fail(ErrorKind::malformed, "a DeviceN space cut short");
  }
  if (components > kComponentsMax) {
    return parser.context.fail(ErrorKind::limit_exceeded, "a DeviceN space of too many components");
  }
  Tint tint = ODE_TRY(parse_tint(parser, array, components));
  tint.marks = false;
  for (int i = 0; i < components; ++i) tint.marks = tint.marks || !is_none(element(names, i));
  return SpacePtr(std::make_shared<DeviceNSpace>(std::move(tint), components));
}

}  // namespace ode::pdf::spaces
