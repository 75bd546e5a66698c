// Flate: libdeflate on the whole buffer. It is all or nothing, so damaged data goes through zlib, which keeps
// what it could inflate before the fault. RFC 1950, RFC 1951.
#include <libdeflate.h>
#include <zlib.h>

#include <algorithm>
#include <climits>

#include "engine/pdf/filters/filters.h"

namespace ode::pdf {
namespace {

Error too_long() { return {ErrorKind::limit_exceeded, "a stream inflates to more than the limit"}; }

// RFC 1950, 2.2: method 8, a multiple of 31, no preset dictionary.
bool has_zlib_header(ByteView in) {
  if (in.size() < 2) return false;
  const unsigned cmf = std::to_integer<unsigned>(in[0]), flags = std::to_integer<unsigned>(in[1]);
  return (cmf & 0x0f) == 8 && (cmf * 256 + flags) % 31 == 0 && (flags & 0x20) == 0;
}

enum class Outcome : std::uint8_t { done, damaged, too_long, no_memory };

Outcome inflate_whole(ByteView deflated, std::size_t bytes_max, ByteBuffer& out) {
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> decompressor(
      libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  if (decompressor == nullptr) return Outcome::no_memory;
  // Text and code inflate four- to eightfold; what inflates more is rare enough to be done again.
  std::size_t capacity = std::clamp<std::size_t>(deflated.size() * 6, 4096, bytes_max);
  for (;;) {
    if (!out.reserve(capacity)) return Outcome::no_memory;
    std::size_t size = 0;
    const libdeflate_result result = libdeflate_deflate_decompress(
        decompressor.get(), deflated.data(), deflated.size(), out.data(), out.capacity(), &size);
    if (result == LIBDEFLATE_SUCCESS) {
      out.set_size(size);
      return Outcome::done;
    }
    if (result != LIBDEFLATE_INSUFFICIENT_SPACE) return Outcome::damaged;
    if (capacity >= bytes_max) return Outcome::too_long;
    capacity = std::min(bytes_max, std::max(out.capacity(), capacity) * 4);
  }
}

// Inflates until the fault and keeps what came before it.
Outcome inflate_salvage(ByteView deflated, std::size_t bytes_max, ByteBuffer& out) {
  out.set_size(0);
  z_stream z{};
  if (inflateInit2(&z, -MAX_WBITS) != Z_OK) return Outcome::no_memory;
  z.next_in = const_cast<Bytef*>(as_u8(deflated.data()));
  z.avail_in = static_cast<uInt>(std::min<std::size_t>(deflated.size(), UINT_MAX));
  Outcome outcome = Outcome::damaged;
  for (int status = Z_OK; status == Z_OK;) {
    if (out.size() == out.capacity() && !out.reserve(std::max<std::size_t>(out.capacity() * 2, 4096))) {
      outcome = Outcome::no_memory;
      break;
    }
    const uInt room = static_cast<uInt>(std::min<std::size_t>(out.capacity() - out.size(), 1U << 30));
    z.next_out = as_u8(out.data() + out.size());
    z.avail_out = room;
    status = inflate(&z, Z_NO_FLUSH);
    out.set_size(out.size() + (room - z.avail_out));
    if (out.size() > bytes_max) {
      outcome = Outcome::too_long;
      break;
    }
    if (status == Z_STREAM_END) outcome = Outcome::done;
  }
  inflateEnd(&z);
  return outcome;
}

}  // namespace

Result<Decoded> decode_flate(ByteView in, std::size_t bytes_max) {
  Decoded decoded;
  // Writers that get the line end after "stream" wrong leave it in the data.
  while (!in.empty() && !has_zlib_header(in) && (in[0] == std::byte{'\r'} || in[0] == std::byte{'\n'}))
    in = in.subspan(1);
  if (in.empty()) return decoded;

  const bool header = has_zlib_header(in);
  Outcome outcome = Outcome::damaged;
  if (header) outcome = inflate_whole(in.subspan(2), bytes_max, decoded.bytes);
  if (outcome == Outcome::damaged && in.size() > 2)
    outcome = inflate_salvage(in.subspan(2), bytes_max, decoded.bytes);
  if (outcome == Outcome::damaged && !header && decoded.bytes.empty()) {
    outcome = inflate_salvage(in, bytes_max, decoded.bytes);
  }
  if (outcome == Outcome::too_long) return too_long();
  if (outcome == Outcome::no_memory) return Error{ErrorKind::limit_exceeded, "no memory to inflate a stream"};
  decoded.complete = outcome == Outcome::done && header;
  return decoded;
}

}  // namespace ode::pdf
