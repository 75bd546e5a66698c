#include "engine/images/jbig2/symbols.h"

#include <algorithm>
#include <utility>

#include "engine/images/jbig2/text.h"

namespace ode::images::jbig2 {
namespace {

/// T.88, 7.4.2.1.
struct Header {
  bool huffman = false;         ///< SDHUFF
  bool made_of_others = false;  ///< SDREFAGG: symbols are refined from others, or put together
  bool uses_contexts = false, retains_contexts = false;
  GenericTemplate generic;
  RefinementTemplate refinement;
  std::uint32_t exported = 0, defined = 0;
};

struct Tables {
  SharedTable height, width, bitmap_size, instances, run;
};

Result<Header> read_header(BitReader& in, std::uint32_t flags) {
  Header out;
  out.huffman = (flags & 1) != 0;
  out.made_of_others = (flags & 2) != 0;
  out.uses_contexts = (flags & 0x100) != 0;
  out.retains_contexts = (flags & 0x200) != 0;
  out.generic.number = static_cast<int>(flags >> 10 & 3);
  out.refinement.number = static_cast<int>(flags >> 12 & 1);
  if (!out.huffman) ODE_TRY(read_adaptive(in, out.generic));
  if (out.made_of_others) ODE_TRY(read_adaptive(in, out.refinement));
  out.exported = in.u32();
  out.defined = in.u32();
  if (in.damaged()) return damaged("damaged JBIG2 symbol dictionary");
  return out;
}

Result<Tables> choose_tables(std::uint32_t flags, const Referred& referred) {
  TableChooser tables(referred);
  Tables out;
  out.height = ODE_TRY(tables.choose(flags >> 2 & 3, {4, 5}));
  out.width = ODE_TRY(tables.choose(flags >> 4 & 3, {2, 3}));
  out.bitmap_size = ODE_TRY(tables.choose(flags >> 6 & 1, {1}));
  out.instances = ODE_TRY(tables.choose(flags >> 7 & 1, {1}));
  out.run = standard_table(1);
  return out;
}

class SymbolDecoder {
 public:
  SymbolDecoder(const Header& header, std::vector<Symbol> symbols, Budget& budget)
      : header_(header),
        budget_(budget),
        given_(symbols.size()),
        id_bits_(symbol_id_bits(symbols.size() + header.defined)),
        symbols_(std::move(symbols)) {
    // 6.5.8.2.3: a code of no bits at all is none.
    if (header.huffman && id_bits_ == 0) id_bits_ = 1;
  }

  Status prepare(const Referred& referred);
  Result<SymbolDictionary> decode_arithmetic(ByteView data);
  Result<SymbolDictionary> decode_huffman(BitReader& in, const Tables& tables);

 private:
  std::size_t wanted() const { return given_ + header_.defined; }
  Status define(Bitmap bitmap);
  Status enter_class(std::optional<std::int64_t> height_delta);
  Result<std::int64_t> next_width(std::int64_t width, std::int64_t delta);
  Status decode_class(ArithmeticDecoder& in, ArithmeticTextValues& text);
  Status decode_class(BitReader& in, const Tables& tables);
  Status decode_class(BitReader& in, const Tables& tables, HuffmanTextValues& text);
  Status split(const Bitmap& all, const std::vector<std::int64_t>& widths);
  Result<Bitmap> decode_collective(BitReader& in, const Tables& tables, std::int64_t width);
  template <class Values>
  Result<Bitmap> make_of_others(std::int64_t width, std::optional<std::int64_t> instances, Values& text);
  template <class ReadRun>
  Result<SymbolDictionary> export_symbols(ReadRun read_run);

