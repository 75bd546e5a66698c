// LZW: ISO 32000-2, 7.4.4.2. Every string of the table stands somewhere in the output already, so an entry is
// a place and a length there and decoding is copying.
#include <array>
#include <cstring>

#include "engine/pdf/filters/filters.h"

namespace ode::pdf {
namespace {

constexpr unsigned kClear = 256, kEnd = 257, kFirst = 258, kTableSize = 4096;

class BitReader {
 public:
  explicit BitReader(ByteView in) : in_(in) {}
  /// False at the end of the data.
  bool read(int bits, unsigned& code) {
    while (held_ < bits) {
      if (next_ == in_.size()) return false;
      word_ = (word_ << 8) | std::to_integer<std::uint32_t>(in_[next_++]);
      held_ += 8;
    }
    held_ -= bits;
    code = (word_ >> held_) & ((1U << bits) - 1);
    return true;
  }

 private:
  ByteView in_;
  std::size_t next_ = 0;
  std::uint32_t word_ = 0;
  int held_ = 0;
};

struct Entry {
  std::size_t begin = 0;
  std::size_t length = 0;
};

}  // namespace

Result<Decoded> decode_lzw(ByteView in, int early_change, std::size_t bytes_max) {
  Decoded decoded;
  ByteBuffer& out = decoded.bytes;
  BitReader reader(in);
  std::array<Entry, kTableSize> table{};
  const unsigned early = early_change != 0 ? 1 : 0;
  unsigned next = kFirst;
  int bits = 9;
  Entry previous;
  const Error no_room{ErrorKind::limit_exceeded, "a stream decodes to more than the limit"};

  unsigned code = 0;
  while (reader.read(bits, code) && code != kEnd) {
    if (code == kClear) {
      next = kFirst, bits = 9, previous = {};
      continue;
    }
    // A code not yet in the table is the one being built: the previous string and its own first byte again.
    const bool building = code >= next;
    if (building && (code > next || previous.length == 0)) {
      decoded.complete = false;
      break;
    }
    const std::size_t begin = out.size();
    const Entry source = building ? previous : table[code];
    const std::size_t length = code < kClear ? 1 : source.length + (building ? 1 : 0);
    if (length > bytes_max - out.size()) return no_room;
    if (out.capacity() < begin + length && !out.reserve((begin + length) * 2 + 1024)) return no_room;
    if (code < kClear) {
      out.data()[begin] = static_cast<std::byte>(code);
    } else {
      std::memcpy(out.data() + begin, out.data() + source.begin, source.length);
      if (building) out.data()[begin + source.length] = out.data()[source.begin];
    }
    out.set_size(begin + length);
    // The new entry is the previous string and the byte after it, which was just written there.
    if (previous.length != 0 && next < kTableSize) table[next++] = {previous.begin, previous.length + 1};
    previous = {begin, length};
    if (next + early >= (1U << bits) && bits < 12) ++bits;
  }
  return decoded;
}

}  // namespace ode::pdf
