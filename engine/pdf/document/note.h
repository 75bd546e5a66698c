// Note: what somebody wrote about a place on a page, as a plain value: the text of a markup annotation (ISO 32000-2,
// 12.5.6.2). Document::notes reads them; how the annotation looks is part of the display list.
#pragma once

#include <string>

#include "engine/geometry/geometry.h"

namespace ode::pdf {

/// Strings are UTF-8 and whatever the document says: escape them.
struct Note {
  std::string kind;    ///< subtype of the annotation: "Text", "Highlight" …
  std::string author;  ///< /T; may be empty
  std::string text;    ///< /Contents, lines ended by "\n"; never empty
  Rect area;           ///< page space, as Link::area
  int object = 0;      ///< number of the annotation, as in StructureChild::object; 0 when it is no object
};

}  // namespace ode::pdf
