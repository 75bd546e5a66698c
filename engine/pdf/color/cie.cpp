// CalGray, CalRGB and Lab dictionaries: ISO 32000-2, 8.6.5.2 to 8.6.5.4. The arithmetic is in
// engine/color/cie.
#include <algorithm>

#include "engine/color/cie.h"
#include "engine/pdf/color/parse.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf::spaces {
namespace {

display::RgbF float_rgb(const color::Rgb& c) { return {c.r, c.g, c.b}; }

class CalGraySpace final : public ColorSpace {
 public:
  explicit CalGraySpace(double gamma) : gray_(gamma) {
    for (int code = 0; code < 256; ++code) {
      table_[code] = static_cast<std::uint8_t>(gray_.convert(code / 255.0) * 255 + 0.5);
    }
  }
  Kind kind() const override { return Kind::cal_gray; }
  int components() const override { return 1; }
  void initial(std::span<double> out) const override { out[0] = 0; }
  std::array<double, 2> default_decode(int, int) const override { return {0, 1}; }
  display::RgbF to_rgb(std::span<const double> in) const override {
    const auto g = static_cast<float>(gray_.convert(in[0]));
    return {g, g, g};
  }
  void convert_row(const std::uint8_t* in, std::uint8_t* rgb, int count) const override {
    for (int i = 0; i < count; ++i, rgb += 3) rgb[0] = rgb[1] = rgb[2] = table_[in[i]];
  }

 private:
  color::CalGray gray_;
  std::array<std::uint8_t, 256> table_;
};

class CalRgbSpace final : public ColorSpace {
 public:
  explicit CalRgbSpace(const color::CalRgb& rgb) : rgb_(rgb) {}
  Kind kind() const override { return Kind::cal_rgb; }
  int components() const override { return 3; }
  void initial(std::span<double> out) const override { std::fill_n(out.begin(), 3, 0.0); }
  std::array<double, 2> default_decode(int, int) const override { return {0, 1}; }
  display::RgbF to_rgb(std::span<const double> in) const override {
    return float_rgb(rgb_.convert({in[0], in[1], in[2]}));
  }
  void convert_row(const std::uint8_t* in, std::uint8_t* rgb, int count) const override {
    rgb_.convert_row(in, rgb, static_cast<std::size_t>(count));
  }

 private:
  color::CalRgb rgb_;
};

class LabSpace final : public ColorSpace {
 public:
  explicit LabSpace(const color::Lab& lab) : lab_(lab) {}
  Kind kind() const override { return Kind::lab; }
  int components() const override { return 3; }
  void initial(std::span<double> out) const override {
    const auto& range = lab_.range();
    out[0] = 0;
    out[1] = std::clamp(0.0, range[0], range[1]);
    out[2] = std::clamp(0.0, range[2], range[3]);
  }
  std::array<double, 2> default_decode(int i, int) const override {
    if (i == 0) return {0, 100};
    const auto& range = lab_.range();
    return i == 1 ? std::array{range[0], range[1]} : std::array{range[2], range[3]};
  }
  display::RgbF to_rgb(std::span<const double> in) const override {
    return float_rgb(lab_.convert({in[0], in[1], in[2]}));
  }
  void convert_row(const std::uint8_t* in, std::uint8_t* rgb, int count) const override {
    lab_.convert_row(in, rgb, static_cast<std::size_t>(count));
  }

 private:
  color::Lab lab_;
};

color::Xyz white_of(const Object& dict) {
  const std::vector<double> white = numbers_of(entry(dict, "WhitePoint"), 3);
  return white.size() == 3 ? color::Xyz{white[0], white[1], white[2]} : color::Xyz{};
}

/// A gamma that is not positive counts as the default.
double usable_gamma(double gamma) { return gamma > 0 && gamma < 100 ? gamma : 1; }

}  // namespace

SpaceResult parse_cal_gray(const Parser&, const Object& array) {
  const Object dict = element(array, 1);
  return SpacePtr(std::make_shared<CalGraySpace>(usable_gamma(number_or(entry(dict, "Gamma"), 1))));
}

SpaceResult parse_cal_rgb(const Parser&, const Object& array) {
  const Object dict = element(array, 1);
  std::array<double, 3> gamma = {1, 1, 1};
  std::array<double, 9> matrix = {1, 0, 0, 0, 1, 0, 0, 0, 1};
  if (const auto numbers = numbers_of(entry(dict, "Gamma"), 3); numbers.size() == 3) {
    for (int i = 0; i < 3; ++i) gamma[i] = usable_gamma(numbers[i]);
  }
  if (const auto numbers = numbers_of(entry(dict, "Matrix"), 9); numbers.size() == 9) {
    std::copy(numbers.begin(), numbers.end(), matrix.begin());
  }
  return SpacePtr(std::make_shared<CalRgbSpace>(color::CalRgb(white_of(dict), gamma, matrix)));
}

SpaceResult parse_lab(const Parser&, const Object& array) {
  const Object dict = element(array, 1);
  std::array<double, 4> range = {-100, 100, -100, 100};
  if (const auto numbers = numbers_of(entry(dict, "Range"), 4); numbers.size() == 4) {
    std::copy(numbers.begin(), numbers.end(), range.begin());
  }
  return SpacePtr(std::make_shared<LabSpace>(color::Lab(white_of(dict), range)));
}

}  // namespace ode::pdf::spaces
