// FragmentMaker: a line of the page's text becomes fragments, parted where one element cannot show what
// follows: another layer, another slant, a gap between columns.
#pragma once

#include <vector>

#include "engine/export/html/fragment.h"
#include "engine/export/link_finder.h"
#include "engine/text/page_text.h"

namespace ode::exporter {

/// How a DrawGlyphs command comes to the page.
enum class TextKind : std::uint8_t {
  seen,    ///< as HTML text
  unseen,  ///< drawn otherwise or invisible: transparent text over it, to be selected and read aloud
};

/// Of each command of the list; commands that draw no glyphs have any value.
struct TextPlace {
  TextKind kind = TextKind::unseen;
  int layer = 1;
  const std::string* classes = nullptr;  ///< of optional content; null: none
};

/// Of one page; refers to what the caller keeps.
class FragmentMaker {
 public:
  FragmentMaker(const display::DisplayList& list, const Matrix& screen_from_page,
                const std::vector<TextPlace>& places, std::span<const PageLink> links, FontBook& fonts)
      : list_(list), screen_from_page_(screen_from_page), places_(places), links_(links), fonts_(fonts) {}

  /// Glyphs that are met for the first time get their characters here.
  std::vector<LineFragment> fragments_of(const text::Line& line);

 private:
  const LinePiece& look_of(const text::Line& line, std::uint32_t command);
  LinePiece piece_of(const text::Line& line, const text::Cluster& cluster);
  LinePiece space_after(const LinePiece& before, double along);
  void go_on_as(const LinePiece& before, LinePiece& space);

  const display::DisplayList& list_;
  Matrix screen_from_page_;
  const std::vector<TextPlace>& places_;
  LinkFinder links_;
  FontBook& fonts_;
  LinePiece look_;  ///< what the pieces of look_command_ share
  std::uint32_t look_command_ = text::Cluster::kGap;
};

}  // namespace ode::exporter
