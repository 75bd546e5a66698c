// The plain syntax of objects (ISO 32000-2, 7.3), as every writer writes them.
#include <string>

#include "engine/base/limits.h"
#include "engine/pdf/objects/object_streams.h"

namespace ode::pdf {
namespace {

constexpr std::size_t kNameMax = 127;
constexpr int kDigitsMax = 9;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_delimiter(char c) {
  return c == '/' || c == '<' || c == '>' || c == '[' || c == ']' || c == '(' || c == ')' || c == '%' ||
         c == '{' || c == '}';
}
bool ends_word(char c) { return is_space(c) || is_delimiter(c); }

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Every function is false, and the reader then useless, when it meets what it does not know.
class PlainReader {
 public:
  PlainReader(std::string_view text, XRef* xref)
      : at_(text.data()), end_(text.data() + text.size()), xref_(xref) {}

  bool object(Object& out, int depth) {
    skip_space();
    if (at_ == end_) return false;
    switch (*at_) {
      case '/':
        if (!name()) return false;
        out = Object(objName, text_.c_str());
        return true;
      case '[':
        return ++at_, array(out, depth + 1);
      case '(':
        return ++at_, literal_string(out);
      case '<':
        if (at_ + 1 < end_ && at_[1] == '<') return at_ += 2, dictionary(out, depth + 1);
        return ++at_, hex_string(out);
      default:
        return is_digit(*at_) || *at_ == '-' || *at_ == '.' ? number_or_reference(out) : keyword(out);
    }
  }

 private:
  void skip_space() {
    while (at_ < end_ && is_space(*at_)) ++at_;
  }
  bool word_ends() const { return at_ == end_ || ends_word(*at_); }

  bool array(Object& out, int depth) {
    if (depth > kObjectNestingMax) return false;
    auto* array = new Array(xref_);
    out = Object(array);
    for (;;) {
      skip_space();
      if (at_ == end_) return false;
      if (*at_ == ']') return ++at_, true;
      Object value;
      if (!object(value, depth)) return false;
      array->add(std::move(value));
    }
  }

  bool dictionary(Object& out, int depth) {
    if (depth > kObjectNestingMax) return false;
    auto* dictionary = new Dict(xref_);
    out = Object(dictionary);
    for (;;) {
      skip_space();
      if (end_ - at_ < 2) return false;
      if (at_[0] == '>' && at_[1] == '>') return at_ += 2, true;
      if (*at_ != '/' || !name()) return false;
      const std::string key = text_;
      Object value;
      if (!object(value, depth)) return false;
      dictionary->add(key.c_str(), std::move(value));
    }
  }

  bool name() {
    text_.clear();
    for (++at_; at_ < end_ && !ends_word(*at_); ++at_) {
      if (*at_ != '#') {
        text_.push_back(*at_);
        continue;
      }
      const int high = end_ - at_ > 2 ? hex_digit(at_[1]) : -1, low = high >= 0 ? hex_digit(at_[2]) : -1;
      if (low < 0 || high + low == 0) return false;
      text_.push_back(static_cast<char>(high * 16 + low));
      at_ += 2;
    }
    return !text_.empty() && text_.size() <= kNameMax;
  }

  bool digits(int& value, int& count) {
    for (count = 0; at_ < end_ && is_digit(*at_); ++at_) {
      if (++count > kDigitsMax) return false;
      value = value * 10 + (*at_ - '0');
    }
    return true;
  }

  bool number_or_reference(Object& out) {
    const bool negative = *at_ == '-';
    if (negative) ++at_;
    int whole = 0, count = 0;
    if (!digits(whole, count)) return false;
    if (at_ < end_ && *at_ == '.') return fraction(out, negative, whole, count);
    if (count == 0 || !word_ends()) return false;
    if (!negative) {
      const char* const before = at_;
      if (int generation = 0; follows_reference(generation)) {
        if (whole == 0) return false;
        out = Object(Ref{whole, generation});
        return true;
      }
      at_ = before;
    }
    out = Object(negative ? -whole : whole);
    return true;
  }

  /// "0 R" after a number.
  bool follows_reference(int& generation) {
    int count = 0;
    skip_space();
    if (!digits(generation, count) || count == 0 || at_ == end_ || !is_space(*at_)) return false;
    skip_space();
    if (at_ == end_ || *at_ != 'R') return false;
    ++at_;
    return word_ends();
  }

  // Digit by digit as poppler does it: the sum is not the nearest double, but the same one.
  bool fraction(Object& out, bool negative, int whole, int count) {
    double value = whole, scale = 0.1;
    for (++at_; at_ < end_ && is_digit(*at_); ++at_, ++count) {
      value = value + scale * (*at_ - '0');
      scale *= 0.1;
    }
    if (count == 0 || !word_ends()) return false;
    out = Object(negative ? -value : value);
    return true;
  }

  bool keyword(Object& out) {
    const char* const begin = at_;
    while (!word_ends()) ++at_;
    const std::string_view word(begin, static_cast<std::size_t>(at_ - begin));
    if (word == "true" || word == "false") {
      out = Object(word == "true");
    } else if (word == "null") {
      out = Object(objNull);
    } else {
      return false;
    }
    return true;
  }

  bool literal_string(Object& out) {
    text_.clear();
    for (int depth = 1; at_ < end_; ++at_) {
      const char c = *at_;
      if (c == '\r') return false;
      if (c == ')' && --depth == 0) {
        ++at_;
        out = Object(new GooString(text_));
        return true;
      }
      if (c == '(') ++depth;
      if (c != '\\') {
        text_.push_back(c);
      } else if (!escape()) {
        return false;
      }
    }
    return false;
  }

  /// A backslash and what follows; stays on the last character of it.
  bool escape() {
    if (++at_ == end_ || *at_ == '\r') return false;
    static constexpr std::string_view kLetters = "nrtbf()\\", kMeanings = "\n\r\t\b\f()\\";
    if (const std::size_t k = kLetters.find(*at_); k != std::string_view::npos) {
      text_.push_back(kMeanings[k]);
      return true;
    }
    if (*at_ < '0' || *at_ > '7') return false;
    int code = 0;
    for (int i = 0; i < 3 && at_ < end_ && *at_ >= '0' && *at_ <= '7'; ++i) code = code * 8 + (*at_++ - '0');
    --at_;
    text_.push_back(static_cast<char>(code));
    return true;
  }

  bool hex_string(Object& out) {
    text_.clear();
    int high = -1;
    for (; at_ < end_ && *at_ != '>'; ++at_) {
      if (is_space(*at_)) continue;
      const int digit = hex_digit(*at_);
      if (digit < 0) return false;
      if (high >= 0) text_.push_back(static_cast<char>(high * 16 + digit));
      high = high >= 0 ? -1 : digit;
    }
    if (at_ == end_) return false;
    ++at_;
    if (high >= 0) text_.push_back(static_cast<char>(high * 16));
    out = Object(new GooString(text_));
    return true;
  }

  const char* at_;
  const char* end_;
  XRef* xref_;
  std::string text_;
};

}  // namespace

bool read_plain_object(std::string_view text, XRef* xref, Object& out) {
  return PlainReader(text, xref).object(out, 0);
}

}  // namespace ode::pdf
