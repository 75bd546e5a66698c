// Colour conversion of image rows: CMYK kernel against its reference, CIE spaces, ICC by Little CMS.
#include <benchmark/benchmark.h>
#include <lcms2.h>

#include <vector>

#include "engine/color/cie.h"
#include "engine/color/cmyk.h"
#include "engine/color/icc.h"

namespace ode::color {
namespace {

constexpr std::size_t kRow = 4096;

std::vector<std::uint8_t> noise(std::size_t size) {
  std::vector<std::uint8_t> out(size);
  std::uint32_t state = 1;
  for (auto& v : out) v = static_cast<std::uint8_t>((state = state * 1664525 + 1013904223) >> 24);
  return out;
}

template <class F>
void convert_rows(benchmark::State& state, int components, const F& convert) {
  const auto in = noise(kRow * components);
  std::vector<std::uint8_t> out(kRow * 3);
  for (auto _ : state) {
    convert(in.data(), out.data(), kRow);
    benchmark::DoNotOptimize(out.data());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kRow));
}

void cmyk_row(benchmark::State& state) { convert_rows(state, 4, rgb_row_from_cmyk); }
BENCHMARK(cmyk_row);

void cmyk_row_reference(benchmark::State& state) { convert_rows(state, 4, rgb_row_from_cmyk_reference); }
BENCHMARK(cmyk_row_reference);

void lab_row(benchmark::State& state) {
  const Lab lab({0.9642, 1, 0.8249}, {-100, 100, -100, 100});
  convert_rows(state, 3, [&](const auto* in, auto* out, std::size_t n) { lab.convert_row(in, out, n); });
}
BENCHMARK(lab_row);

void icc_rgb_row(benchmark::State& state) {
  const cmsCIExyY white = {0.3127, 0.3290, 1};
  const cmsCIExyYTRIPLE primaries = {{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}};
  cmsToneCurve* curve = cmsBuildGamma(nullptr, 2.2);
  cmsToneCurve* curves[3] = {curve, curve, curve};
  cmsHPROFILE profile = cmsCreateRGBProfile(&white, &primaries, curves);
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem(profile, nullptr, &size);
  ByteVector bytes(size);
  cmsSaveProfileToMem(profile, bytes.data(), &size);
  cmsCloseProfile(profile);
  cmsFreeToneCurve(curve);
  const auto transform = IccTransform::create(SharedBytes(std::move(bytes)), 3);
  convert_rows(state, 3,
               [&](const auto* in, auto* out, std::size_t n) { (*transform)->convert_row(in, out, n); });
}
BENCHMARK(icc_rgb_row);

}  // namespace
}  // namespace ode::color

BENCHMARK_MAIN();
