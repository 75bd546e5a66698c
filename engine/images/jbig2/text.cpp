#include "engine/images/jbig2/text.h"

namespace ode::images::jbig2 {
namespace {

Result<std::int64_t> required(std::optional<std::int64_t> value) {
  if (!value) return damaged("JBIG2 text region without a number");
  return *value;
}

template <class Values>
class TextDecoder {
 public:
  TextDecoder(const TextLayout& layout, std::span<const Symbol> symbols, Values& values, Bitmap& out,
              Budget& budget)
      : layout_(layout), symbols_(symbols), values_(values), out_(out), budget_(budget) {}

  /// T.88, 6.4.5.
  Status run() {
    ODE_TRY(budget_.take_symbols(layout_.instances));
    const std::int64_t strip_width = std::int64_t{1} << layout_.strip_log2;
    std::int64_t strip_t = -ODE_TRY(required(values_.strip_t())) * strip_width;
    std::int64_t first_s = 0;
    for (std::uint32_t instance = 0; instance < layout_.instances;) {
      strip_t += ODE_TRY(required(values_.strip_t())) * strip_width;
      first_s += ODE_TRY(required(values_.first_s()));
      s_ = first_s;
      for (;;) {
        ODE_TRY(budget_.poll());
        ODE_TRY(place(strip_t));
        const std::optional<std::int64_t> distance = values_.next_s();
        // The last strip ends as all do; whether it says so makes no difference any more.
        if (++instance == layout_.instances) return Ok{};
        if (values_.damaged()) return damaged("JBIG2 text region ends early");
        if (!distance) break;
        s_ += *distance + layout_.s_offset;
      }
    }
    return Ok{};
  }

 private:
  /// One symbol at s_, which moves on behind it (6.4.5, 3c).
  Status place(std::int64_t strip_t) {
    const std::int64_t t =
        strip_t + (layout_.strip_log2 == 0 ? 0 : ODE_TRY(required(values_.t(layout_.strip_log2))));
    const std::int64_t id = ODE_TRY(required(values_.symbol_id()));
    const bool is_refined = layout_.refined && ODE_TRY(required(values_.is_refined())) != 0;
    if (values_.damaged()) return damaged("JBIG2 text region ends early");
    if (id >= static_cast<std::int64_t>(symbols_.size())) return damaged("JBIG2 symbol that does not exist");
    const Bitmap& symbol = *symbols_[static_cast<std::size_t>(id)];
    if (!is_refined) return draw(symbol, t);
    const RefinedBy by = values_.refined_by();
    Bitmap refined = ODE_TRY(make_bitmap(symbol.width + by.width, symbol.height + by.height, budget_));
    const Reference reference{&symbol, (by.width >> 1) + by.x, (by.height >> 1) + by.y};
    ODE_TRY(values_.refine(reference, refined, budget_));
    return draw(refined, t);
  }

  Status draw(const Bitmap& symbol, std::int64_t t) {
    using enum TextLayout::Corner;
    const TextLayout::Corner corner = layout_.corner;
    const bool right = corner == top_right || corner == bottom_right;
    const bool bottom = corner == bottom_left || corner == bottom_right;
    const std::int64_t extent = (layout_.transposed ? symbol.height : symbol.width) - 1;
    // A corner at the far end of the symbol is reached only behind it.
    const bool far = layout_.transposed ? bottom : right;
    if (far) s_ += extent;
    const std::int64_t x = (layout_.transposed ? t : s_) - (right ? symbol.width - 1 : 0);
    const std::int64_t y = (layout_.transposed ? s_ : t) - (bottom ? symbol.height - 1 : 0);
    if (!far) s_ += extent;
    ODE_TRY(charge_drawing(out_, symbol, x, y, budget_));
    combine(out_, symbol, x, y, layout_.op);
    return Ok{};
  }

  const TextLayout& layout_;
  std::span<const Symbol> symbols_;
  Values& values_;
  Bitmap& out_;
  Budget& budget_;
  std::int64_t s_ = 0;  ///< CURS
};

}  // namespace

Status decode_text(const TextLayout& layout, std::span<const Symbol> symbols, ArithmeticTextValues& values,
                   Bitmap& out, Budget& budget) {
  return TextDecoder(layout, symbols, values, out, budget).run();
}

Status decode_text(const TextLayout& layout, std::span<const Symbol> symbols, HuffmanTextValues& values,
                   Bitmap& out, Budget& budget) {
  return TextDecoder(layout, symbols, values, out, budget).run();
}

}  // namespace ode::images::jbig2
