// The search for matches. See the header for the idea, encode/deflate_block.cpp for what is written.
#include "engine/images/encode/deflate.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>

#include "engine/images/encode/deflate_block.h"

namespace ode::images {
namespace {

constexpr int kHashBits = 13;
constexpr std::size_t kWindowBytes = 32'768;

std::uint64_t load64(const std::uint8_t* p) {
  std::uint64_t v;
  std::memcpy(&v, p, sizeof v);
  return v;
}

/// Bytes equal at `a` and `b`, at most `limit`. Reads no further than limit.
std::size_t common_prefix(const std::uint8_t* a, const std::uint8_t* b, std::size_t limit) {
  std::size_t n = 0;
  while (n + 32 <= limit) {
    const std::uint64_t d0 = load64(a + n) ^ load64(b + n), d1 = load64(a + n + 8) ^ load64(b + n + 8);
    const std::uint64_t d2 = load64(a + n + 16) ^ load64(b + n + 16),
                        d3 = load64(a + n + 24) ^ load64(b + n + 24);
    if ((d0 | d1 | d2 | d3) != 0) break;
    n += 32;
  }
  if constexpr (std::endian::native == std::endian::little) {
    for (; n + 8 <= limit; n += 8) {
      const std::uint64_t difference = load64(a + n) ^ load64(b + n);
      if (difference != 0) return n + static_cast<std::size_t>(std::countr_zero(difference)) / 8;
    }
  }
  while (n < limit && a[n] == b[n]) ++n;
  return n;
}

/// Bytes that must agree before a match from the hash table is looked at. Shorter keys find more and shorter
/// matches, and make files larger: the latest place is then rarely the best.
template <std::size_t kPixel>
constexpr std::size_t kKeyBytes = kPixel == 4 ? 8 : 6;

template <std::size_t kPixel>
std::uint32_t hash_at(const std::uint8_t* p) {
  constexpr std::uint64_t kMask =
      kKeyBytes<kPixel> == 8 ? ~std::uint64_t{0} : (std::uint64_t{1} << (8 * kKeyBytes<kPixel>)) - 1;
  return static_cast<std::uint32_t>(((load64(p) & kMask) * 0x9e3779b185ebca87ull) >> (64 - kHashBits));
}

}  // namespace

struct RowDeflater::State {
  DeflateBlock block;
  std::array<std::uint16_t, std::size_t{1} << kHashBits> latest;  ///< low bits of positions

  template <std::size_t kPixel>
  void compress(const std::uint8_t* data, std::size_t size, std::size_t row_bytes, ByteVector& out);
};

/// A match found at a position: where it came from decides which code it costs.
struct FoundMatch {
  std::size_t length = 0, distance = 0;
};

template <std::size_t kPixel>
void RowDeflater::State::compress(const std::uint8_t* data, std::size_t size, std::size_t row_bytes,
                                  ByteVector& out) {
  constexpr std::size_t kKey = kKeyBytes<kPixel>;
  latest.fill(0);
  block.start(data);
  // Within 8 bytes of the end words cannot be loaded: the rest is literals.
  const std::size_t end = size > 8 ? size - 8 : 0;
  std::size_t i = std::min<std::size_t>(end, 1);
  std::size_t misses = 0;
  while (i < end) {
    if (block.full()) block.write(data + i, out);
    FoundMatch best;
    const std::uint64_t here = load64(data + i);
    if (i >= kPixel && here == load64(data + i - kPixel)) {
      best = {common_prefix(data + i, data + i - kPixel, size - i), kPixel};
    }
    if (best.length < 32 && i >= row_bytes && row_bytes <= kWindowBytes &&
        here == load64(data + i - row_bytes)) {
      const std::size_t length = common_prefix(data + i, data + i - row_bytes, size - i);
      // Its distance costs some ten bits more than a run's.
      if (length > best.length + 2) best = {length, row_bytes};
    }
    if (best.length < 32) {
      const std::uint32_t hash = hash_at<kPixel>(data + i);
      const std::size_t distance = (i - latest[hash]) & 0xffff;
      latest[hash] = static_cast<std::uint16_t>(i);
      if (distance != 0 && distance <= i && distance <= kWindowBytes) {
        const std::size_t length = common_prefix(data + i, data + i - distance, size - i);
        if (length >= kKey && length > best.length + (best.length != 0 ? 2 : 0)) best = {length, distance};
      }
    }
    if (best.length == 0) {
      // In noise, look less and less often.
      i += kPixel * (1 + (misses++ >> 6));
      continue;
    }
    misses = 0;
    block.match(data + i, best.length, best.distance);
    i += best.length;
  }
  block.finish(data + size, out);
}

RowDeflater::RowDeflater() : state_(std::make_unique<State>()) {}
RowDeflater::~RowDeflater() = default;

const std::bitset<256>& RowDeflater::values() const { return state_->block.values(); }
void RowDeflater::forget_values() { state_->block.forget_values(); }

void RowDeflater::compress(ByteView data, std::size_t pixel_bytes, std::size_t row_bytes, ByteVector& out) {
  const std::uint8_t* bytes = as_u8(data.data());
  switch (pixel_bytes) {
    case 1:
      return state_->compress<1>(bytes, data.size(), row_bytes, out);
    case 3:
      return state_->compress<3>(bytes, data.size(), row_bytes, out);
    default:
      assert(pixel_bytes == 4);
      return state_->compress<4>(bytes, data.size(), row_bytes, out);
  }
}

}  // namespace ode::images
