// Arithmetic coding of JBIG2: the MQ decoder (T.88, Annex E) and the numbers that are coded with it (Annex
// A).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/base/bytes.h"

namespace ode::images::jbig2 {

/// What a context has learnt: twice the state of Table E.1, plus the more probable symbol. All begin with 0.
using Context = std::uint8_t;

struct ContextState {
  std::uint32_t less_probable;  ///< size of the less probable symbol's interval (Qe), in the upper half
  Context after_more, after_less;
};

/// Indexed by Context.
extern const std::array<ContextState, 94> kContextStates;

/// A decoder that was fed as many bytes beyond the end of its data is exhausted. The two or three that the
/// register looks ahead are never missed; a blank tail, whose bytes encoders may cut (T.88, E.2.9), needs one
/// for 262,144 pixels once its context is settled. So many pixels on, nothing but blank can follow.
inline constexpr int kBytesBehindEndMax = 64;

/// T.88, E.3, with the register turned round: it holds the distance of the code from the upper end of the
/// interval, so that the more probable symbol, whose part lies there, leaves it alone.
class ArithmeticDecoder {
 public:
  explicit ArithmeticDecoder(ByteView bytes) : next_(as_u8(bytes.data())), end_(next_ + bytes.size()) {
    // INITDEC, E.3.5. The interval is 0x8000 of 16 bits.
    byte_ = next_ < end_ ? *next_++ : 0xff;
    distance_ = 0U - (byte_ << 16);
    feed();
    distance_ = (distance_ << 7) + interval_;
    bits_left_ -= 7;
  }

  /// The next decision. Inlined, so that a loop may keep a copy of the decoder in registers.
  std::uint32_t decode(Context& context) {
    const ContextState& state = kContextStates[context];
    const std::uint32_t more_probable = context & 1U;
    interval_ -= state.less_probable;
    if (distance_ <= interval_) {
      if (interval_ >= kHalf) return more_probable;
      return renormalize(context, state, interval_ < state.less_probable ? more_probable ^ 1 : more_probable,
                         more_probable);
    }
    distance_ -= interval_;
    const bool exchanged = interval_ < state.less_probable;
    interval_ = state.less_probable;
    return renormalize(context, state, exchanged ? more_probable : more_probable ^ 1, more_probable);
  }

  /// Eight zeros at once where decode() would give them and learn nothing: in white paper, that is most of
  /// the time. Otherwise nothing happens.
  bool decode_eight_zeros(Context context) {
    if ((context & 1) != 0) return false;
    const std::uint64_t taken = std::uint64_t{kContextStates[context].less_probable} * 8;
    if (taken > interval_ - kHalf) return false;
    const std::uint32_t left = interval_ - static_cast<std::uint32_t>(taken);
    if (distance_ > left) return false;
    interval_ = left;
    return true;
  }

  bool exhausted() const { return bytes_behind_end_ >= kBytesBehindEndMax; }
  /// Exhausted, and no marker said that all was told. Behind a marker the ones go on for as long as they are
  /// asked for (E.3.4), and encoders leave whole images to them; the pixels of a region are few or paid for.
  bool cut_off() const { return exhausted() && next_ == end_; }

 private:
  static constexpr std::uint32_t kHalf = 0x80000000;

  std::uint32_t renormalize(Context& context, const ContextState& state, std::uint32_t symbol,
                            std::uint32_t more_probable) {
    context = symbol == more_probable ? state.after_more : state.after_less;
    int shift = __builtin_clz(interval_);
    while (shift > 0) {
      if (bits_left_ == 0) feed();
      const int now = shift < bits_left_ ? shift : bits_left_;
      interval_ <<= now;
      distance_ <<= now;
      bits_left_ -= now;
      shift -= now;
    }
    return symbol;
  }

  /// BYTEIN, E.3.4: after 0xff come seven bits, or a marker, behind which all is ones.
  void feed() {
    const std::uint32_t byte = next_ < end_ ? *next_ : 0xff;
    if (byte_ == 0xff && byte > 0x8f) {
      distance_ -= 0xff00;
      bits_left_ = 8;
      bytes_behind_end_ += bytes_behind_end_ < kBytesBehindEndMax ? 1 : 0;
      return;
    }
    next_ += next_ < end_ ? 1 : 0;
    bits_left_ = byte_ == 0xff ? 7 : 8;
    distance_ -= byte << (16 - bits_left_);
    byte_ = byte;
  }

  const std::uint8_t *next_, *end_;
  std::uint32_t interval_ = kHalf, distance_ = 0, byte_ = 0;
  int bits_left_ = 0, bytes_behind_end_ = 0;
};

/// The contexts of one kind of number: IADT, IAFS … (Annex A).
using IntegerContexts = std::array<Context, 512>;

/// T.88, A.2. No value: out of band.
std::optional<std::int64_t> decode_integer(ArithmeticDecoder& in, IntegerContexts& contexts);

/// T.88, A.3 (IAID): a symbol of `bits` bits. REQUIRES: contexts.size() == 1 << bits.
std::uint32_t decode_symbol_id(ArithmeticDecoder& in, std::vector<Context>& contexts, int bits);

}  // namespace ode::images::jbig2
