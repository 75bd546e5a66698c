#include "engine/images/jbig2/regions.h"

#include "engine/images/jbig2/text.h"

namespace ode::images::jbig2 {
namespace {

/// T.88, 7.4.3.1.1.
struct TextHeader {
  bool huffman = false;
  Pixel fill = Pixel::white;
  TextLayout layout;
  RefinementTemplate refinement;
};

TextHeader text_header(std::uint32_t flags) {
  TextHeader out;
  out.huffman = (flags & 1) != 0;
  out.layout.refined = (flags & 2) != 0;
  out.layout.strip_log2 = static_cast<int>(flags >> 2 & 3);
  out.layout.corner = static_cast<TextLayout::Corner>(flags >> 4 & 3);
  out.layout.transposed = (flags & 0x40) != 0;
  out.layout.op = static_cast<Operator>(flags >> 7 & 3);
  out.fill = (flags & 0x200) != 0 ? Pixel::black : Pixel::white;
  const int offset = static_cast<int>(flags >> 10 & 31);  // of five bits, signed
  out.layout.s_offset = offset < 16 ? offset : offset - 32;
  out.refinement.number = static_cast<int>(flags >> 15 & 1);
  return out;
}

/// T.88, 7.4.3.1.2 and 7.4.3.1.6: all but the symbols' codes.
Result<TextTables> choose_tables(std::uint32_t flags, const Referred& referred) {
  TableChooser tables(referred);
  TextTables out;
  out.first_s = ODE_TRY(tables.choose(flags & 3, {6, 7}));
  out.next_s = ODE_TRY(tables.choose(flags >> 2 & 3, {8, 9, 10}));
  out.strip_t = ODE_TRY(tables.choose(flags >> 4 & 3, {11, 12, 13}));
  out.refined_width = ODE_TRY(tables.choose(flags >> 6 & 3, {14, 15}));
  out.refined_height = ODE_TRY(tables.choose(flags >> 8 & 3, {14, 15}));
  out.refined_x = ODE_TRY(tables.choose(flags >> 10 & 3, {14, 15}));
  out.refined_y = ODE_TRY(tables.choose(flags >> 12 & 3, {14, 15}));
  out.refined_size = ODE_TRY(tables.choose(flags >> 14 & 1, {1}));
  return out;
}

}  // namespace

Status decode_text_region(BitReader& in, const Referred& referred, Bitmap& out, Budget& budget) {
  TextHeader header = text_header(in.u16());
  const std::uint32_t table_flags = header.huffman ? in.u16() : 0;
  if (header.layout.refined) ODE_TRY(read_adaptive(in, header.refinement));
  header.layout.instances = in.u32();
  if (in.damaged()) return damaged("damaged JBIG2 text region");
  fill_bitmap(out, header.fill);
  const std::vector<Symbol> symbols = ODE_TRY(gather_symbols(referred, budget));
  Refiner refiner{header.refinement, {}};
  if (header.layout.refined) refiner.contexts.assign(header.refinement.context_count(), 0);
  ODE_TRY(budget.take_scratch(static_cast<std::int64_t>(refiner.contexts.size())));
  if (header.huffman) {
    TextTables tables = ODE_TRY(choose_tables(table_flags, referred));
    tables.symbol_ids = ODE_TRY(decode_symbol_codes(in, symbols.size()));
    HuffmanTextValues values(in, tables, refiner);
    return decode_text(header.layout, symbols, values, out, budget);
  }
  const int id_bits = symbol_id_bits(symbols.size());
  TextContexts contexts(id_bits);
  ODE_TRY(budget.take_scratch(static_cast<std::int64_t>(sizeof(TextContexts) + contexts.symbol_ids.size())));
  ArithmeticDecoder coder(in.rest());
  ArithmeticTextValues values(coder, contexts, id_bits, refiner);
  return decode_text(header.layout, symbols, values, out, budget);
}

Status decode_generic_region(BitReader& in, Bitmap& out, Budget& budget) {
  const std::uint32_t flags = in.u8();
  if ((flags & 1) != 0) {
    ODE_TRY(decode_mmr(in.rest(), out, budget));
    return Ok{};
  }
  GenericTemplate shape;
  shape.number = static_cast<int>(flags >> 1 & 3);
  shape.typical = (flags & 8) != 0;
  shape.extended = (flags & 16) != 0 && shape.number == 0;
  ODE_TRY(read_adaptive(in, shape));
  if (in.damaged()) return damaged("damaged JBIG2 generic region");
  ODE_TRY(budget.take_scratch(static_cast<std::int64_t>(shape.context_count())));
  std::vector<Context> contexts(shape.context_count());
  ArithmeticDecoder coder(in.rest());
  return decode_generic(coder, contexts, shape, nullptr, out, budget);
}

Status decode_refinement_region(BitReader& in, const Bitmap& reference, Bitmap& out, Budget& budget) {
  const std::uint32_t flags = in.u8();
  RefinementTemplate shape;
  shape.number = static_cast<int>(flags & 1);
  shape.typical = (flags & 2) != 0;
  ODE_TRY(read_adaptive(in, shape));
  if (in.damaged()) return damaged("damaged JBIG2 refinement region");
  ODE_TRY(budget.take_scratch(static_cast<std::int64_t>(shape.context_count())));
  std::vector<Context> contexts(shape.context_count());
  ArithmeticDecoder coder(in.rest());
  return decode_refinement(coder, contexts, shape, {&reference, 0, 0}, out, budget);
}

}  // namespace ode::images::jbig2
