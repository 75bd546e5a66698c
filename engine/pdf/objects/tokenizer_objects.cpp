// The dictionaries of content streams, as poppler's objects: marked-content properties and inline images.
#include <Object.h>

#include <climits>
#include <cmath>

#include "engine/base/limits.h"
#include "engine/pdf/objects/tokenizer.h"

namespace ode::pdf {

Object Tokenizer::object_of_operand() const {
  switch (token_.kind) {
    case Operand::Kind::boolean:
      return Object(token_.number != 0);
    case Operand::Kind::number: {
      const double value = token_.number;
      if (std::fabs(value) <= INT_MAX && value == std::floor(value)) return Object(static_cast<int>(value));
      return Object(value);
    }
    case Operand::Kind::name:
      return Object(objName, std::string(token_.text()).c_str());
    case Operand::Kind::string:
      return Object(new GooString(token_.chars, static_cast<int>(token_.count)));
    default:
      return Object(objNull);
  }
}

// "12 0 R" has no place in a content stream (7.8.2), but some writers put it there and other readers follow
// it.
Object Tokenizer::reference_or_operand() {
  const Operand first = token_;
  Object value = object_of_operand();
  if (!value.isInt() || value.getInt() <= 0) return value;
  const char* const before = at_;
  if (next() == Token::operand && token_.is_number()) {
    const Object generation = object_of_operand();
    if (generation.isInt() && generation.getInt() >= 0 && next() == Token::keyword && name_ == "R") {
      return Object(Ref{value.getInt(), generation.getInt()});
    }
  }
  at_ = before;
  token_ = first;
  return value;
}

Object Tokenizer::parse_object(Token token, int depth) {
  switch (token) {
    case Token::operand:
      return reference_or_operand();
    case Token::array_open:
      return parse_array(depth + 1);
    case Token::dict_open:
      return parse_dictionary(depth + 1);
    default:
      return Object(objNull);
  }
}

// Past the nesting limit an inner value is null and its insides are read as if they stood outside: bounded,
// and only for files that nobody writes by accident.
Object Tokenizer::parse_array(int depth) {
  Object array(new Array(xref_));
  if (depth > kObjectNestingMax) {
    overflow_ = true;
    return Object(objNull);
  }
  for (;;) {
    const char* const before = at_;
    const Token token = next();
    if (token == Token::keyword) at_ = before;
    if (token == Token::end || token == Token::keyword || token == Token::array_close ||
        token == Token::dict_close) {
      return array;
    }
    Object value = parse_object(token, depth);
    if (static_cast<std::size_t>(array.arrayGetLength()) < kArrayElementsMax)
      array.arrayAdd(std::move(value));
  }
}

Object Tokenizer::parse_dictionary(int depth) {
  Object dictionary(new Dict(xref_));
  if (depth > kObjectNestingMax) {
    overflow_ = true;
    return Object(objNull);
  }
  for (;;) {
    const char* before = at_;
    Token token = next();
    if (token == Token::keyword) at_ = before;
    if (token == Token::end || token == Token::keyword || token == Token::dict_close) return dictionary;
    if (token != Token::operand || !token_.is_name()) continue;  // not a key: skip up to the next one
    const std::string key(token_.text());
    before = at_;
    token = next();
    if (token == Token::dict_close || token == Token::end || token == Token::keyword) {
      at_ = before;
      continue;
    }
    dictionary.dictSet(key.c_str(), parse_object(token, depth));
  }
}

Object Tokenizer::read_inline_dictionary() {
  // BI's entries look like a dictionary that ID closes; the keyword is left for us to read.
  Object dictionary = parse_dictionary(0);
  while (next() == Token::dict_close) {
  }
  if (name_ != "ID" || at_ == end_) return dictionary;
  if (*at_ == '\r' && at_ + 1 < end_ && at_[1] == '\n') {
    at_ += 2;
  } else if (*at_ == '\r' || *at_ == '\n' || *at_ == ' ' || *at_ == '\t' || *at_ == '\0' || *at_ == '\f') {
    ++at_;
  }
  return dictionary;
}

void Tokenizer::skip_inline_data(std::size_t count) {
  at_ += count;
  const char* const before = at_;
  skip_white_space();
  if (end_ - at_ >= 2 && at_[0] == 'E' && at_[1] == 'I') {
    at_ += 2;
  } else {
    at_ = before;
  }
}

}  // namespace ode::pdf
