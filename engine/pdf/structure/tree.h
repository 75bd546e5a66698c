// StructureTree: the logical structure of a tagged document (ISO 32000-2, 14.7 and 14.8) as plain values:
// which elements there are, and which marked content of which page belongs to them. Document::structure makes
// it; whoever writes a document for reading, not for looking at, starts here.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/base/diagnostics.h"

namespace ode::pdf {

/// What stands in an element, in reading order.
struct StructureChild {
  enum class Kind : std::uint8_t {
    element,  ///< `element`
    content,  ///< the marked content `mcid` of the page
    object,   ///< an annotation (by the number of its object) or another object of the page
  } kind = Kind::element;
  int element = -1;     ///< into StructureTree::elements
  int page_index = -1;  ///< of content and objects; -1 for an object whose page is not told
  int mcid = -1;
  int object = 0;
  bool operator==(const StructureChild&) const = default;
};

/// 14.8.5.7: what a header cell is the header of.
enum class HeaderScope : std::uint8_t { none, row, column, both };

/// 14.8.5.5: how the items of a list are labelled.
enum class ListNumbering : std::uint8_t {
  none,
  unordered,
  disc,
  circle,
  square,
  ordered,
  decimal,
  upper_roman,
  lower_roman,
  upper_alpha,
  lower_alpha,
  description,
};

/// All strings are UTF-8 and whatever the document says: escape them.
struct StructureElement {
  /// Standard structure type (14.8.4: "P", "H1", "TD" …, "H7" and beyond of PDF 2.0) after role maps. A type
  /// that leads to no standard one stays as it is. "NonStruct" for elements that name none.
  std::string type;
  int parent = -1;                         ///< into StructureTree::elements, before this one; -1 at the top
  std::string alt;                         ///< what to say instead of showing it
  std::optional<std::string> actual_text;  ///< replaces what its contents say, perhaps by nothing
  std::string expansion;                   ///< of an abbreviation
  std::string language;  ///< language tag of this element itself, "" when it has none; see objects/language_tag.h
  std::string title;
  bool artifact = false;  ///< no part of what the document says: Artifact and Private, and what is in them
  int row_span = 1, column_span = 1;      ///< of cells; 1 to 10,000
  HeaderScope scope = HeaderScope::none;  ///< of header cells
  std::vector<int> headers;               ///< of cells: header cells by index, when the document lists them
  ListNumbering numbering = ListNumbering::none;  ///< its own or inherited
  std::vector<StructureChild> children;
};

/// Which element a marked-content sequence belongs to.
struct ContentOwner {
  int page_index = 0, mcid = 0;
  int element = 0;  ///< into StructureTree::elements
  bool operator==(const ContentOwner&) const = default;
};

/// A value; safe from any thread once made.
struct StructureTree {
  std::vector<StructureElement> elements;  ///< document order: parents before their children
  std::vector<int> roots;                  ///< the elements without parent, in order
  std::vector<ContentOwner> owners;        ///< by page, then by mcid; each of them once
  Diagnostics diagnostics;                 ///< what was left out for a limit or makes no sense

  bool empty() const { return elements.empty(); }
  /// The element that owns marked content `mcid` of the page; -1 when there is none.
  int owner_of(int page_index, int mcid) const;
  /// Those of one page, by mcid.
  std::span<const ContentOwner> owners_on(int page_index) const;
};

}  // namespace ode::pdf
