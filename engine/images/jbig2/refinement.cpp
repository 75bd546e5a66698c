#include "engine/images/jbig2/refinement.h"

#include <algorithm>

namespace ode::images::jbig2 {
namespace {

/// Three pixels side by side, the middle one at column x; moves to the right.
class Window {
 public:
  Window(RowView row, std::int64_t x)
      : row_(row), right_(x + 1), bits_(row.pixel(x - 1) << 2 | row.pixel(x) << 1) {
    bits_ |= row.pixel(right_);
  }
  std::uint32_t bits() const { return bits_; }  ///< the right pixel is the lowest
  void move() { bits_ = (bits_ << 1 & 7) | row_.pixel(++right_); }

 private:
  RowView row_;
  std::int64_t right_;
  std::uint32_t bits_;
};

class Rows {
 public:
  Rows(const RefinementTemplate& shape, const Reference& reference, Bitmap& out)
      : shape_(shape), reference_(*reference.bitmap), out_(out) {
    // Beyond any bitmap all distances are alike; so sums of them do not overflow.
    constexpr std::int64_t kFar = std::int64_t{1} << 32;
    dx_ = std::clamp(reference.dx, -kFar, kFar);
    dy_ = std::clamp(reference.dy, -kFar, kFar);
    moved_ = shape.number == 0 && !(shape.adaptive == RefinementTemplate{}.adaptive);
  }

  enum class Prediction : std::uint8_t { none, typical };
  void decode(ArithmeticDecoder& coder, Context* contexts, int y, Prediction prediction) {
    ArithmeticDecoder in = coder;
    std::uint8_t* const row = out_.row(y);
    Window decoded(out_.view(y - 1), 0);
    Window above(reference_.view(y - dy_ - 1), -dx_), here(reference_.view(y - dy_), -dx_),
        below(reference_.view(y - dy_ + 1), -dx_);
    std::uint32_t bit = 0;
    for (int x = 0; x < out_.width; ++x) {
      const std::uint32_t all = above.bits() << 6 | here.bits() << 3 | below.bits();
      if (prediction == Prediction::typical && (all == 0 || all == 0x1ff)) {
        bit = all & 1;
      } else {
        std::uint32_t context = 0;
        if (shape_.number == 0) {
          context = all << 4 | decoded.bits() << 1 | bit;  // Figure 12
          if (moved_) context = (context & ~0x1008U) | moved_pixels(x, y);
        } else {  // Figure 13
          context = (above.bits() >> 1 & 1) << 9 | here.bits() << 6 | (below.bits() & 3) << 4 |
                    decoded.bits() << 1 | bit;
        }
        bit = in.decode(contexts[context]);
      }
      row[x >> 3] = static_cast<std::uint8_t>(row[x >> 3] | bit << (7 - (x & 7)));
      decoded.move();
      above.move();
      here.move();
      below.move();
    }
    coder = in;
  }

 private:
  std::uint32_t moved_pixels(int x, int y) const {
    const AdaptivePixel &ours = shape_.adaptive[0], &theirs = shape_.adaptive[1];
    return out_.view(y + ours.dy).pixel(x + ours.dx) << 3 |
           reference_.view(y - dy_ + theirs.dy).pixel(x - dx_ + theirs.dx) << 12;
  }

  const RefinementTemplate& shape_;
  const Bitmap& reference_;
  Bitmap& out_;
  std::int64_t dx_ = 0, dy_ = 0;
  bool moved_ = false;
};

}  // namespace

Status read_adaptive(BitReader& in, RefinementTemplate& out) {
  if (out.number != 0) return Ok{};
  for (AdaptivePixel& pixel : out.adaptive) {
    pixel.dx = in.i8();
    pixel.dy = in.i8();
  }
  const AdaptivePixel& ours = out.adaptive[0];
  if (ours.dy > 0 || (ours.dy == 0 && ours.dx >= 0)) return damaged("JBIG2 template of pixels to come");
  return Ok{};
}

Status decode_refinement(ArithmeticDecoder& in, std::vector<Context>& contexts,
                         const RefinementTemplate& shape, const Reference& reference, Bitmap& out,
                         const Budget& budget) {
  // Figures 14 and 15: all pixels white but the one of the reference that lies in the middle.
  const std::size_t typical_context = shape.number == 0 ? 0x100 : 0x080;
  Rows rows(shape, reference, out);
  bool typical = false;
  for (int y = 0; y < out.height; ++y) {
    ODE_TRY(budget.poll());
    if (in.cut_off()) return damaged("JBIG2 refinement ends early");
    if (shape.typical) typical = typical != (in.decode(contexts[typical_context]) != 0);
    rows.decode(in, contexts.data(), y, typical ? Rows::Prediction::typical : Rows::Prediction::none);
  }
  return Ok{};
}

}  // namespace ode::images::jbig2
