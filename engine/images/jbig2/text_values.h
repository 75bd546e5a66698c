// The numbers of a text region (T.88, 6.4.6 to 6.4.11), from arithmetic or Huffman coding: two classes of the
// same functions. A value that is missing is out of band, or damage, which damaged() tells.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/images/jbig2/arithmetic.h"
#include "engine/images/jbig2/huffman.h"
#include "engine/images/jbig2/refinement.h"

namespace ode::images::jbig2 {

/// How a symbol is refined where it stands: changes of its size and place (6.4.11).
struct RefinedBy {
  std::int64_t width = 0, height = 0, x = 0, y = 0;
};

/// The refinement coding that all symbols of a segment share.
struct Refiner {
  RefinementTemplate shape;
  std::vector<Context> contexts;
};

/// The contexts of a text region, or of all symbols of a dictionary that are made of others.
struct TextContexts {
  explicit TextContexts(int id_bits) : symbol_ids(std::size_t{1} << id_bits) {}
  IntegerContexts strip_t{}, first_s{}, next_s{}, t{}, is_refined{};  // IADT, IAFS, IADS, IAIT, IARI
  IntegerContexts refined_width{}, refined_height{}, refined_x{}, refined_y{};
  std::vector<Context> symbol_ids;  // IAID
};

class ArithmeticTextValues {
 public:
  ArithmeticTextValues(ArithmeticDecoder& in, TextContexts& contexts, int id_bits, Refiner& refiner)
      : in_(in), contexts_(contexts), id_bits_(id_bits), refiner_(refiner) {}

  std::optional<std::int64_t> strip_t() { return decode_integer(in_, contexts_.strip_t); }
  std::optional<std::int64_t> first_s() { return decode_integer(in_, contexts_.first_s); }
  std::optional<std::int64_t> next_s() {
    return decode_integer(in_, contexts_.next_s);
  }  // none: the strip ends
  std::optional<std::int64_t> t(int /*strip_log2*/) { return decode_integer(in_, contexts_.t); }
  std::optional<std::int64_t> symbol_id() { return decode_symbol_id(in_, contexts_.symbol_ids, id_bits_); }
  std::optional<std::int64_t> is_refined() { return decode_integer(in_, contexts_.is_refined); }
  RefinedBy refined_by();
  /// Where alone a symbol moves, its size is known (6.5.8.2.2).
  RefinedBy moved_by();
  Status refine(const Reference& reference, Bitmap& out, const Budget& budget);
  bool damaged() const { return in_.exhausted(); }

 private:
  ArithmeticDecoder& in_;
  TextContexts& contexts_;
  int id_bits_;
  Refiner& refiner_;
};

/// Tables of a text region (7.4.3.1.2).
struct TextTables {
  SharedTable first_s, next_s, strip_t;
  SharedTable refined_width, refined_height, refined_x, refined_y, refined_size;
  SharedTable symbol_ids;  ///< null: plain numbers of id_bits bits (6.5.8.2.3)
  int id_bits = 0;
};

class HuffmanTextValues {
 public:
  HuffmanTextValues(BitReader& in, const TextTables& tables, Refiner& refiner)
      : in_(in), tables_(tables), refiner_(refiner) {}

  std::optional<std::int64_t> strip_t() { return tables_.strip_t->decode(in_); }
  std::optional<std::int64_t> first_s() { return tables_.first_s->decode(in_); }
  std::optional<std::int64_t> next_s() { return tables_.next_s->decode(in_); }
  std::optional<std::int64_t> t(int strip_log2) { return in_.bits(strip_log2); }
  std::optional<std::int64_t> symbol_id() {
    return tables_.symbol_ids ? tables_.symbol_ids->decode(in_) : in_.bits(tables_.id_bits);
  }
  std::optional<std::int64_t> is_refined() { return in_.bits(1); }
  RefinedBy refined_by();
  RefinedBy moved_by();
  /// Refinements are always arithmetic: bytes of their own amid the Huffman codes.
  Status refine(const Reference& reference, Bitmap& out, const Budget& budget);
  bool damaged() const { return in_.damaged(); }

 private:
  BitReader& in_;
  const TextTables& tables_;
  Refiner& refiner_;
};

}  // namespace ode::images::jbig2
