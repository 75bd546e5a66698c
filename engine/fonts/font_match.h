// Font matching: from what a PDF says about a missing font to a file of the pack. Names decide where they are
// known (the standard 14 and their aliases, ISO 32000-2, 9.6.2.2, and families that the pack has or has
// lookalikes of), descriptor flags (9.8.2) where not. Neighbour: font_pack.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/fonts/resolver.h"

namespace ode::fonts {

/// Families of the pack. Those before `chancery` come in four styles.
enum class Family : std::uint8_t {
  sans,
  sans_narrow,
  serif,
  mono,
  palatino,
  century,
  bookman,
  gothic,
  chancery,
  symbol,
  dingbats,
  wide,
  cjk,
};

struct PackChoice {
  Family family = Family::sans;
  bool bold = false, italic = false;  ///< as asked for; the pack may lack them
  bool metric_compatible = false;
};

PackChoice choose_family(const FontQuery& query);

/// A file of the pack and the styles it does not have.
struct PackFile {
  std::size_t index = 0;  ///< < kPackFileCount
  bool lacks_bold = false, lacks_italic = false;
};
PackFile choose_file(const PackChoice& choice);

inline constexpr std::size_t kPackFileCount = 37;
/// REQUIRES: index < kPackFileCount.
const char* pack_file_name(std::size_t index);

/// Style words of a font name: "Arial,BoldItalic", "MyriadPro-It", "Frutiger-Black".
struct NameStyle {
  bool bold = false, italic = false;
};
NameStyle style_of_name(std::string_view font_name);

}  // namespace ode::fonts