  const Header& header_;
  Budget& budget_;
  std::size_t given_;  ///< of symbols_: those of other dictionaries, which come first
  int id_bits_;
  std::vector<Symbol> symbols_;
  std::vector<Context> generic_contexts_;
  Refiner refiner_;
  std::int64_t height_ = 0;  ///< HCHEIGHT: of the symbols of the current class
  IntegerContexts height_contexts_{}, width_contexts_{}, export_contexts_{}, instance_contexts_{};
};

Status SymbolDecoder::prepare(const Referred& referred) {
  refiner_.shape = header_.refinement;
  const std::size_t size = header_.generic.context_count() + header_.refinement.context_count();
  ODE_TRY(budget_.take_scratch(static_cast<std::int64_t>(size) + (std::int64_t{1} << id_bits_)));
  generic_contexts_.assign(header_.generic.context_count(), 0);
  refiner_.contexts.assign(header_.refinement.context_count(), 0);
  if (!header_.uses_contexts) return Ok{};
  const SymbolDictionary* last = referred.dictionaries.empty() ? nullptr : referred.dictionaries.back();
  if (last == nullptr || !last->retained)
    return damaged("JBIG2 symbol dictionary without contexts to go on with");
  const RetainedContexts& retained = *last->retained;
  if (retained.generic.number != header_.generic.number ||
      retained.refiner.shape.number != header_.refinement.number) {
    return damaged("JBIG2 symbol dictionary with contexts of another template");
  }
  generic_contexts_ = retained.generic_contexts;
  refiner_.contexts = retained.refiner.contexts;
  return Ok{};
}

Status SymbolDecoder::define(Bitmap bitmap) {
  ODE_TRY(budget_.take_memory(kBitmapBytes));
  symbols_.push_back(std::make_shared<const Bitmap>(std::move(bitmap)));
  return Ok{};
}

/// 6.5.5, 4b. Classes may be empty, and so are charged like symbols.
Status SymbolDecoder::enter_class(std::optional<std::int64_t> height_delta) {
  ODE_TRY(budget_.take_symbols(1));
  ODE_TRY(budget_.poll());
  if (!height_delta) return damaged("JBIG2 symbols without a height");
  height_ += *height_delta;
  if (height_ < 0) return damaged("JBIG2 symbols of negative height");
  return Ok{};
}

Result<std::int64_t> SymbolDecoder::next_width(std::int64_t width, std::int64_t delta) {
  ODE_TRY(budget_.poll());
  if (symbols_.size() >= wanted()) return damaged("more JBIG2 symbols than the dictionary has");
  if (width + delta < 0) return damaged("JBIG2 symbol of negative width");
  return width + delta;
}

/// 6.5.8.2: one symbol refined, or several put together and perhaps refined.
template <class Values>
Result<Bitmap> SymbolDecoder::make_of_others(std::int64_t width, std::optional<std::int64_t> instances,
                                             Values& text) {
  if (!instances || *instances < 0 || *instances > kGlyphsMax) return damaged("JBIG2 symbol made of nothing");
  Bitmap out = ODE_TRY(make_bitmap(width, height_, budget_));
  if (*instances != 1) {
    TextLayout layout;
    layout.refined = true;
    layout.instances = static_cast<std::uint32_t>(*instances);
    ODE_TRY(decode_text(layout, symbols_, text, out, budget_));
    return out;
  }
  const std::int64_t id = text.symbol_id().value_or(-1);
  const RefinedBy by = text.moved_by();
  if (id < 0 || id >= static_cast<std::int64_t>(symbols_.size()))
    return damaged("JBIG2 symbol that does not exist");
  const Reference reference{symbols_[static_cast<std::size_t>(id)].get(), by.x, by.y};
  ODE_TRY(text.refine(reference, out, budget_));
  return out;
}

Status SymbolDecoder::decode_class(ArithmeticDecoder& in, ArithmeticTextValues& text) {
  ODE_TRY(enter_class(decode_integer(in, height_contexts_)));
  std::int64_t width = 0;
  while (const auto delta = decode_integer(in, width_contexts_)) {
    width = ODE_TRY(next_width(width, *delta));
    if (header_.made_of_others) {
      Bitmap symbol = ODE_TRY(make_of_others(width, decode_integer(in, instance_contexts_), text));
      ODE_TRY(define(std::move(symbol)));
    } else {
      Bitmap symbol = ODE_TRY(make_bitmap(width, height_, budget_));
      ODE_TRY(decode_generic(in, generic_contexts_, header_.generic, nullptr, symbol, budget_));
      ODE_TRY(define(std::move(symbol)));
    }
    if (in.exhausted()) return damaged("JBIG2 symbol dictionary ends early");
  }
  return in.exhausted() ? Status(damaged("JBIG2 symbol dictionary ends early")) : Status(Ok{});
}

Status SymbolDecoder::decode_class(BitReader& in, const Tables& tables, HuffmanTextValues& text) {
  ODE_TRY(enter_class(tables.height->decode(in)));
  std::int64_t width = 0;
  while (const auto delta = tables.width->decode(in)) {
    width = ODE_TRY(next_width(width, *delta));
    Bitmap symbol = ODE_TRY(make_of_others(width, tables.instances->decode(in), text));
    ODE_TRY(define(std::move(symbol)));
  }
  return in.damaged() ? Status(damaged("damaged JBIG2 symbol dictionary")) : Status(Ok{});
}

/// 6.5.9: all symbols of a class beside each other in one bitmap, once their widths are known.
Status SymbolDecoder::decode_class(BitReader& in, const Tables& tables) {
  ODE_TRY(enter_class(tables.height->decode(in)));
  std::int64_t width = 0, all = 0;
  std::vector<std::int64_t> widths;
  while (const auto delta = tables.width->decode(in)) {
    width = ODE_TRY(next_width(width, *delta));
    if (symbols_.size() + widths.size() >= wanted())
      return damaged("more JBIG2 symbols than the dictionary has");
    widths.push_back(width);
    all += width;
  }
  if (in.damaged()) return damaged("damaged JBIG2 symbol dictionary");
  return split(ODE_TRY(decode_collective(in, tables, all)), widths);
}

Result<Bitmap> SymbolDecoder::decode_collective(BitReader& in, const Tables& tables, std::int64_t width) {
  const std::int64_t size = tables.bitmap_size->decode(in).value_or(0);
  in.align();
  if (in.damaged() || size < 0) return damaged("damaged JBIG2 symbol dictionary");
  Bitmap out = ODE_TRY(make_bitmap(width, height_, budget_));
  if (size != 0) {
    ODE_TRY(decode_mmr(in.take(static_cast<std::uint64_t>(size)), out, budget_));
    return out;
  }
  for (int y = 0; y < out.height && !in.damaged(); ++y) {  // not compressed
    const ByteView row = in.take(out.stride_bytes);
    std::copy_n(as_u8(row.data()), row.size(), out.row(y));
    if ((out.width & 7) != 0)
      out.row(y)[out.stride_bytes - 1] &= static_cast<std::uint8_t>(0xff00 >> (out.width & 7));
  }
  return out;
}

Status SymbolDecoder::split(const Bitmap& all, const std::vector<std::int64_t>& widths) {
  std::int64_t x = 0;
  for (const std::int64_t width : widths) {
    ODE_TRY(budget_.poll());
    Bitmap symbol = ODE_TRY(make_bitmap(width, height_, budget_));
    copy_part(all, x, 0, symbol);
    ODE_TRY(define(std::move(symbol)));
    x += width;
  }
  return Ok{};
}

/// 6.5.10: runs of symbols that are left out and exported, by turns.
template <class ReadRun>
Result<SymbolDictionary> SymbolDecoder::export_symbols(ReadRun read_run) {
  SymbolDictionary out;
  std::size_t at = 0;
  for (bool exported = false; at < symbols_.size(); exported = !exported) {
    ODE_TRY(budget_.take_symbols(1));
    const std::optional<std::int64_t> run = read_run();
    const auto left = static_cast<std::int64_t>(symbols_.size() - at);
    if (!run || *run < 0 || *run > left) return damaged("damaged JBIG2 export flags");
    const auto from = symbols_.begin() + static_cast<std::ptrdiff_t>(at);
    if (exported) out.symbols.insert(out.symbols.end(), from, from + *run);
    at += static_cast<std::size_t>(*run);
  }
  if (header_.retains_contexts) {
    ODE_TRY(
        budget_.take_memory(static_cast<std::int64_t>(generic_contexts_.size() + refiner_.contexts.size())));
    out.retained = {header_.generic, std::move(generic_contexts_), std::move(refiner_)};
  }
  return out;
}

Result<SymbolDictionary> SymbolDecoder::decode_arithmetic(ByteView data) {
  ArithmeticDecoder in(data);
  TextContexts text_contexts(id_bits_);
  ArithmeticTextValues text(in, text_contexts, id_bits_, refiner_);
  while (symbols_.size() < wanted()) ODE_TRY(decode_class(in, text));
  return export_symbols([this, &in]() -> std::optional<std::int64_t> {
    if (in.exhausted()) return std::nullopt;
    return decode_integer(in, export_contexts_);
  });
}

Result<SymbolDictionary> SymbolDecoder::decode_huffman(BitReader& in, const Tables& tables) {
  if (header_.made_of_others) {
    // The tables of 6.5.8.2, Table 17.
    TextTables text_tables;
    text_tables.first_s = standard_table(6);
    text_tables.next_s = standard_table(8);
    text_tables.strip_t = standard_table(11);
    text_tables.refined_width = text_tables.refined_height = standard_table(15);
    text_tables.refined_x = text_tables.refined_y = standard_table(15);
    text_tables.refined_size = standard_table(1);
    text_tables.id_bits = id_bits_;
    HuffmanTextValues text(in, text_tables, refiner_);
    while (symbols_.size() < wanted()) ODE_TRY(decode_class(in, tables, text));
  } else {
    while (symbols_.size() < wanted()) ODE_TRY(decode_class(in, tables));
  }
  return export_symbols([&in, &tables] { return tables.run->decode(in); });
}

}  // namespace

Result<std::vector<Symbol>> gather_symbols(const Referred& referred, Budget& budget) {
  std::vector<Symbol> out;
  for (const SymbolDictionary* dictionary : referred.dictionaries) {
    ODE_TRY(budget.take_symbols(static_cast<std::int64_t>(dictionary->symbols.size())));
    out.insert(out.end(), dictionary->symbols.begin(), dictionary->symbols.end());
  }
  return out;
}

int symbol_id_bits(std::size_t symbols) {
  int bits = 0;
  while ((std::size_t{1} << bits) < symbols) ++bits;
  return bits;
}

Result<SharedTable> TableChooser::choose(std::uint32_t choice, std::initializer_list<int> standard) {
  if (choice < standard.size()) return standard_table(standard.begin()[choice]);
  const bool own = choice == 3 || standard.size() == 1;
  if (!own || next_ >= referred_.tables.size()) return damaged("JBIG2 Huffman table that does not exist");
  return referred_.tables[next_++];
}

Result<SymbolDictionary> decode_symbols(ByteView data, const Referred& referred, Budget& budget) {
  BitReader in(data);
  const std::uint32_t flags = in.u16();
  const Header header = ODE_TRY(read_header(in, flags));
  ODE_TRY(budget.take_symbols(header.defined));
  SymbolDecoder decoder(header, ODE_TRY(gather_symbols(referred, budget)), budget);
  ODE_TRY(decoder.prepare(referred));
  if (!header.huffman) return decoder.decode_arithmetic(in.rest());
  const Tables tables = ODE_TRY(choose_tables(flags, referred));
  return decoder.decode_huffman(in, tables);
}

}  // namespace ode::images::jbig2
