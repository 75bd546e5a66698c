#include "engine/export/markup.h"

#include <cmath>

#include "engine/base/utf8.h"

namespace ode::exporter {
namespace {

bool is_allowed(char32_t c) {
  if (c < 0x20) return c == '\t' || c == '\n';
  return !(c >= 0x7f && c < 0xa0) && !(c >= 0xd800 && c < 0xe000) && (c & 0xfffe) != 0xfffe && c <= 0x10ffff;
}

void append_character(std::string& out, char32_t c) {
  switch (c) {
    case '&':
      out += "&amp;";
      return;
    case '<':
      out += "&lt;";
      return;
    case '>':
      out += "&gt;";
      return;
    case '"':
      out += "&quot;";
      return;
    case '\'':
      out += "&#39;";
      return;
    default:
      append_utf8(out, is_allowed(c) ? c : 0xfffd);
  }
}

}  // namespace

void append_escaped(std::string& out, std::u32string_view text) {
  for (const char32_t c : text) append_character(out, c);
}

void append_text(std::string& out, std::u32string_view text) {
  for (const char32_t c : text) {
    if (c == '"' || c == '\'') {
      out.push_back(static_cast<char>(c));
    } else {
      append_character(out, c);
    }
  }
}

void append_escaped(std::string& out, std::string_view utf8) {
  for (const char ch : utf8) {
    const auto c = static_cast<unsigned char>(ch);
    if (c >= 0x80) {
      out.push_back(ch);  // callers give valid UTF-8
    } else {
      append_character(out, c);
    }
  }
}

void append_number(std::string& out, double v, int decimals) {
  if (!std::isfinite(v)) v = 0;
  v = std::fmin(std::fmax(v, -1e7), 1e7);
  long long scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  auto n = static_cast<long long>(std::floor(std::fabs(v) * static_cast<double>(scale) + 0.5));
  if (n == 0) {
    out.push_back('0');
    return;
  }
  if (v < 0) out.push_back('-');
  const long long whole = n / scale;
  long long rest = n % scale;
  if (whole != 0) out += std::to_string(whole);
  if (rest == 0) return;
  out.push_back('.');
  for (long long digit = scale / 10; rest != 0; digit /= 10) {
    out.push_back(static_cast<char>('0' + rest / digit));
    rest %= digit;
  }
}

void append_color(std::string& out, display::Rgb c) {
  constexpr const char* kDigits = "0123456789abcdef";
  const bool is_short = c.r % 17 == 0 && c.g % 17 == 0 && c.b % 17 == 0;
  out.push_back('#');
  for (const std::uint8_t v : {c.r, c.g, c.b}) {
    out.push_back(kDigits[v >> 4]);
    if (!is_short) out.push_back(kDigits[v & 15]);
  }
}

void append_base64(std::string& out, ByteView bytes) {
  constexpr const char* kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  out.reserve(out.size() + bytes.size() * 4 / 3 + 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    unsigned v = 0;
    for (std::size_t k = 0; k < 3; ++k) v = v << 8 | (k < count ? static_cast<unsigned>(bytes[i + k]) : 0);
    for (std::size_t k = 0; k < 4; ++k) out.push_back(k <= count ? kDigits[v >> (18 - 6 * k) & 63] : '=');
  }
}

void append_attribute(std::string& out, std::string_view name, double v, int decimals) {
  out.push_back(' ');
  out += name;
  out += "=\"";
  append_number(out, v, decimals);
  out.push_back('"');
}

void append_place(std::string& out, const Rect& screen) {
  const std::pair<const char*, double> sides[] = {
      {"left:", screen.x0}, {"pt;top:", screen.y0}, {"pt;width:", screen.width()}, {"pt;height:", screen.height()}};
  for (const auto& [name, value] : sides) {
    out += name;
    append_number(out, value, 1);
  }
  out += "pt";
}

std::string hash_name(ByteView bytes) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const std::byte b : bytes) hash = (hash ^ static_cast<std::uint64_t>(b)) * 0x100000001b3;
  std::string name;
  for (int shift = 60; shift >= 0; shift -= 4) name.push_back("0123456789abcdef"[hash >> shift & 15]);
  return name;
}

}  // namespace ode::exporter
