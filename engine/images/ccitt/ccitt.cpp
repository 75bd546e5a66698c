// Rows are lists of changing elements (T.4, 4.2.1.3.1): columns at which the colour changes, white first. A
// row is read against the list of the one above, then painted.
#include "engine/images/ccitt/ccitt.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "engine/images/ccitt/codes.h"

namespace ode::images {
namespace {

class BitReader {
 public:
  explicit BitReader(ByteView bytes) : next_(as_u8(bytes.data())), end_(next_ + bytes.size()) {}

  /// The next `bits` (at most 24); zeros behind the end.
  std::uint32_t peek(int bits) {
    if (held_ < 24) refill();
    return static_cast<std::uint32_t>(window_ >> (64 - bits));
  }
  /// REQUIRES: peek(n) with n >= bits came before.
  void skip(int bits) {
    window_ <<= bits;
    held_ -= bits;
    used_ += static_cast<std::uint64_t>(bits);
  }
  void align() {
    peek(8);
    skip(static_cast<int>(-used_ & 7));
  }
  std::size_t bytes_used() const { return static_cast<std::size_t>((used_ + 7) / 8); }
  /// Every bit of the data is used up.
  bool at_end() {
    if (held_ < 24) refill();
    return next_ == end_ && held_ <= padding_;
  }

 private:
  void refill() {
    while (held_ <= 56) {
      std::uint64_t byte = 0;
      if (next_ < end_) {
        byte = *next_++;
      } else {
        padding_ += 8;
      }
      window_ |= byte << (56 - held_);
      held_ += 8;
    }
  }

  const std::uint8_t *next_, *end_;
  std::uint64_t window_ = 0, used_ = 0;
  int held_ = 0, padding_ = 0;
};

constexpr std::uint32_t kEndOfBlock = 0x001001;  // of T.6: two end-of-line codes

enum class RowEnd : std::uint8_t { whole, damaged };

class Decoder {
 public:
  Decoder(ByteView bytes, const CcittOptions& options)
      : in_(bytes), options_(options), columns_(options.columns) {
    above_.assign(4, columns_);
    row_.reserve(64);
    pixels_.resize((static_cast<std::size_t>(columns_) + 7) / 8);
  }

  Result<int> run(const CancelFlag* cancel, const CcittRowSink& sink);
  /// After run() of T.6: the end-of-block code as well, if there is one.
  std::size_t finish() {
    if (in_.peek(24) == kEndOfBlock) in_.skip(24);
    return in_.bytes_used();
  }

 private:
  enum class Next : std::uint8_t { row_1d, row_2d, end };
  Next begin_row(int y);
  bool skip_end_of_line();
  bool skip_to_end_of_line();
  RowEnd read_1d();
  RowEnd read_2d();
  int read_run(bool black);
  /// Ends the current run at `column`; damage may point backwards.
  void change_at(int column) { row_.push_back(std::clamp(column, row_.empty() ? 0 : row_.back(), columns_)); }
  /// Runs of no length end nothing, so that a row of them could go on for as long as the data does.
  bool too_many_changes() const { return row_.size() > 2 * static_cast<std::size_t>(columns_) + 8; }
  void paint();

