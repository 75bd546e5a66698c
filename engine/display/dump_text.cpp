// Text of the dump's small parts: see dump_text.h.
#include "engine/display/dump_text.h"

#include <array>
#include <cmath>

#include "engine/base/utf8.h"

namespace ode::display {
namespace {

/// `decimals` of 3 or 6.
void append_fixed(std::string& out, double v, int decimals) {
  if (std::isnan(v)) {
    out += "nan";
    return;
  }
  const double unit = decimals == 3 ? 1e3 : 1e6;
  const double scaled = std::floor(std::fabs(v) * unit + 0.5);
  if (v < 0 && scaled > 0) out += '-';
  if (!(scaled < 9e18)) {
    out += "inf";  // beyond anything a page can mean
    return;
  }
  const auto digits = static_cast<std::uint64_t>(scaled);
  const auto divisor = static_cast<std::uint64_t>(unit);
  out += std::to_string(digits / divisor);
  std::string fraction = std::to_string(digits % divisor);
  if (fraction == "0") return;
  fraction.insert(0, static_cast<std::size_t>(decimals) - fraction.size(), '0');
  while (fraction.back() == '0') fraction.pop_back();
  out += '.';
  out += fraction;
}

void append_hex2(std::string& out, unsigned v) {
  constexpr char kDigits[] = "0123456789abcdef";
  out += kDigits[v >> 4 & 15];
  out += kDigits[v & 15];
}

std::uint8_t quantised(float v) {
  if (!(v > 0)) return 0;
  return static_cast<std::uint8_t>(std::min(v, 1.0F) * 255.0F + 0.5F);
}

void append_char(std::string& out, char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0xD800 && c < 0xE000) || c > 0x10FFFF;
  if (control) {
    std::string hex;
    for (char32_t rest = c; rest != 0 || hex.empty(); rest >>= 4)
      hex.insert(0, 1, "0123456789abcdef"[rest & 15]);
    out += "\\u{" + hex + "}";
    return;
  }
  if (c == '"' || c == '\\') out += '\\';
  append_utf8(out, c);
}

void append_point(std::string& out, const PathPoint& p) {
  out += ' ', append_number(out, p.x);
  out += ' ', append_number(out, p.y);
}

}  // namespace

void append_number(std::string& out, double v) { append_fixed(out, v, 3); }

void append_matrix(std::string& out, const Matrix& m) {
  for (const double v : {m.a, m.b, m.c, m.d}) out += ' ', append_fixed(out, v, 6);
  for (const double v : {m.e, m.f}) out += ' ', append_number(out, v);
}

void append_rect(std::string& out, const Rect& r) {
  for (const double v : {r.x0, r.y0, r.x1, r.y1}) out += ' ', append_number(out, v);
}

void append_color(std::string& out, Rgb c) {
  out += '#', append_hex2(out, c.r), append_hex2(out, c.g), append_hex2(out, c.b);
}

void append_color(std::string& out, const RgbF& c) {
  append_color(out, Rgb{quantised(c.r), quantised(c.g), quantised(c.b)});
}

void append_quoted(std::string& out, std::u32string_view text) {
  out += '"';
  for (const char32_t c : text) append_char(out, c);
  out += '"';
}

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  // Names of a PDF file are bytes in no known encoding.
  for (const char c : text) append_char(out, static_cast<unsigned char>(c));
  out += '"';
}

void append_path(std::string& out, const Path& path) {
  std::size_t point = 0;
  const char* separator = "";
  for (const Verb verb : path.verbs) {
    out += separator;
    separator = " ";
    const std::size_t count = verb == Verb::cubic ? 3 : verb == Verb::close ? 0 : 1;
    out += verb == Verb::move ? 'm' : verb == Verb::line ? 'l' : verb == Verb::cubic ? 'c' : 'h';
    for (std::size_t i = 0; i < count && point < path.points.size(); ++i)
      append_point(out, path.points[point++]);
  }
  if (path.verbs.empty()) out += "empty";
}

const char* name_of(BlendMode mode) {
  constexpr std::array<const char*, 16> kNames = {"Normal",    "Multiply",   "Screen",     "Overlay",
                                                  "Darken",    "Lighten",    "ColorDodge", "ColorBurn",
                                                  "HardLight", "SoftLight",  "Difference", "Exclusion",
                                                  "Hue",       "Saturation", "Color",      "Luminosity"};
  return kNames[static_cast<std::size_t>(mode) & 15];
}

}  // namespace ode::display
