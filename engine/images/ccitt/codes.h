// Code tables of T.4 and T.6: run lengths (T.4, Tables 2 and 3) and two-dimensional modes (T.4, Table 4),
// expanded so that the next bits of the stream index them.
#pragma once

#include <array>
#include <cstdint>

namespace ode::images::ccitt {

struct Code {
  std::int16_t value = -1;  ///< run length or Mode; −1: no such code
  std::uint8_t bits = 0;    ///< length of the code
};

inline constexpr int kWhiteBits = 12, kBlackBits = 13, kModeBits = 7;

enum class Mode : std::int16_t {
  pass = 100,
  horizontal = 101
};  ///< vertical modes are −3 … 3, stored as 0 … 6
inline constexpr int kVerticalZero = 3;

/// Indexed by the next kWhiteBits, kBlackBits or kModeBits bits. Runs of 64 and more are make-up codes.
const std::array<Code, 1 << kWhiteBits>& white_codes();
const std::array<Code, 1 << kBlackBits>& black_codes();
const std::array<Code, 1 << kModeBits>& mode_codes();

}  // namespace ode::images::ccitt
