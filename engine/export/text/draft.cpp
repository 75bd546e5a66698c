// Drafts → elements.
#include "engine/export/text/draft.h"

#include <algorithm>

#include "engine/export/text/marker.h"
#include "engine/export/text/spans.h"

namespace ode::exporter {
namespace {

bool is_code(const Draft& draft) {
  return draft.code && !draft.lines.empty() && draft.element.kind == TextElement::Kind::paragraph &&
         std::all_of(draft.element.spans.begin(), draft.element.spans.end(),
                     [](const TextSpan& span) { return span.href.empty(); });
}

bool is_ordered(pdf::ListNumbering numbering) {
  using N = pdf::ListNumbering;
  return numbering == N::ordered || numbering == N::decimal || numbering == N::upper_roman ||
         numbering == N::lower_roman || numbering == N::upper_alpha || numbering == N::lower_alpha;
}

/// Items without a label may have their marker in the text.
std::optional<ItemMarker> take_marker(std::vector<TextSpan>& spans) {
  const std::size_t space = spans.empty() ? std::u32string::npos : spans[0].text.find(U' ');
  if (space == std::u32string::npos) return std::nullopt;
  const auto marker = marker_in_text(std::u32string_view(spans[0].text).substr(0, space));
  if (marker) spans[0].text.erase(0, space + 1);
  return marker;
}

void set_marker(Draft& draft, const TextStructure& structure) {
  TextElement& element = draft.element;
  const std::optional<ItemMarker> marker =
      draft.label.empty() ? take_marker(element.spans) : marker_in_label(draft.label);
  const bool says_more = !draft.label.empty() && !marker;
  if (marker) {
    element.kind = marker->kind;
    element.number = marker->number;
    draft.label.clear();
  } else if (!says_more && is_ordered(structure.element(draft.labelled).numbering)) {
    element.kind = TextElement::Kind::numbered;
    element.number = structure.number_of(draft.labelled);
  }
}

void finish(Draft& draft, const TextStructure& structure) {
  TextElement& element = draft.element;
  while (!draft.label.empty() && draft.label.back() == U' ') draft.label.pop_back();
  if (element.kind == TextElement::Kind::bullet) set_marker(draft, structure);
  if (!draft.label.empty())
    element.spans.insert(element.spans.begin(), TextSpan{draft.label + U" ", false, false, false, ""});
  if (element.kind == TextElement::Kind::heading) drop_emphasis(element.spans);
  for (TextRow& row : element.rows) {
    if (row.header) std::for_each(row.cells.begin(), row.cells.end(), drop_emphasis);
  }
}

}  // namespace

std::vector<TextElement> finished(std::vector<Draft> drafts, const TextPage& page,
                                  const TextStructure& structure) {
  std::vector<TextElement> elements;
  CodeReader code;
  for (Draft& draft : drafts) {
    if (!is_code(draft)) {
      finish(draft, structure);
      elements.push_back(std::move(draft.element));
      continue;
    }
    const TextElement& own = draft.element;
    const bool goes_on = !elements.empty() && elements.back().kind == TextElement::Kind::code &&
                         elements.back().depth == own.depth && elements.back().quotes == own.quotes;
    if (!goes_on) {
      TextElement& element = elements.emplace_back();
      element.kind = TextElement::Kind::code;
      element.depth = own.depth;
      element.quotes = own.quotes;
      element.spans.emplace_back();
      code = {};
    }
    for (const std::uint32_t line : draft.lines)
      code.append(elements.back().spans[0].text, page.text.lines[line]);
  }
  return elements;
}

}  // namespace ode::exporter
