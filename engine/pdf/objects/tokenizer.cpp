#include "engine/pdf/objects/tokenizer.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "engine/base/limits.h"

namespace ode::pdf {
namespace {

enum class Class : std::uint8_t { regular, space, delimiter, number };

constexpr std::array<Class, 256> make_classes() {
  std::array<Class, 256> classes{};
  for (int c : {0, 9, 10, 12, 13, 32}) classes[static_cast<std::size_t>(c)] = Class::space;
  for (char c : {'(', ')', '<', '>', '[', ']', '{', '}', '/', '%'})
    classes[static_cast<std::size_t>(c)] = Class::delimiter;
  for (char c : {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '-', '.'}) {
    classes[static_cast<std::size_t>(c)] = Class::number;
  }
  return classes;
}
constexpr std::array<Class, 256> kClasses = make_classes();

Class class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }
// Inside names and operators digits and signs are as good as letters.
bool ends_word(char c) { return class_of(c) == Class::space || class_of(c) == Class::delimiter; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr double kPowersOfTen[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

}  // namespace

Tokenizer::Tokenizer(ByteView content, XRef* xref)
    : at_(as_chars(content).data()), end_(at_ + content.size()), xref_(xref) {}

std::span<const Operand> Tokenizer::elements(const Operand& array) const {
  return std::span<const Operand>(elements_).subspan(array.first, array.count);
}

ByteView Tokenizer::rest() const { return as_byte_view({at_, static_cast<std::size_t>(end_ - at_)}); }

std::string& Tokenizer::scratch() {
  if (scratch_used_ == scratch_.size()) scratch_.emplace_back();
  std::string& text = scratch_[scratch_used_++];
  text.clear();
  return text;
}

void Tokenizer::push(const Operand& operand) {
  if (operands_.size() < static_cast<std::size_t>(kOperandsMax)) {
    operands_.push_back(operand);
    return;
  }
  overflow_ = true;
}

bool Tokenizer::next_operator() {
  operands_.clear();
  elements_.clear();
  dictionaries_.clear();
  scratch_used_ = 0;
  for (;;) {
    switch (next()) {
      case Token::end:
        return false;
      case Token::operand:
        push(token_);
        break;
      case Token::keyword:
        return true;
      case Token::array_open:
        read_array();
        break;
      case Token::dict_open:
        read_dictionary();
        break;
      case Token::array_close:
      case Token::dict_close:
        break;  // closes nothing
    }
  }
}

void Tokenizer::skip_white_space() {
  while (at_ < end_) {
    if (class_of(*at_) == Class::space) {
      ++at_;
    } else if (*at_ == '%') {
      while (at_ < end_ && *at_ != '\n' && *at_ != '\r') ++at_;
    } else {
      return;
    }
  }
}

Tokenizer::Token Tokenizer::next() {
  for (;;) {
    skip_white_space();
    if (at_ == end_) return Token::end;
    const char c = *at_;
    switch (class_of(c)) {
      case Class::number:
        number();
        return Token::operand;
      case Class::regular:
        return keyword();
      default:
        break;
    }
    switch (c) {
      case '/':
        ++at_, name_token();
        return Token::operand;
      case '(':
        ++at_, literal_string();
        return Token::operand;
      case '[':
        ++at_;
        return Token::array_open;
      case ']':
        ++at_;
        return Token::array_close;
      case '<':
        ++at_;
        if (at_ < end_ && *at_ == '<') return ++at_, Token::dict_open;
        hex_string();
        return Token::operand;
      case '>':
        ++at_;
        if (at_ < end_ && *at_ == '>') return ++at_, Token::dict_close;
        break;
      default:
        ++at_;
        break;  // ')', '{' and '}' have no place in a content stream
    }
  }
}

Tokenizer::Token Tokenizer::keyword() {
  const char* const begin = at_;
  while (at_ < end_ && !ends_word(*at_)) ++at_;
  name_ = {begin, static_cast<std::size_t>(at_ - begin)};
  token_ = {};
  if (name_.size() < 4) return Token::keyword;
  if (name_ == "true" || name_ == "false") {
    token_.kind = Operand::Kind::boolean;
    token_.number = name_.size() == 4 ? 1 : 0;
    return Token::operand;
  }
  return name_ == "null" ? Token::operand : Token::keyword;
}

// Most numbers: a sign, up to 18 digits (10^18 fits 64 bits), at most one point. The quotient of two exact
// doubles is rounded once, so every platform reads the same value.
void Tokenizer::number() {
  const char* p = at_;
  const bool negative = *p == '-';
  if (negative || *p == '+') ++p;
  const char* const digits = p;
  std::uint64_t mantissa = 0;
  for (; p < end_ && is_digit(*p); ++p) mantissa = mantissa * 10 + static_cast<std::uint64_t>(*p - '0');
  std::ptrdiff_t count = p - digits, fraction = 0;
  if (p < end_ && *p == '.') {
    const char* const after_point = ++p;
    for (; p < end_ && is_digit(*p); ++p) mantissa = mantissa * 10 + static_cast<std::uint64_t>(*p - '0');
    fraction = p - after_point;
    count += fraction;
  }
  if (count == 0 || count > 18 || (p < end_ && *p == '-')) return unusual_number();
  at_ = p;
  const double value = static_cast<double>(mantissa) / kPowersOfTen[fraction];
  token_.kind = Operand::Kind::number;
  token_.count = 0;
  token_.number = negative ? -value : value;
}

// Signs may repeat and stand in the middle of digits, where they are skipped, as Acrobat does; a second point
// ends the number; digits past the 18th only scale it.
void Tokenizer::unusual_number() {
  const char* p = at_;
  const bool negative = *p == '-';
  while (p < end_ && (*p == '-' || *p == '+')) ++p;
  std::uint64_t mantissa = 0;
  int digits = 0, exponent = 0;
  bool point = false;
  for (; p < end_; ++p) {
    const char c = *p;
    if (is_digit(c)) {
      if (digits < 18) {
        mantissa = mantissa * 10 + static_cast<std::uint64_t>(c - '0');
        if (mantissa != 0) ++digits;
        exponent -= point ? 1 : 0;
      } else {
        exponent += point ? 0 : 1;
      }
    } else if (c == '.' && !point) {
      point = true;
    } else if (c != '-') {
      break;
    }
  }
  at_ = p;
  double value = static_cast<double>(mantissa);
  if (exponent < 0) value = exponent >= -22 ? value / kPowersOfTen[-exponent] : 0;
  if (exponent > 0) value *= kPowersOfTen[std::min(exponent, 22)];
  token_.kind = Operand::Kind::number;
  token_.count = 0;
  token_.number = negative ? -value : value;
}

void Tokenizer::name_token() {
  const char* const begin = at_;
  bool escapes = false;
  for (; at_ < end_ && !ends_word(*at_); ++at_) escapes |= *at_ == '#';
  std::string_view text{begin, static_cast<std::size_t>(at_ - begin)};
  if (escapes) {
    std::string& out = scratch();
    for (std::size_t i = 0; i < text.size(); ++i) {
      const int high = i + 2 < text.size() && text[i] == '#' ? hex_digit(text[i + 1]) : -1;
      const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
      if (low >= 0) {
        out.push_back(static_cast<char>(high * 16 + low));
        i += 2;
      } else {
        out.push_back(text[i]);
      }
    }
    text = out;
  }
  token_.kind = Operand::Kind::name;
  token_.count = static_cast<std::uint32_t>(text.size());
  token_.chars = text.data();
}

void Tokenizer::literal_string() {
  const char* const begin = at_;
  const char* p = at_;
  while (p < end_ && *p != ')' && *p != '(' && *p != '\\' && *p != '\r') ++p;
  std::string_view text{begin, static_cast<std::size_t>(p - begin)};
  if (p < end_ && *p == ')') {
    at_ = p + 1;
  } else {
    std::string& out = scratch();
    escaped_string(out);
    text = out;
  }
  token_.kind = Operand::Kind::string;
  token_.count = static_cast<std::uint32_t>(text.size());
  token_.chars = text.data();
}

// 7.3.4.2: balanced parentheses need no escape, and every line end is a line feed.
void Tokenizer::escaped_string(std::string& out) {
  int depth = 1;
  while (at_ < end_) {
    const char c = *at_++;
    if (c == ')' && --depth == 0) return;
    if (c == '(') ++depth;
    if (c == '\\') {
      escape(out);
    } else if (c == '\r') {
      if (at_ < end_ && *at_ == '\n') ++at_;
      out.push_back('\n');
    } else {
      out.push_back(c);
    }
  }
}

void Tokenizer::escape(std::string& out) {
  if (at_ == end_) return;
  const char c = *at_++;
  switch (c) {
    case 'n':
      out.push_back('\n');
      return;
    case 'r':
      out.push_back('\r');
      return;
    case 't':
      out.push_back('\t');
      return;
    case 'b':
      out.push_back('\b');
      return;
    case 'f':
      out.push_back('\f');
      return;
    case '\n':
      return;
    case '\r':
      if (at_ < end_ && *at_ == '\n') ++at_;
      return;
    default:
      break;
  }
  if (c < '0' || c > '7') return out.push_back(c);
  int code = c - '0';
  for (int i = 0; i < 2 && at_ < end_ && *at_ >= '0' && *at_ <= '7'; ++i) code = code * 8 + (*at_++ - '0');
  out.push_back(static_cast<char>(code));  // high-order overflow is ignored
}

void Tokenizer::hex_string() {
  std::string& out = scratch();
  int high = -1;
  while (at_ < end_) {
    const char c = *at_++;
    if (c == '>') break;
    const int digit = hex_digit(c);
    if (digit < 0) continue;
    if (high < 0) {
      high = digit;
    } else {
      out.push_back(static_cast<char>(high * 16 + digit));
      high = -1;
    }
  }
  if (high >= 0) out.push_back(static_cast<char>(high * 16));
  token_.kind = Operand::Kind::string;
  token_.count = static_cast<std::uint32_t>(out.size());
  token_.chars = out.data();
}

// Flat: no operator has arrays in arrays, so what is nested is skipped. An operator before the closing
// bracket ends the array and counts, since files that forget the bracket would else lose everything that
// follows.
void Tokenizer::read_array() {
  Operand array;
  array.kind = Operand::Kind::array;
  array.first = static_cast<std::uint32_t>(elements_.size());
  for (int depth = 1; depth > 0;) {
    const char* const before = at_;
    switch (next()) {
      case Token::end:
        depth = 0;
        break;
      case Token::operand:
        if (depth > 1) break;
        if (elements_.size() >= kArrayElementsMax) {
          overflow_ = true;
        } else {
          elements_.push_back(token_);
        }
        break;
      case Token::keyword:
        at_ = before, depth = 0;
        break;
      case Token::array_open:
      case Token::dict_open:
        ++depth;
        break;
      case Token::array_close:
      case Token::dict_close:
        --depth;
        break;
    }
  }
  array.count = static_cast<std::uint32_t>(elements_.size() - array.first);
  push(array);
}

void Tokenizer::read_dictionary() {
  Operand operand;
  operand.kind = Operand::Kind::dictionary;
  operand.first = static_cast<std::uint32_t>(dictionaries_.size());
  Object dictionary = parse_dictionary(0);
  if (operands_.size() >= static_cast<std::size_t>(kOperandsMax)) {
    overflow_ = true;
    return;
  }
  dictionaries_.push_back(std::move(dictionary));
  operands_.push_back(operand);
}

}  // namespace ode::pdf
