// TextBlock: variable text broken into lines and written into a rectangle (ISO 32000-2, 12.7.4.3).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/pdf/annotations/field_font.h"

namespace ode::pdf {

enum class Quadding : std::uint8_t { left, center, right };
/// /Q: 0, 1, 2; everything else is left.
Quadding quadding_of(int q);

/// Lines no wider than `width` where words allow it; words that are wider are broken. Line ends in the text
/// (CR, LF, CR LF) are kept. At most kTextBlockLinesMax lines.
std::vector<std::u32string> wrap_text(FieldFont& font, std::u32string_view text, double size, double width);
inline constexpr std::size_t kTextBlockLinesMax = 2000;
/// Field values are cut here.
inline constexpr std::size_t kFieldTextMax = 100'000;

/// Line height, height above the baseline, and how far the baseline lies below the middle of a line, in em:
/// what readers use for Helvetica and so for all. The last is what Acrobat's own appearances have.
inline constexpr double kLeading = 1.15, kAscent = 0.8, kBaselineDrop = 0.371;

/// A whole BT … ET. The first baseline is `first_baseline`, further ones lower by kLeading.
void write_lines(ContentWriter& content, FieldFont& font, const std::vector<std::u32string>& lines,
                 double size, const Rect& area, double first_baseline, Quadding quadding);

/// Font size at which `text` fits into one line of `area`.
double single_line_size(FieldFont& font, std::u32string_view text, const Rect& area);
/// Largest size from 12 down to 4 at which the wrapped text fits.
double multi_line_size(FieldFont& font, std::u32string_view text, const Rect& area);

}  // namespace ode::pdf
