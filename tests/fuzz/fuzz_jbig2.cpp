// JBIG2: the first byte tells how much of the data is globals, the rest is segments.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/images/jbig2/jbig2.h"

namespace {

constexpr std::int64_t kPixelsMax = std::int64_t{1} << 22;  // under sanitizers everything takes its time

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ode::ByteView bytes = std::as_bytes(std::span(data + 1, size - 1));
  const std::size_t globals = std::min<std::size_t>(data[0], bytes.size());
  const auto page =
      ode::images::decode_jbig2(bytes.subspan(globals), bytes.first(globals), kPixelsMax, nullptr);
  // Rows are whole and end in zeros.
  if (page.ok()) {
    if (page->bits.size() != page->stride_bytes * static_cast<std::size_t>(page->height)) __builtin_trap();
    const int unused = static_cast<int>(page->stride_bytes) * 8 - page->width;
    for (std::size_t i = page->stride_bytes; i <= page->bits.size() && i > 0; i += page->stride_bytes)
      if ((page->bits[i - 1] & ((1 << unused) - 1)) != 0) __builtin_trap();
  }
  return 0;
}
