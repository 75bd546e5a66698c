// The sixteen corner colours of the CMYK cube. Private to cmyk*.cpp.
#pragma once

#include <array>
#include <cstdint>

namespace ode::color {

/// sRGB of US Web Coated (SWOP) v2 solids and overprints, index: 8·C + 4·M + 2·Y + K, each ink 0 or 1.
/// Overprints with black are below what sRGB shows apart, so they are rounded towards pure tones, as all
/// readers have them.
inline constexpr std::array<std::array<std::uint8_t, 3>, 16> kSwopCorners = {{
    {255, 255, 255},  // paper
    {35, 31, 32},     // K
    {255, 242, 0},    // Y
    {28, 26, 0},      // YK
    {236, 0, 140},    // M
    {36, 0, 0},       // MK
    {237, 28, 36},    // MY
    {34, 0, 0},       // MYK
    {0, 173, 239},    // C
    {0, 15, 36},      // CK
    {0, 166, 80},     // CY
    {0, 19, 0},       // CYK
    {46, 49, 146},    // CM
    {0, 0, 2},        // CMK
    {54, 54, 57},     // CMY
    {0, 0, 0},        // CMYK
}};

}  // namespace ode::color
