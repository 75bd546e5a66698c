// Tokenizer: content streams (ISO 32000-2, 7.8.2) as operators with their operands, read from contiguous
// bytes. Numbers cost no allocation; strings and names without escapes are views into the bytes.
#pragma once

#include <Object.h>

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/bytes.h"

namespace ode::pdf {

/// Elements kept of one array operand; a longer one loses its end.
inline constexpr std::size_t kArrayElementsMax = 1'000'000;

/// One operand, or one element of an array operand. Valid until the next operator is read.
struct Operand {
  enum class Kind : std::uint8_t { null, boolean, number, name, string, array, dictionary };
  Kind kind = Kind::null;
  std::uint32_t count = 0;  ///< characters, or elements
  union {
    double number = 0;    ///< also boolean: 0 or 1
    const char* chars;    ///< name (without '/'), string
    std::uint32_t first;  ///< array: first element; dictionary: its index
  };

  bool is_number() const { return kind == Kind::number; }
  bool is_name() const { return kind == Kind::name; }
  bool is_string() const { return kind == Kind::string; }
  /// REQUIRES: a name or a string.
  std::string_view text() const { return {chars, count}; }
};

class Tokenizer {
 public:
  /// `xref` is what dictionary operands resolve references with. `content` must outlive the tokenizer.
  Tokenizer(ByteView content, XRef* xref);

  /// Reads operands up to the next operator. False at the end of the content: operands without an operator
  /// are dropped.
  bool next_operator();
  std::string_view name() const { return name_; }
  std::span<const Operand> operands() const { return operands_; }
  std::span<const Operand> elements(const Operand& array) const;
  /// REQUIRES: operand.kind == dictionary.
  const Object& dictionary(const Operand& operand) const { return dictionaries_[operand.first]; }
  /// Operands that no operator has (more than kOperandsMax) or arrays too long were met since the last call.
  bool take_overflow() { return std::exchange(overflow_, false); }

  /// After BI: the entries up to ID, and the white space that follows it. A dictionary, however damaged.
  Object read_inline_dictionary();
  /// What follows the last token.
  ByteView rest() const;
  /// Skips `count` bytes of inline image data and the EI behind them. REQUIRES: count <= rest().size().
  void skip_inline_data(std::size_t count);

 private:
  enum class Token : std::uint8_t { end, operand, keyword, array_open, array_close, dict_open, dict_close };

  Token next();
  Token keyword();
  void number();
  void unusual_number();
  void name_token();
  void literal_string();
  void escaped_string(std::string& out);
  void escape(std::string& out);
  void hex_string();
  void skip_white_space();
  void read_array();
  void read_dictionary();
  Object parse_object(Token token, int depth);
  Object parse_dictionary(int depth);
  Object parse_array(int depth);
  Object object_of_operand() const;
  Object reference_or_operand();
  std::string& scratch();
  void push(const Operand& operand);

  const char* at_;
  const char* end_;
  XRef* xref_;
  std::string_view name_;
  Operand token_;  // the operand next() read
  std::vector<Operand> operands_, elements_;
  std::vector<Object> dictionaries_;
  std::deque<std::string>
      scratch_;  // strings with escapes; stable addresses, reused from operator to operator
  std::size_t scratch_used_ = 0;
  bool overflow_ = false;
};

}  // namespace ode::pdf
