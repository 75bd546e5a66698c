// Kernels of coverage/row.h, compiled once per SIMD target by Highway.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/raster/coverage/row.cpp"
#include "hwy/foreach_target.h"  // must come before highway.h

#include "engine/raster/coverage/row.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace ode::raster {
namespace HWY_NAMESPACE {

#if HWY_TARGET == HWY_SCALAR

RowKernels row_kernels() {
  return {accumulate_scalar<FillRule::nonzero>, accumulate_scalar<FillRule::even_odd>};
}

#else

namespace hn = hwy::HWY_NAMESPACE;

// 128 bits on every target: a prefix sum gains little from wider vectors, and the lane order is then the same
// everywhere.
using D32 = hn::CappedTag<std::int32_t, 4>;
using V32 = hn::Vec<D32>;

HWY_INLINE V32 prefix_sum(D32 d, V32 v) {
  v = hn::Add(v, hn::ShiftLeftLanes<1>(d, v));
  return hn::Add(v, hn::ShiftLeftLanes<2>(d, v));
}

template <FillRule kRule>
HWY_INLINE V32 coverage_lanes(D32 d, V32 sum) {
  V32 area;
  if constexpr (kRule == FillRule::nonzero) {
    area = hn::Min(hn::Abs(sum), hn::Set(d, kFullCover));
  } else {
    const V32 folded = hn::And(sum, hn::Set(d, 2 * kFullCover - 1));
    area = hn::Min(folded, hn::Sub(hn::Set(d, 2 * kFullCover), folded));
  }
  // (area · 255 + half) >> 17 without a multiply.
  const V32 scaled = hn::Sub(hn::ShiftLeft<8>(area), area);
  return hn::ShiftRight<17>(hn::Add(scaled, hn::Set(d, kFullCover / 2)));
}

template <FillRule kRule>
std::uint32_t accumulate(std::uint32_t* HWY_RESTRICT cells, int blocks, std::uint32_t sum,
                         std::uint8_t* HWY_RESTRICT coverage) {
  const D32 d;
  const hn::Rebind<std::uint8_t, D32> d8;
  auto* p = reinterpret_cast<std::int32_t*>(cells);
  V32 carry = hn::Set(d, static_cast<std::int32_t>(sum));
  const V32 zero = hn::Zero(d);
  for (int i = 0; i < blocks * (kBlockCells / 4); ++i, p += 4, coverage += 4) {
    const V32 sums = hn::Add(prefix_sum(d, hn::LoadU(d, p)), carry);
    hn::StoreU(zero, d, p);
    carry = hn::Broadcast<3>(sums);
    hn::StoreU(hn::DemoteTo(d8, coverage_lanes<kRule>(d, sums)), d8, coverage);
  }
  return static_cast<std::uint32_t>(hn::GetLane(carry));
}

RowKernels row_kernels() { return {accumulate<FillRule::nonzero>, accumulate<FillRule::even_odd>}; }

#endif  // HWY_TARGET == HWY_SCALAR

}  // namespace HWY_NAMESPACE
}  // namespace ode::raster
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ode::raster {

HWY_EXPORT(row_kernels);

RowKernels best_row_kernels() { return HWY_DYNAMIC_DISPATCH(row_kernels)(); }

}  // namespace ode::raster
#endif  // HWY_ONCE
