// The templates of generic regions (T.88, 6.2.5.3) as contexts that roll along a row.
#pragma once

#include <array>
#include <cstdint>

namespace ode::images::jbig2 {

/// A context holds three runs of pixels: of two rows above, of the row above, of this row; each with its
/// rightmost pixel in its lowest bit (Figures 3 to 6, adaptive pixels at their nominal places). One pixel on,
/// every run moves one bit up, loses its top bit and takes a pixel in.
struct TemplateShape {
  int high_bit, high_ahead;  ///< two rows above: its lowest bit, and how far right of this pixel it reaches
  int middle_bit, middle_ahead;  ///< the row above
  std::uint32_t kept;            ///< bits that stay in their run when they move up
  std::uint32_t high_mask;       ///< 0: the template has nothing two rows above
  std::uint32_t typical;         ///< the context of "this row is as the one above" (6.2.5.7)
  std::array<int, 12> adaptive;  ///< the bit of each adaptive pixel
};

inline constexpr std::array<TemplateShape, 4> kTemplates = {{
    {11, 2, 4, 3, 0x7bf7, 1, 0x9b25, {4, 10, 11, 15}},
    {9, 2, 3, 3, 0x0efb, 1, 0x0795, {3}},
    {7, 1, 2, 2, 0x01bd, 1, 0x00e5, {2}},
    {0, 0, 4, 2, 0x01f7, 0, 0x0195, {4}},
}};

/// Template 0 with twelve adaptive pixels (EXTTEMPLATE).
inline constexpr TemplateShape kExtendedTemplate = {
    11, 2, 4, 3, 0x7bf7, 1, 0x9b25, {1, 13, 9, 14, 12, 5, 2, 3, 11, 4, 15, 10}};

}  // namespace ode::images::jbig2
