// Symbol dictionaries (T.88, 6.5 and 7.4.2). Neighbour: decode_jbig2_text draws symbols that are made of
// others.
#pragma once

#include <initializer_list>
#include <optional>
#include <vector>

#include "engine/images/jbig2/bitmap.h"
#include "engine/images/jbig2/generic.h"
#include "engine/images/jbig2/huffman.h"
#include "engine/images/jbig2/text_values.h"

namespace ode::images::jbig2 {

/// What one dictionary learnt about bitmaps, for another of the same templates (7.4.2.2, steps 3 and 7).
struct RetainedContexts {
  GenericTemplate generic;
  std::vector<Context> generic_contexts;
  Refiner refiner;
};

struct SymbolDictionary {
  std::vector<Symbol> symbols;  ///< those it exports
  std::optional<RetainedContexts> retained;
};

/// What a segment refers to, in its order.
struct Referred {
  std::vector<const SymbolDictionary*> dictionaries;
  std::vector<SharedTable> tables;
  const std::vector<Bitmap>* patterns = nullptr;
  const Bitmap* region = nullptr;
};

/// All symbols of the dictionaries. Errors: limit_exceeded.
Result<std::vector<Symbol>> gather_symbols(const Referred& referred, Budget& budget);

/// Bits that number `symbols` symbols: SBSYMCODELEN.
int symbol_id_bits(std::size_t symbols);

/// The choices of Huffman tables in a segment's flags: a standard table, or the next of those it refers to.
class TableChooser {
 public:
  explicit TableChooser(const Referred& referred) : referred_(referred) {}

  /// `standard`: the tables for the values 0, 1 … of a choice of one or two bits. The highest value means a
  /// table of the file's own. Errors: malformed (there is none).
  Result<SharedTable> choose(std::uint32_t choice, std::initializer_list<int> standard);

 private:
  const Referred& referred_;
  std::size_t next_ = 0;
};

/// `data` is the segment's. Errors: malformed, limit_exceeded, cancelled.
Result<SymbolDictionary> decode_symbols(ByteView data, const Referred& referred, Budget& budget);

}  // namespace ode::images::jbig2
