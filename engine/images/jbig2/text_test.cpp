#include "engine/images/jbig2/text.h"

#include <gtest/gtest.h>

#include "engine/images/jbig2/test_coder.h"

namespace ode::images::jbig2 {
namespace {

using testing::noisy_picture;
using testing::rows_of;
using Corner = TextLayout::Corner;

struct Shown {
  std::uint32_t id;
  std::int64_t s, t;  ///< of the corner that counts
};
using Strip = std::vector<Shown>;

std::vector<Symbol> some_symbols() {
  std::vector<Symbol> out;
  for (const auto& [width, height] : {std::pair{5, 7}, {9, 3}, {1, 1}, {12, 12}, {3, 20}})
    out.push_back(
        std::make_shared<const Bitmap>(noisy_picture(width, height, static_cast<std::uint32_t>(width))));
  return out;
}

bool is_right(Corner corner) { return corner == Corner::top_right || corner == Corner::bottom_right; }
bool is_bottom(Corner corner) { return corner == Corner::bottom_left || corner == Corner::bottom_right; }

/// T.88, 6.4.5, the other way round.
std::string encode_text(const TextLayout& layout, const std::vector<Symbol>& symbols,
                        const std::vector<Strip>& strips) {
  testing::Encoder out;
  TextContexts contexts(3);
  const std::int64_t strip_width = std::int64_t{1} << layout.strip_log2;
  out.integer(contexts.strip_t, 0);
  std::int64_t strip_t = 0, first_s = 0;
  for (const Strip& strip : strips) {
    const std::int64_t begin = strip[0].t / strip_width * strip_width;
    out.integer(contexts.strip_t, (begin - strip_t) / strip_width);
    strip_t = begin;
    std::int64_t current = first_s;
    for (std::size_t i = 0; i < strip.size(); ++i) {
      const Shown& shown = strip[i];
      const Bitmap& symbol = *symbols[shown.id];
      const std::int64_t extent = (layout.transposed ? symbol.height : symbol.width) - 1;
      const bool far = layout.transposed ? is_bottom(layout.corner) : is_right(layout.corner);
      const std::int64_t before = shown.s - (far ? extent : 0);
      if (i == 0) {
        out.integer(contexts.first_s, before - first_s);
        first_s = before;
      } else {
        out.integer(contexts.next_s, before - current - layout.s_offset);
      }
      if (layout.strip_log2 > 0) out.integer(contexts.t, shown.t - strip_t);
      out.symbol_id(contexts.symbol_ids, shown.id, 3);
      current = shown.s + (far ? 0 : extent);
    }
    out.integer(contexts.next_s, std::nullopt);
  }
  return out.finish();
}

Bitmap expected_text(const TextLayout& layout, const std::vector<Symbol>& symbols,
                     const std::vector<Strip>& strips) {
  Budget budget(nullptr);
  Bitmap out = make_bitmap(80, 70, budget).value();
  for (const Strip& strip : strips) {
    for (const Shown& shown : strip) {
      const Bitmap& symbol = *symbols[shown.id];
      const std::int64_t x = layout.transposed ? shown.t : shown.s, y = layout.transposed ? shown.s : shown.t;
      combine(out, symbol, is_right(layout.corner) ? x - symbol.width + 1 : x,
              is_bottom(layout.corner) ? y - symbol.height + 1 : y, layout.op);
    }
  }
  return out;
}

Status decode(const TextLayout& layout, const std::vector<Symbol>& symbols, const std::string& coded,
              Bitmap& out, Budget& budget) {
  ArithmeticDecoder in(as_byte_view(coded));
  TextContexts contexts(3);
  Refiner refiner;
  ArithmeticTextValues values(in, contexts, 3, refiner);
  return decode_text(layout, symbols, values, out, budget);
}

const std::vector<Strip> kStrips = {{{0, 3, 16}, {3, 20, 19}, {2, 21, 17}, {4, 15, 16}},
                                    {{1, 70, 40}, {0, 79, 42}}};

TEST(Jbig2Text, StandsAtEachCornerInEachDirection) {
  const std::vector<Symbol> symbols = some_symbols();
  for (const Corner corner :
       {Corner::bottom_left, Corner::top_left, Corner::bottom_right, Corner::top_right}) {
    for (const bool transposed : {false, true}) {
      for (const Operator op : {Operator::or_, Operator::xor_, Operator::xnor}) {
        TextLayout layout{.corner = corner,
                          .transposed = transposed,
                          .strip_log2 = 3,
                          .s_offset = -5,
                          .op = op,
                          .instances = 6};
        Budget budget(nullptr);
        Bitmap out = make_bitmap(80, 70, budget).value();
        ASSERT_TRUE(decode(layout, symbols, encode_text(layout, symbols, kStrips), out, budget).ok());
        EXPECT_EQ(rows_of(out), rows_of(expected_text(layout, symbols, kStrips)));
      }
    }
  }
}

TEST(Jbig2Text, KeepsWhatWasDrawnBeforeASymbolThatDoesNotExist) {
  const std::vector<Symbol> symbols = some_symbols();
  TextLayout layout{.strip_log2 = 3, .instances = 6};
  const std::string coded = encode_text(layout, symbols, kStrips);
  const std::vector<Symbol> fewer(symbols.begin(), symbols.begin() + 4);
  Budget budget(nullptr);
  Bitmap out = make_bitmap(80, 70, budget).value();
  EXPECT_EQ(decode(layout, fewer, coded, out, budget).error().kind, ErrorKind::malformed);
  EXPECT_EQ(rows_of(out),
            rows_of(expected_text(layout, symbols, {{kStrips[0][0], kStrips[0][1], kStrips[0][2]}})));
}

TEST(Jbig2Text, OfMoreSymbolsThanThereIsDataForEndsSoon) {
  const std::vector<Symbol> symbols = some_symbols();
  TextLayout layout{.instances = static_cast<std::uint32_t>(kGlyphsMax)};
  Budget budget(nullptr);
  Bitmap out = make_bitmap(80, 70, budget).value();
  EXPECT_EQ(decode(layout, symbols, "", out, budget).error().kind, ErrorKind::malformed);
  layout.instances = 10;
  EXPECT_EQ(decode(layout, symbols, "", out, budget).error().kind, ErrorKind::limit_exceeded);
}

TEST(Jbig2Text, StopsWhenCancelled) {
  const std::vector<Symbol> symbols = some_symbols();
  TextLayout layout{.strip_log2 = 3, .instances = 6};
  CancelFlag cancel;
  cancel.cancel();
  Budget budget(&cancel);
  Bitmap out = make_bitmap(80, 70, budget).value();
  EXPECT_EQ(decode(layout, symbols, encode_text(layout, symbols, kStrips), out, budget).error().kind,
            ErrorKind::cancelled);
}

}  // namespace
}  // namespace ode::images::jbig2
