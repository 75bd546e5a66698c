// Which instruction sets the processor has, for Highway's dynamic dispatch.
//
// Highway's headers call two functions of libhwy, and tests a third: those below. The library would measure
// the processor's timer when it is loaded, for its own benchmarks: 5 ms before main(), as much as a page
// takes. So its headers alone are used, and the functions are ours.
#include <atomic>
#include <cstdint>

#include "hwy/targets.h"

#if HWY_ARCH_X86
#include <cpuid.h>
#endif

namespace hwy {
namespace {

#if HWY_ARCH_X86

constexpr unsigned kLzcnt = 1U << 5;  // leaf 0x80000001, ecx
constexpr unsigned kF16c = 1U << 29;  // leaf 1, ecx

// The compiler's own question covers what the operating system saves of the registers, and knows all but two.
std::int64_t detect() {
  __builtin_cpu_init();
  std::int64_t targets = 0;
  if (!__builtin_cpu_supports("ssse3")) return targets;
  targets |= HWY_SSSE3;
  if (!__builtin_cpu_supports("sse4.2") || !__builtin_cpu_supports("pclmul") ||
      !__builtin_cpu_supports("aes"))
    return targets;
  targets |= HWY_SSE4;

  unsigned a = 0, b = 0, leaf1 = 0, extended = 0, d = 0;
  if (__get_cpuid(1, &a, &b, &leaf1, &d) == 0 || __get_cpuid(0x80000001U, &a, &b, &extended, &d) == 0)
    return targets;
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma") || !__builtin_cpu_supports("bmi") ||
      !__builtin_cpu_supports("bmi2") || (leaf1 & kF16c) == 0 || (extended & kLzcnt) == 0)
    return targets;
  targets |= HWY_AVX2;
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512cd"))
    targets |= HWY_AVX3;
  return targets;
}

#else

std::int64_t detect() { return HWY_STATIC_TARGET; }

#endif

/// Zero, except in tests that go through all instruction sets.
std::atomic<std::int64_t>& asked_by_test() {
  static std::atomic<std::int64_t> targets{0};
  return targets;
}

}  // namespace

std::int64_t SupportedTargets() {
  static const std::int64_t targets = detect() | HWY_STATIC_TARGET;
  const std::int64_t asked = asked_by_test();
  return asked != 0 ? asked : targets;
}

void SetSupportedTargetsForTest(std::int64_t targets) {
  asked_by_test() = targets;
  GetChosenTarget().DeInit();  // the next call chooses again
}

ChosenTarget& GetChosenTarget() {
  static ChosenTarget chosen;
  return chosen;
}

}  // namespace hwy
