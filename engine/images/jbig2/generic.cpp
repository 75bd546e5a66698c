#include "engine/images/jbig2/generic.h"

#include <algorithm>

#include "engine/images/ccitt/ccitt.h"
#include "engine/images/jbig2/templates.h"

namespace ode::images::jbig2 {
namespace {

constexpr std::array<AdaptivePixel, 12> kExtendedNominal = {{{-2, 0},
                                                             {0, -2},
                                                             {-2, -1},
                                                             {-1, -2},
                                                             {1, -2},
                                                             {2, -1},
                                                             {-3, 0},
                                                             {-4, 0},
                                                             {2, -2},
                                                             {3, -1},
                                                             {-2, -2},
                                                             {-3, -1}}};

/// The rows above one that is decoded, as they roll into its contexts.
struct RowsAbove {
  RowView high, middle;

  /// The context of column 0.
  std::uint32_t first(const TemplateShape& shape) const {
    return (high.byte(0) >> (7 - shape.high_ahead)) * shape.high_mask << shape.high_bit |
           middle.byte(0) >> (7 - shape.middle_ahead) << shape.middle_bit;
  }
};

/// The pixels of a row above that roll in while eight pixels are decoded: the first at bit `to` + 7.
std::uint32_t incoming(std::uint32_t two_bytes, int ahead, int to) {
  return (two_bytes >> (7 - ahead) & 0xff) << to;
}

/// A row of a template whose adaptive pixels are at their nominal places: eight pixels at a time.
template <int kTemplate>
void decode_row(ArithmeticDecoder& coder, Context* contexts, const RowsAbove& above, std::uint8_t* row,
                int width) {
  constexpr TemplateShape kShape = kTemplates[kTemplate];
  constexpr std::uint32_t kHighBit = kShape.high_mask << kShape.high_bit,
                          kMiddleBit = 1U << kShape.middle_bit;
  ArithmeticDecoder in = coder;  // a copy that nothing else points to lives in registers
  std::uint32_t context = above.first(kShape);
  std::uint32_t high = above.high.byte(0), middle = above.middle.byte(0);
  for (int x = 0; x < width; x += 8) {
    const auto next = static_cast<std::size_t>(x >> 3) + 1;
    high = (high << 8 | above.high.byte(next)) & 0xffff;
    middle = (middle << 8 | above.middle.byte(next)) & 0xffff;
    const std::uint32_t high_in = incoming(high, kShape.high_ahead, kShape.high_bit) * kShape.high_mask;
    const std::uint32_t middle_in = incoming(middle, kShape.middle_ahead, kShape.middle_bit);
    const int count = std::min(8, width - x);
    if ((context | high_in | middle_in) == 0 && count == 8 && in.decode_eight_zeros(contexts[0])) continue;
    std::uint32_t byte = 0;
    for (int i = 0; i < count; ++i) {
      const std::uint32_t bit = in.decode(contexts[context]);
      byte = byte << 1 | bit;
      context = (context & kShape.kept) << 1 | bit | (high_in >> (7 - i) & kHighBit) |
                (middle_in >> (7 - i) & kMiddleBit);
    }
    row[x >> 3] = static_cast<std::uint8_t>(byte << (8 - count));
  }
  coder = in;
}

/// An adaptive pixel that is not at its nominal place.
struct Moved {
  int dx, dy;
  std::uint32_t bit;  ///< of the context
};

/// Rows of any template: adaptive pixels anywhere, pixels skipped. One pixel at a time.
class GeneralRows {
 public:
  GeneralRows(const GenericTemplate& shape, const Bitmap* skip, Bitmap& out)
      : shape_(shape.extended ? kExtendedTemplate : kTemplates[static_cast<std::size_t>(shape.number)]),
        skip_(skip),
        out_(out) {
    const auto nominal = shape.extended ? kExtendedNominal : nominal_adaptive(shape.number);
    for (std::size_t i = 0; i < shape.adaptive_count(); ++i) {
      if (shape.adaptive[i] == nominal[i]) continue;
      moved_.push_back({shape.adaptive[i].dx, shape.adaptive[i].dy, 1U << shape_.adaptive[i]});
      fixed_ &= ~moved_.back().bit;
    }
  }
  bool all_nominal() const { return moved_.empty() && skip_ == nullptr; }

