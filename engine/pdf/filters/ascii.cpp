// The filters without tables: ASCIIHex, ASCII85 and RunLength. ISO 32000-2, 7.4.2, 7.4.3 and 7.4.5.
#include <algorithm>
#include <cstring>

#include "engine/pdf/filters/filters.h"

namespace ode::pdf {
namespace {

Error too_long() { return {ErrorKind::limit_exceeded, "a stream decodes to more than the limit"}; }

bool is_space(unsigned c) { return c == 0 || c == 9 || c == 10 || c == 12 || c == 13 || c == 32; }

int hex_digit(unsigned c) {
  if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<int>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<int>(c - 'A' + 10);
  return -1;
}

// Appends the `count - 1` bytes that `count` base-85 digits stand for (a full group has five digits).
bool append_group(ByteBuffer& out, std::uint32_t value, int count) {
  for (int i = 0; i < count - 1; ++i) {
    if (!out.push(static_cast<std::uint8_t>(value >> (24 - 8 * i)))) return false;
  }
  return true;
}

}  // namespace

Result<Decoded> decode_ascii_hex(ByteView in, std::size_t bytes_max) {
  Decoded decoded;
  if (in.size() / 2 > bytes_max) return too_long();
  if (!decoded.bytes.reserve(in.size() / 2 + 1)) return too_long();
  int high = -1;
  for (std::byte byte : in) {
    const unsigned c = std::to_integer<unsigned>(byte);
    if (c == '>') break;
    if (is_space(c)) continue;
    const int digit = hex_digit(c);
    if (digit < 0) {
      decoded.complete = false;
      continue;
    }
    if (high < 0) {
      high = digit;
      continue;
    }
    if (!decoded.bytes.push(static_cast<std::uint8_t>(high * 16 + digit))) return too_long();
    high = -1;
  }
  // An odd number of digits ends as if a 0 followed.
  if (high >= 0 && !decoded.bytes.push(static_cast<std::uint8_t>(high * 16))) return too_long();
  return decoded;
}

Result<Decoded> decode_ascii85(ByteView in, std::size_t bytes_max) {
  Decoded decoded;
  std::uint32_t value = 0;
  int count = 0;
  std::size_t i = 0;
  while (i < in.size() && is_space(std::to_integer<unsigned>(in[i]))) ++i;
  if (as_chars(in.subspan(i)).substr(0, 2) == "<~") i += 2;
  for (; i < in.size(); ++i) {
    const unsigned c = std::to_integer<unsigned>(in[i]);
    if (c == '~') break;
    if (is_space(c)) continue;
    if (decoded.bytes.size() + 4 > bytes_max) return too_long();
    if (c == 'z' && count == 0) {
      if (!append_group(decoded.bytes, 0, 5)) return too_long();
      continue;
    }
    if (c < '!' || c > 'u') {
      decoded.complete = false;
      continue;
    }
    value = value * 85 + (c - '!');  // a group above 2^32 wraps, as in other readers
    if (++count < 5) continue;
    if (!append_group(decoded.bytes, value, 5)) return too_long();
    value = 0, count = 0;
  }
  if (count > 1) {
    for (int pad = count; pad < 5; ++pad) value = value * 85 + 84;
    if (!append_group(decoded.bytes, value, count)) return too_long();
  }
  return decoded;
}

Result<Decoded> decode_run_length(ByteView in, std::size_t bytes_max) {
  Decoded decoded;
  ByteBuffer& out = decoded.bytes;
  std::size_t i = 0;
  while (i < in.size()) {
    const std::size_t length = std::to_integer<std::size_t>(in[i++]);
    if (length == 128) break;
    const std::size_t count = length < 128 ? length + 1 : 257 - length;
    if (count > bytes_max - out.size()) return too_long();
    if (length < 128) {
      const std::size_t there = std::min(count, in.size() - i);
      if (!out.append(in.subspan(i, there))) return too_long();
      i += there;
      decoded.complete = there == count;
      continue;
    }
    if (i == in.size()) {
      decoded.complete = false;
      break;
    }
    if (out.capacity() - out.size() < count && !out.reserve(out.capacity() * 2 + 1024)) return too_long();
    std::memset(out.data() + out.size(), std::to_integer<int>(in[i++]), count);
    out.set_size(out.size() + count);
  }
  return decoded;
}

}  // namespace ode::pdf
