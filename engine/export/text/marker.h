// What the items of lists begin with.
#pragma once

#include <optional>
#include <string_view>

#include "engine/export/text/elements.h"

namespace ode::exporter {

struct ItemMarker {
  TextElement::Kind kind = TextElement::Kind::bullet;  ///< or numbered
  int number = 0;
  bool sure = false;  ///< a bullet; dashes and numbers may as well be text
};

/// Of text up to the first space: "•", "–", "7.", "7)". Numbers have up to three digits.
std::optional<ItemMarker> marker_in_text(std::u32string_view text);

/// Of a label that the structure calls one, so more may be a marker: any single character but a letter (and
/// the "o" that word processors draw for a circle), "7", "(7)". nullopt for those that say more: "a)", "1.2".
std::optional<ItemMarker> marker_in_label(std::u32string_view label);

}  // namespace ode::exporter
