// See annotations/content_writer.h.
#include "engine/pdf/annotations/content_writer.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace ode::pdf {
namespace {

constexpr double kArc = 0.5522847498;
constexpr char kHex[] = "0123456789abcdef";

bool is_regular(unsigned char c) {
  return c > 0x20 && c < 0x7f &&
         std::string_view("()<>[]{}/%#").find(static_cast<char>(c)) == std::string_view::npos;
}

}  // namespace

ContentWriter& ContentWriter::number(double value) {
  constexpr std::int64_t kUnit = 10'000;
  const double bounded = std::isfinite(value) ? std::clamp(value, -1e9, 1e9) : 0;
  const auto scaled = static_cast<std::int64_t>(std::floor(std::fabs(bounded) * kUnit + 0.5));
  if (bounded < 0 && scaled != 0) text_ += '-';
  text_ += std::to_string(scaled / kUnit);
  if (const std::int64_t rest = scaled % kUnit; rest != 0) {
    std::string digits = std::to_string(rest + kUnit).substr(1);
    while (digits.back() == '0') digits.pop_back();
    text_ += '.' + digits;
  }
  text_ += ' ';
  return *this;
}

ContentWriter& ContentWriter::op(std::initializer_list<double> operands, std::string_view name) {
  for (const double operand : operands) number(operand);
  text_ += name;
  text_ += '\n';
  return *this;
}

ContentWriter& ContentWriter::name(std::string_view name) {
  text_ += '/';
  for (const char ch : name) {
    const auto c = static_cast<unsigned char>(ch);
    if (is_regular(c)) {
      text_ += ch;
    } else {
      text_ += {'#', kHex[c >> 4], kHex[c & 15]};
    }
  }
  text_ += ' ';
  return *this;
}

ContentWriter& ContentWriter::show(std::string_view codes) {
  text_ += '(';
  for (const char ch : codes) {
    const auto c = static_cast<unsigned char>(ch);
    if (ch == '(' || ch == ')' || ch == '\\') {
      text_ += {'\\', ch};
    } else if (c < 0x20 || c >= 0x7f) {
      text_ += {'\\', static_cast<char>('0' + (c >> 6)), static_cast<char>('0' + (c >> 3 & 7)),
                static_cast<char>('0' + (c & 7))};
    } else {
      text_ += ch;
    }
  }
  text_ += ") Tj\n";
  return *this;
}

ContentWriter& ContentWriter::font(std::string_view resource, double size) {
  return name(resource).op({size}, "Tf");
}

ContentWriter& ContentWriter::color(const Color& c, PaintUse use) {
  const bool fill = use == PaintUse::fill;
  if (c.size() != 1 && c.size() != 3 && c.size() != 4) return *this;
  for (const double component : c) number(std::clamp(component, 0.0, 1.0));
  if (c.size() == 1) return op(fill ? "g" : "G");
  if (c.size() == 3) return op(fill ? "rg" : "RG");
  return op(fill ? "k" : "K");
}

ContentWriter& ContentWriter::dash(const std::vector<double>& dashes, double phase) {
  text_ += "[ ";
  for (const double length : dashes) number(length);
  text_ += "] ";
  return op({phase}, "d");
}

ContentWriter& ContentWriter::ellipse(const Rect& r) {
  const Point center{(r.x0 + r.x1) / 2, (r.y0 + r.y1) / 2};
  const double kx = r.width() / 2 * kArc, ky = r.height() / 2 * kArc;
  move_to({r.x1, center.y});
  curve_to({r.x1, center.y + ky}, {center.x + kx, r.y1}, {center.x, r.y1});
  curve_to({center.x - kx, r.y1}, {r.x0, center.y + ky}, {r.x0, center.y});
  curve_to({r.x0, center.y - ky}, {center.x - kx, r.y0}, {center.x, r.y0});
  curve_to({center.x + kx, r.y0}, {r.x1, center.y - ky}, {r.x1, center.y});
  return close();
}

ContentWriter& ContentWriter::polyline(const std::vector<Point>& points) {
  for (std::size_t i = 0; i < points.size(); ++i) i == 0 ? move_to(points[i]) : line_to(points[i]);
  return *this;
}

ContentWriter& ContentWriter::polygon(const std::vector<Point>& points) {
  if (points.empty()) return *this;
  return polyline(points).close();
}

}  // namespace ode::pdf
