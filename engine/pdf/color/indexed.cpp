// Indexed: ISO 32000-2, 8.6.6.3. The palette is converted once.
#include <algorithm>
#include <vector>

#include "engine/pdf/color/parse.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/stream_bytes.h"

namespace ode::pdf::spaces {
namespace {

class IndexedSpace final : public ColorSpace {
 public:
  explicit IndexedSpace(std::vector<display::RgbF> palette) : palette_(std::move(palette)) {
    for (std::size_t i = 0; i < 256; ++i) store(&table_[3 * i], palette_[std::min(i, palette_.size() - 1)]);
  }
  Kind kind() const override { return Kind::indexed; }
  int components() const override { return 1; }
  void initial(std::span<double> out) const override { out[0] = 0; }
  std::array<double, 2> default_decode(int, int bits) const override {
    return {0, static_cast<double>((1 << std::clamp(bits, 1, 16)) - 1)};
  }
  display::RgbF to_rgb(std::span<const double> in) const override {
    const double last = static_cast<double>(palette_.size() - 1);
    const double index = in[0] > 0 ? std::min(in[0] + 0.5, last) : 0;
    return palette_[static_cast<std::size_t>(index)];
  }
  void convert_row(const std::uint8_t* in, std::uint8_t* rgb, int count) const override {
    for (int i = 0; i < count; ++i, rgb += 3) std::copy_n(&table_[3 * std::size_t{in[i]}], 3, rgb);
  }

 private:
  std::vector<display::RgbF> palette_;
  std::array<std::uint8_t, 768> table_;
};

std::vector<std::uint8_t> lookup_bytes(Context& context, const Object& lookup) {
  const auto own = [](std::string_view bytes) {
    return std::vector<std::uint8_t>(bytes.begin(), bytes.end());
  };
  if (lookup.isString()) return own(lookup.getString()->toStr());
  if (lookup.isStream()) {
    const auto bytes = read_all(context, lookup);
    if (bytes.ok()) return own(as_chars(bytes->view()));
    context.complain(bytes.error().kind, "palette: " + bytes.error().message);
  }
  return {};
}

}  // namespace

SpaceResult parse_indexed(const Parser& parser, const Object& array) {
  if (array.arrayGetLength() < 4)
    return parser.context.fail(ErrorKind::malformed, "an Indexed colour space cut short");
  const SpacePtr base = ODE_TRY(parser.parse_inner(array.arrayGetNF(1)));
  if (base->kind() == ColorSpace::Kind::indexed || base->kind() == ColorSpace::Kind::pattern) {
    return parser.context.fail(ErrorKind::malformed, "an Indexed colour space over Indexed or Pattern");
  }
  const int last = std::clamp(int_or(element(array, 2), 0), 0, 255);
  const std::vector<std::uint8_t> bytes = lookup_bytes(parser.context, element(array, 3));
  const int n = base->components();
  if (bytes.size() < static_cast<std::size_t>(n) * (last + 1)) {
    parser.context.complain(ErrorKind::malformed, "a palette is shorter than its colour space says");
  }
  std::vector<display::RgbF> palette;
  std::array<double, kComponentsMax> color{};
  for (int i = 0; i <= last; ++i) {
    for (int j = 0; j < n; ++j) {
      const std::size_t at = static_cast<std::size_t>(i) * n + j;
      const auto range = base->default_decode(j, 8);
      color[j] = range[0] + (at < bytes.size() ? bytes[at] : 0) * (range[1] - range[0]) / 255;
    }
    palette.push_back(base->to_rgb(std::span(color.data(), static_cast<std::size_t>(n))));
  }
  return SpacePtr(std::make_shared<IndexedSpace>(std::move(palette)));
}

}  // namespace ode::pdf::spaces
