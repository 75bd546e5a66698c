// See objects/date.h. Producers write spaces for zeros, "D;" or no prefix and 19100 for 2000: what cannot be read
// with certainty is handed back as it is.
#include "engine/pdf/objects/date.h"

#include <optional>

namespace ode::pdf {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}
  bool at_end() const { return text_.empty(); }
  char peek() const { return text_.empty() ? '\0' : text_.front(); }
  void skip(std::string_view any_of) {
    while (!text_.empty() && any_of.find(text_.front()) != std::string_view::npos) text_.remove_prefix(1);
  }
  void next() { text_.remove_prefix(1); }
  /// Exactly `digits` digits within [low, high].
  std::optional<int> number(std::size_t digits, int low, int high) {
    if (text_.size() < digits) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (text_[i] < '0' || text_[i] > '9') return std::nullopt;
      value = value * 10 + (text_[i] - '0');
    }
    if (value < low || value > high) return std::nullopt;
    text_.remove_prefix(digits);
    return value;
  }

 private:
  std::string_view text_;
};

std::string padded(int value, std::size_t width) {
  const std::string digits = std::to_string(value);
  return digits.size() >= width ? digits : std::string(width - digits.size(), '0') + digits;
}

/// "", "Z" or "+hh:mm"; nullopt when it is something else.
std::optional<std::string> zone_of(Reader& in) {
  in.skip(" ");
  if (in.at_end()) return "";
  const char sign = in.peek();
  in.next();
  if (sign == 'Z') {
    in.skip("0':");
    return in.at_end() ? std::optional<std::string>("Z") : std::nullopt;
  }
  if (sign != '+' && sign != '-') return std::nullopt;
  const std::optional<int> hours = in.number(2, 0, 23);
  if (!hours) return std::nullopt;
  in.skip("':");
  const std::optional<int> minutes = in.number(2, 0, 59);
  in.skip("' ");
  if (!in.at_end()) return std::nullopt;
  return sign + padded(*hours, 2) + ":" + padded(minutes.value_or(0), 2);
}

}  // namespace

std::string iso_date_from_pdf_date(std::string_view date) {
  const std::string unchanged(date);
  if (date.substr(0, 2) == "D:") date.remove_prefix(2);
  Reader in(date);
  in.skip(" ");
  const std::optional<int> year = in.number(4, 0, 9999);
  if (!year) return unchanged;
  std::string out = padded(*year, 4);
  struct Field {
    const char* separator;
    int low, high;
  };
  constexpr Field kFields[] = {{"-", 1, 12}, {"-", 1, 31}, {"T", 0, 23}, {":", 0, 59}, {":", 0, 60}};
  int count = 0;
  for (const Field& field : kFields) {
    const std::optional<int> value = in.number(2, field.low, field.high);
    if (!value) break;
    out += field.separator + padded(*value, 2);
    ++count;
  }
  if (count == 3) out += ":00";  // ISO 8601 has no time zone after a bare hour that everyone reads
  const std::optional<std::string> zone = zone_of(in);
  if (!zone) return unchanged;
  return count >= 3 ? out + *zone : out;
}

}  // namespace ode::pdf
