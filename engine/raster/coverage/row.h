// Coverage rows: from the signed-area deltas of a scanline to 8-bit coverage, in SIMD; the scalar reference
// is beside it. Used by coverage/coverage.cpp alone.
#pragma once

#include <cstdint>

#include "engine/geometry/path.h"

namespace ode::raster {

/// Cells are summed, cleared and tracked in blocks of this many.
inline constexpr int kBlockCells = 8;
/// Signed area of a cell covered once: 256 subrows × 512 (twice 256 subcolumns).
inline constexpr std::int32_t kFullCover = 1 << 17;

/// Coverage of a cell whose deltas sum up to `sum`.
inline std::uint8_t coverage_of(std::uint32_t sum, FillRule rule) {
  std::int32_t area = 0;
  if (rule == FillRule::nonzero) {
    area = static_cast<std::int32_t>(static_cast<std::int32_t>(sum) < 0 ? 0u - sum : sum);
    area = area < kFullCover ? area : kFullCover;
  } else {
    area = static_cast<std::int32_t>(sum & (2 * kFullCover - 1));
    area = area < kFullCover ? area : 2 * kFullCover - area;
  }
  const std::int32_t scaled = area < 0 ? 0 : area;  // only for a sum of exactly -2^31
  return static_cast<std::uint8_t>((scaled * 255 + kFullCover / 2) >> 17);
}

/// Adds up `blocks` × kBlockCells cells starting from `sum`, writes a byte of coverage for each, clears the
/// cells and returns the last sum. Sums wrap: a winding number beyond ±2^14 is nonsense, but the same
/// everywhere.
using AccumulateCells = std::uint32_t (*)(std::uint32_t* cells, int blocks, std::uint32_t sum,
                                          std::uint8_t* coverage);

struct RowKernels {
  AccumulateCells nonzero = nullptr;
  AccumulateCells even_odd = nullptr;
};

/// The reference.
template <FillRule kRule>
std::uint32_t accumulate_scalar(std::uint32_t* cells, int blocks, std::uint32_t sum, std::uint8_t* coverage) {
  for (int i = 0; i < blocks * kBlockCells; ++i) {
    sum += cells[i];
    cells[i] = 0;
    coverage[i] = coverage_of(sum, kRule);
  }
  return sum;
}

/// The fastest for this CPU; same bytes.
RowKernels best_row_kernels();

}  // namespace ode::raster