  BitReader in_;
  CcittOptions options_;
  int columns_;
  std::vector<int> above_, row_;  ///< changing elements; `above_` ends in several times columns_
  std::vector<std::uint8_t> pixels_;
};

/// Fill bits and an end-of-line code: eleven zeros or more, then a one. No row begins like that.
bool Decoder::skip_end_of_line() {
  if (in_.peek(11) != 0 || in_.at_end()) return false;
  while (!in_.at_end() && in_.peek(1) == 0) in_.skip(1);
  if (in_.at_end()) return false;
  in_.skip(1);
  return true;
}

/// After damage: on to the next end-of-line code, which stays to be read.
bool Decoder::skip_to_end_of_line() {
  while (!in_.at_end()) {
    if (in_.peek(12) == 1) return true;
    in_.skip(1);
  }
  return false;
}

Decoder::Next Decoder::begin_row(int y) {
  if (options_.k < 0) {
    if (options_.byte_align) in_.align();
    // T.6 has no end-of-line codes but the two that end the block. A lone one in front of the data is passed
    // over.
    if (in_.peek(12) == 1 && (y > 0 || in_.peek(24) == kEndOfBlock)) return Next::end;
    if (y == 0 && in_.peek(12) == 1) in_.skip(12);
    return in_.at_end() ? Next::end : Next::row_2d;
  }
  int codes = 0;
  bool two_dimensional = false;
  // A tag bit follows each end-of-line code, and stands alone where a row has none.
  do {
    const bool found = skip_end_of_line();
    if (!found && codes > 0) break;
    if (!found && options_.byte_align) in_.align();
    codes += found ? 1 : 0;
    if (in_.at_end()) return Next::end;
    if (options_.k > 0) {
      two_dimensional = in_.peek(1) == 0;
      in_.skip(1);
    }
    if (!found) break;
  } while (codes < 6);
  // Return to control is six codes in a row; two are no row either.
  if (codes >= 2 && y > 0 && options_.end_of_block) return Next::end;
  return two_dimensional ? Next::row_2d : Next::row_1d;
}

/// A run of one colour: make-up codes and a terminating one. −1 for a code that does not exist.
int Decoder::read_run(bool black) {
  int run = 0;
  for (;;) {
    const ccitt::Code code = black ? ccitt::black_codes()[in_.peek(ccitt::kBlackBits)]
                                   : ccitt::white_codes()[in_.peek(ccitt::kWhiteBits)];
    if (code.value < 0) return -1;
    in_.skip(code.bits);
    run += code.value;
    if (code.value < 64) return run;
    if (run > columns_ + 2560) return -1;
  }
}

RowEnd Decoder::read_1d() {
  int column = 0;
  for (bool black = false; column < columns_; black = !black) {
    const int run = read_run(black);
    if (run < 0 || too_many_changes()) return RowEnd::damaged;
    column += run;
    change_at(column);
  }
  return RowEnd::whole;
}

RowEnd Decoder::read_2d() {
  const auto& modes = ccitt::mode_codes();
  int column = 0;      // a0
  std::size_t b1 = 0;  // into above_; its parity is the colour that ends there
  bool black = false;
  // b1 lies to the right of a0 and ends a run of a0's colour; before the first code a0 is left of the row.
  const auto settle = [&] {
    while (above_[b1] < columns_ && above_[b1] <= column) b1 += 2;
  };
  while (column < columns_) {
    const ccitt::Code code = modes[in_.peek(ccitt::kModeBits)];
    if (code.value < 0) return RowEnd::damaged;
    in_.skip(code.bits);
    if (code.value <= 6) {
      const int a1 = above_[b1] + code.value - ccitt::kVerticalZero;
      if (a1 < column || too_many_changes()) return RowEnd::damaged;
      change_at(a1);
      column = row_.back();
      black = !black;
      // The next b1 is of the other colour: one further on, or, after a step to the left, perhaps one back.
      b1 = b1 > 0 ? b1 - 1 : b1 + 1;
    } else if (code.value == static_cast<int>(ccitt::Mode::pass)) {
      column = above_[b1 + 1];
      b1 += above_[b1] < columns_ ? 2 : 0;
    } else {
      const int here = read_run(black);
      const int there = here < 0 ? -1 : read_run(!black);
      if (there < 0 || too_many_changes()) return RowEnd::damaged;
      change_at(column + here);
      change_at(column + here + there);
      column = row_.back();
    }
    settle();
  }
  return RowEnd::whole;
}

/// Bits [from, to) of a row, set.
void set_bits(std::uint8_t* row, int from, int to) {
  if (from >= to) return;
  const int first = from >> 3, last = to >> 3;
  const auto head = static_cast<std::uint8_t>(0xff >> (from & 7)),
             tail = static_cast<std::uint8_t>(0xff00 >> (to & 7));
  if (first == last) {
    row[first] |= head & tail;
    return;
  }
  row[first] |= head;
  std::memset(row + first + 1, 0xff, static_cast<std::size_t>(last - first - 1));
  if ((to & 7) != 0) row[last] |= tail;
}

/// Black runs as ones, or all turned round.
void Decoder::paint() {
  std::fill(pixels_.begin(), pixels_.end(), std::uint8_t{0});
  for (std::size_t i = 0; i < row_.size(); i += 2) {
    set_bits(pixels_.data(), row_[i], i + 1 < row_.size() ? row_[i + 1] : columns_);
  }
  if (options_.black_is_1) return;
  for (std::uint8_t& byte : pixels_) byte = static_cast<std::uint8_t>(~byte);
}

Result<int> Decoder::run(const CancelFlag* cancel, const CcittRowSink& sink) {
  int y = 0;
  for (; y < options_.rows; ++y) {
    if ((y & 255) == 0 && is_cancelled(cancel)) return Error{ErrorKind::cancelled, "cancelled"};
    const Next next = begin_row(y);
    if (next == Next::end) break;
    row_.clear();
    const RowEnd end = next == Next::row_2d ? read_2d() : read_1d();
    if (end == RowEnd::damaged && row_.empty() && in_.at_end()) break;
    if (end == RowEnd::damaged && (row_.size() & 1) != 0) row_.push_back(row_.back());  // the rest is paper
    paint();
    sink(y, pixels_.data());
    // Four sentinels: b1 and b2 of both colours at the end of the row.
    row_.insert(row_.end(), 4, columns_);
    std::swap(row_, above_);
    if (end == RowEnd::damaged && (options_.k < 0 || !skip_to_end_of_line())) {
      ++y;
      break;
    }
  }
  if (y == 0) return Error{ErrorKind::malformed, "damaged CCITT fax data"};
  return y;
}

}  // namespace

Result<int> decode_ccitt(ByteView bytes, const CcittOptions& options, const CancelFlag* cancel,
                         const CcittRowSink& sink) {
  if (options.columns < 1 || options.columns > kCcittColumnsMax) {
    return Error{ErrorKind::malformed, "CCITT fax of impossible width"};
  }
  return Decoder(bytes, options).run(cancel, sink);
}

Result<std::size_t> decode_mmr(ByteView bytes, int columns, int rows, const CancelFlag* cancel,
                               const CcittRowSink& sink) {
  if (columns < 1 || columns > kCcittColumnsMax) {
    return Error{ErrorKind::malformed, "CCITT fax of impossible width"};
  }
  CcittOptions options;
  options.k = -1;
  options.black_is_1 = true;
  options.columns = columns;
  options.rows = rows;
  Decoder decoder(bytes, options);
  ODE_TRY(decoder.run(cancel, sink));
  return std::min(decoder.finish(), bytes.size());
}

}  // namespace ode::images
