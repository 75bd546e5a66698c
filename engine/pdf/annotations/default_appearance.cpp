// See annotations/default_appearance.h. A handful of operators does not need the content stream tokenizer.
#include "engine/pdf/annotations/default_appearance.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

namespace ode::pdf {
namespace {

constexpr double kFontSizeMax = 2000;
constexpr std::size_t kOperandsKept = 8;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\0'; }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string unescaped_name(std::string_view token) {
  std::string name;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool escape = token[i] == '#' && i + 2 < token.size() && hex_value(token[i + 1]) >= 0 &&
                        hex_value(token[i + 2]) >= 0;
    if (escape) {
      name += static_cast<char>(hex_value(token[i + 1]) * 16 + hex_value(token[i + 2]));
      i += 2;
    } else {
      name += token[i];
    }
  }
  return name;
}

/// Decimal, without exponent and locale.
std::optional<double> number_from(std::string_view token) {
  double value = 0, scale = 1;
  bool digits = false, point = false;
  const bool negative = !token.empty() && token[0] == '-';
  if (!token.empty() && (token[0] == '-' || token[0] == '+')) token.remove_prefix(1);
  for (const char c : token.substr(0, 32)) {
    if (c == '.' && !point) {
      point = true;
    } else if (c >= '0' && c <= '9') {
      digits = true;
      value = value * 10 + (c - '0');
      if (point) scale *= 10;
    } else {
      return std::nullopt;
    }
  }
  if (!digits) return std::nullopt;
  return (negative ? -value : value) / scale;
}

/// Tokens end at white space, and before the slash of a name ("12 Tf/Helv").
std::string_view next_token(std::string_view& rest) {
  while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
  std::size_t end = rest.empty() ? 0 : 1;
  while (end < rest.size() && !is_space(rest[end]) && rest[end] != '/') ++end;
  const std::string_view token = rest.substr(0, end);
  rest.remove_prefix(end);
  return token;
}

}  // namespace

DefaultAppearance parse_default_appearance(std::string_view da) {
  DefaultAppearance out;
  std::vector<double> numbers;
  std::string name;
  for (std::string_view token = next_token(da); !token.empty(); token = next_token(da)) {
    if (token.front() == '/') {
      name = unescaped_name(token.substr(1));
      continue;
    }
    if (const std::optional<double> number = number_from(token)) {
      numbers.push_back(*number);
      if (numbers.size() > kOperandsKept) numbers.erase(numbers.begin());
      continue;
    }
    const std::size_t components = token == "g" ? 1 : token == "rg" ? 3 : token == "k" ? 4 : 0;
    if (token == "Tf") {
      out.font = name;
      out.size = numbers.empty() ? 0 : std::min(std::fabs(numbers.back()), kFontSizeMax);
    } else if (components != 0 && numbers.size() >= components) {
      out.color.assign(numbers.end() - static_cast<std::ptrdiff_t>(components), numbers.end());
    }
    numbers.clear();
  }
  return out;
}

}  // namespace ode::pdf