  /// How many times more a pixel costs than with adaptive pixels at their nominal places.
  std::int64_t extra_cost() const { return 1 + static_cast<std::int64_t>(moved_.size()) / 4; }

  void decode(ArithmeticDecoder& coder, Context* contexts, const RowsAbove& above, int y) {
    ArithmeticDecoder in = coder;
    std::uint8_t* const row = out_.row(y);
    const RowView skipped = skip_ != nullptr ? skip_->view(y) : RowView{};
    std::array<RowView, 12> moved_rows;
    for (std::size_t i = 0; i < moved_.size(); ++i) moved_rows[i] = out_.view(y + moved_[i].dy);
    std::uint32_t context = above.first(shape_);
    for (int x = 0; x < out_.width; ++x) {
      std::uint32_t used = context & fixed_;
      for (std::size_t i = 0; i < moved_.size(); ++i)
        used |= moved_rows[i].pixel(x + moved_[i].dx) * moved_[i].bit;
      const std::uint32_t bit = skipped.pixel(x) != 0 ? 0 : in.decode(contexts[used]);
      row[x >> 3] = static_cast<std::uint8_t>(row[x >> 3] | bit << (7 - (x & 7)));
      context = (context & shape_.kept) << 1 | bit |
                above.high.pixel(x + 1 + shape_.high_ahead) * shape_.high_mask << shape_.high_bit |
                above.middle.pixel(x + 1 + shape_.middle_ahead) << shape_.middle_bit;
    }
    coder = in;
  }

 private:
  TemplateShape shape_;
  const Bitmap* skip_;
  Bitmap& out_;
  std::vector<Moved> moved_;
  std::uint32_t fixed_ = 0xffff;
};

using RowDecoder = void (*)(ArithmeticDecoder&, Context*, const RowsAbove&, std::uint8_t*, int);
constexpr std::array<RowDecoder, 4> kRowDecoders = {decode_row<0>, decode_row<1>, decode_row<2>,
                                                    decode_row<3>};

}  // namespace

Status read_adaptive(BitReader& in, GenericTemplate& out) {
  for (std::size_t i = 0; i < out.adaptive_count(); ++i) {
    const int dx = in.i8(), dy = in.i8();
    if (dy > 0 || (dy == 0 && dx >= 0)) return damaged("JBIG2 template of pixels to come");
    out.adaptive[i] = {dx, dy};
  }
  return Ok{};
}

std::array<AdaptivePixel, 12> nominal_adaptive(int number) {
  if (number == 0) return {{{3, -1}, {-3, -1}, {2, -2}, {-2, -2}}};
  return {{{number == 1 ? 3 : 2, -1}}};
}

Status decode_generic(ArithmeticDecoder& in, std::vector<Context>& contexts, const GenericTemplate& shape,
                      const Bitmap* skip, Bitmap& out, Budget& budget) {
  const auto number = static_cast<std::size_t>(shape.number);
  GeneralRows general(shape, skip, out);
  if (!general.all_nominal()) ODE_TRY(budget.take_bitmap(out.width, out.height * general.extra_cost()));
  bool repeats = false;
  for (int y = 0; y < out.height && !in.cut_off(); ++y) {
    ODE_TRY(budget.poll());
    if (shape.typical) repeats = repeats != (in.decode(contexts[kTemplates[number].typical]) != 0);
    const RowsAbove above{out.view(y - 2), out.view(y - 1)};
    if (repeats) {
      if (y > 0) std::copy_n(out.row(y - 1), out.stride_bytes, out.row(y));
    } else if (general.all_nominal()) {
      kRowDecoders[number](in, contexts.data(), above, out.row(y), out.width);
    } else {
      general.decode(in, contexts.data(), above, y);
    }
  }
  return Ok{};
}

Result<std::size_t> decode_mmr(ByteView data, Bitmap& out, const Budget& budget) {
  if (out.width == 0 || out.height == 0) return std::size_t{0};
  const auto sink = [&out](int y, const std::uint8_t* row) {
    std::copy_n(row, out.stride_bytes, out.row(y));
  };
  return images::decode_mmr(data, out.width, out.height, budget.cancel_flag(), sink);
}

}  // namespace ode::images::jbig2
