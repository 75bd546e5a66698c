// Text elements of a page as the document's structure tells them: headings, lists, tables, quotes, figures.
// The layout (text/elements.h) says what the structure leaves open.
#pragma once

#include <span>
#include <vector>

#include "engine/export/text/elements.h"
#include "engine/export/text/structure.h"

namespace ode::exporter {

/// The elements of `page` in reading order. `content` is what its text was read with; lines without an owner
/// go by their layout and come last, artifacts are left out.
///
/// Replacement text stands where its element begins, and nowhere else. Figures and formulas with a
/// description are told by it: "[Figure: …]" in italics, because an image of CommonMark is broken without an
/// address, and plain text would be taken for the document's own words. Labels of items are their markers;
/// those that are neither a bullet nor a plain number stay text. A paragraph, list or table that goes on from
/// the page before begins anew. Text of a cell is one text, whatever the cell holds.
std::vector<TextElement> tagged_elements_of(const TextPage& page, std::span<const text::ContentTag> content,
                                            const TextStructure& structure, const BodyStyle& body);

}  // namespace ode::exporter
