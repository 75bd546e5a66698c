// Predictors of Flate and LZW: ISO 32000-2, 7.4.4.4. PNG filters are those of the PNG specification, clause
// 9; TIFF predictor 2 is horizontal differencing (TIFF 6.0, section 14).
#include <cstdlib>
#include <cstring>

#include "engine/pdf/filters/filters.h"

namespace ode::pdf {
namespace {

constexpr int kColorsMax = 32;

std::uint8_t paeth(int left, int up, int up_left) {
  const int estimate = left + up - up_left;
  const int by_left = std::abs(estimate - left), by_up = std::abs(estimate - up),
            by_both = std::abs(estimate - up_left);
  if (by_left <= by_up && by_left <= by_both) return static_cast<std::uint8_t>(left);
  return static_cast<std::uint8_t>(by_up <= by_both ? up : up_left);
}

// Undoes one row in place; `up` is the finished row above (zeros for the first), `unit` the bytes of a pixel.
void undo_png_row(int filter, std::uint8_t* row, const std::uint8_t* up, std::size_t size, std::size_t unit) {
  const std::size_t head = size < unit ? size : unit;
  switch (filter) {
    case 1:
      for (std::size_t i = unit; i < size; ++i) row[i] = static_cast<std::uint8_t>(row[i] + row[i - unit]);
      break;
    case 2:
      for (std::size_t i = 0; i < size; ++i) row[i] = static_cast<std::uint8_t>(row[i] + up[i]);
      break;
    case 3:
      for (std::size_t i = 0; i < head; ++i) row[i] = static_cast<std::uint8_t>(row[i] + up[i] / 2);
      for (std::size_t i = unit; i < size; ++i) {
        row[i] = static_cast<std::uint8_t>(row[i] + (row[i - unit] + up[i]) / 2);
      }
      break;
    case 4:
      for (std::size_t i = 0; i < head; ++i) row[i] = static_cast<std::uint8_t>(row[i] + up[i]);
      for (std::size_t i = unit; i < size; ++i) {
        row[i] = static_cast<std::uint8_t>(row[i] + paeth(row[i - unit], up[i], up[i - unit]));
      }
      break;
    default:
      break;  // 0, and tags no writer should write: the row as it is
  }
}

void undo_png(ByteBuffer& bytes, std::size_t row_bytes, std::size_t unit) {
  // Rows move down over their tags: the output never overtakes the input.
  auto* const base = as_u8(bytes.data());
  const std::vector<std::uint8_t> zeros(row_bytes, 0);
  const std::uint8_t* up = zeros.data();
  std::size_t in = 0, out = 0;
  while (in + 1 < bytes.size()) {
    const int filter = base[in++];
    const std::size_t size = std::min(row_bytes, bytes.size() - in);
    std::memmove(base + out, base + in, size);
    undo_png_row(filter, base + out, up, size, unit);
    up = base + out;
    in += size, out += size;
  }
  bytes.set_size(out);
}

// Samples narrower than a byte: bit by bit is fast enough for what is hardly ever met.
void undo_tiff_bits(std::uint8_t* row, std::size_t size, const PredictorParms& parms) {
  const int bits = parms.bits_per_component;
  const int mask = (1 << bits) - 1;
  int left[kColorsMax] = {};
  const std::size_t samples =
      std::min<std::size_t>(static_cast<std::size_t>(parms.columns) * parms.colors, size * 8 / bits);
  for (std::size_t i = 0; i < samples; ++i) {
    const std::size_t bit = i * bits;
    const int shift = 8 - bits - static_cast<int>(bit % 8);
    std::uint8_t& byte = row[bit / 8];
    int& sum = left[i % parms.colors];
    sum = (sum + (byte >> shift)) & mask;
    byte = static_cast<std::uint8_t>((byte & ~(mask << shift)) | (sum << shift));
  }
}

void undo_tiff_row(std::uint8_t* row, std::size_t size, const PredictorParms& parms) {
  const std::size_t colors = static_cast<std::size_t>(parms.colors);
  if (parms.bits_per_component == 8) {
    for (std::size_t i = colors; i < size; ++i) row[i] = static_cast<std::uint8_t>(row[i] + row[i - colors]);
    return;
  }
  if (parms.bits_per_component == 16) {
    for (std::size_t i = 2 * colors; i + 1 < size; i += 2) {
      const int left = row[i - 2 * colors] * 256 + row[i - 2 * colors + 1];
      const int sum = left + row[i] * 256 + row[i + 1];
      row[i] = static_cast<std::uint8_t>(sum >> 8);
      row[i + 1] = static_cast<std::uint8_t>(sum);
    }
    return;
  }
  undo_tiff_bits(row, size, parms);
}

bool sensible(const PredictorParms& p) {
  const bool bits_ok = p.bits_per_component == 1 || p.bits_per_component == 2 || p.bits_per_component == 4 ||
                       p.bits_per_component == 8 || p.bits_per_component == 16;
  return bits_ok && p.colors >= 1 && p.colors <= kColorsMax && p.columns >= 1 && p.columns <= (1 << 28);
}

}  // namespace

bool undo_predictor(ByteBuffer& bytes, const PredictorParms& parms) {
  if (parms.predictor <= 1) return true;
  if (!sensible(parms)) return false;
  const std::size_t pixel_bits = static_cast<std::size_t>(parms.colors) * parms.bits_per_component;
  const std::size_t row_bytes = (pixel_bits * parms.columns + 7) / 8;
  if (parms.predictor >= 10) {
    undo_png(bytes, std::min(row_bytes, bytes.size()), (pixel_bits + 7) / 8);
    return true;
  }
  if (parms.predictor != 2) return false;
  for (std::size_t at = 0; at < bytes.size(); at += row_bytes) {
    undo_tiff_row(as_u8(bytes.data() + at), std::min(row_bytes, bytes.size() - at), parms);
  }
  return true;
}

}  // namespace ode::pdf
