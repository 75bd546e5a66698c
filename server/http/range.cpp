#include "server/http/range.h"

#include <algorithm>

#include "server/base/text.h"

namespace ode::server {

ByteRange parse_range(std::string_view header, std::int64_t size) {
  constexpr std::string_view kUnit = "bytes=";
  header = trim(header);
  if (header.rfind(kUnit, 0) != 0 || header.find(',') != std::string_view::npos)
    return {ByteRange::Kind::whole, 0, size};
  header.remove_prefix(kUnit.size());
  const std::size_t dash = header.find('-');
  if (dash == std::string_view::npos) return {ByteRange::Kind::whole, 0, size};
  const std::string_view first_text = trim(header.substr(0, dash)), last_text = trim(header.substr(dash + 1));
  const auto digits = [](std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
  };
  const auto first = to_integer(first_text), last = to_integer(last_text);
  const bool readable = digits(first_text) && digits(last_text) && (first || first_text.empty()) &&
                        (last || last_text.empty()) && (first || last);
  if (!readable || (first && last && *last < *first)) return {ByteRange::Kind::whole, 0, size};
  if (!first) {
    if (*last == 0 || size == 0) return {ByteRange::Kind::unsatisfiable, 0, 0};
    const std::int64_t length = std::min(*last, size);
    return {ByteRange::Kind::part, size - length, length};
  }
  if (*first >= size) return {ByteRange::Kind::unsatisfiable, 0, 0};
  const std::int64_t end = last ? std::min(*last, size - 1) : size - 1;
  return {ByteRange::Kind::part, *first, end - *first + 1};
}

bool names_tag(std::string_view list, std::string_view tag) {
  for (std::string_view item : split(list, ',')) {
    item = trim(item);
    if (item == "*") return true;
    if (item.rfind("W/", 0) == 0) item.remove_prefix(2);
    if (item == tag) return true;
  }
  return false;
}

int coding_quality(std::string_view accept_encoding, std::string_view coding) {
  int star = -1;
  for (const std::string_view item : split(accept_encoding, ',')) {
    const std::string name = lower(trim(item.substr(0, item.find(';'))));
    int quality = 1000;
    const std::size_t q = item.find("q=");
    if (q != std::string_view::npos) {
      // 0, 1, or a fraction of at most three digits.
      const std::string_view text = trim(item.substr(q + 2));
      quality = text.empty() || text[0] != '1' ? 0 : 1000;
      int unit = 100;
      for (std::size_t i = 2; quality < 1000 && i < text.size() && unit > 0; ++i, unit /= 10) {
        if (text[i] < '0' || text[i] > '9') break;
        quality += (text[i] - '0') * unit;
      }
    }
    if (name == coding) return quality;
    if (name == "*") star = quality;
  }
  if (star >= 0) return star;
  return coding == "identity" ? 1 : 0;
}

}  // namespace ode::server
