#include "engine/images/jbig2/budget.h"

#include <algorithm>

namespace ode::images::jbig2 {
namespace {

Error spent() { return Error{ErrorKind::limit_exceeded, "JBIG2 segments too large"}; }

}  // namespace

Error damaged(const char* what) { return Error{ErrorKind::malformed, what}; }

Status Budget::take_bitmap(std::int64_t width, std::int64_t height) {
  // Each side first: a product of two 32-bit numbers and more does not fit.
  if (width > kImagePixelsMax || height > kImagePixelsMax) return spent();
  return take_pixels((std::max<std::int64_t>(width, 1) + 7) / 8 * 8 * height);
}

Status Budget::take_symbols(std::int64_t count) {
  symbols_ -= count;
  if (symbols_ < 0) return spent();
  return Ok{};
}

Status Budget::take_pixels(std::int64_t count) {
  pixels_ -= count;
  if (pixels_ < 0) return spent();
  return Ok{};
}

Status Budget::poll() const {
  if (is_cancelled(cancel_)) return Error{ErrorKind::cancelled, "cancelled"};
  return Ok{};
}

}  // namespace ode::images::jbig2
