// Lines by rank → drafts by the position of their contents.
#include "engine/export/text/tagged.h"

#include <algorithm>
#include <map>
#include <set>

#include "engine/base/utf8.h"
#include "engine/export/text/draft.h"
#include "engine/export/text/spans.h"
#include "engine/export/text/table.h"
#include "engine/text/logical_text.h"

namespace ode::exporter {
namespace {

using Kind = TextPosition::Kind;

constexpr char32_t kSoftHyphen = 0xad;

/// A line, or content that is told and has no line.
struct Piece {
  std::int32_t rank = 0;
  std::int64_t line = Draft::kNoLine;
  int element = -1;
};

/// One line of text, whatever white space the string has.
std::u32string one_line(std::string_view utf8) {
  std::u32string line;
  for (const char32_t c : from_utf8(utf8).value_or(U"")) {
    if (c > U' ') {
      line.push_back(c);
    } else if (!line.empty() && line.back() != U' ') {
      line.push_back(U' ');
    }
  }
  return line;
}

class Reader {
 public:
  Reader(const TextPage& page, const TextStructure& structure, const BodyStyle& body)
      : page_(page), structure_(structure), body_(body), spans_(page, body), tables_(structure) {}

  std::vector<Draft> read(std::span<const text::ContentTag> content) && {
    find_facts(content);
    for (const Piece& piece : pieces_of(content)) {
      if (piece.line != Draft::kNoLine) {
        add_line(static_cast<std::uint32_t>(piece.line));
      } else {
        tell(position_of(piece.element), Draft::kNoLine);
      }
    }
    return std::move(drafts_);
  }

 private:
  const text::Line& line_at(std::int64_t index) const {
    return page_.text.lines[static_cast<std::size_t>(index)];
  }
  int element_of(std::int32_t mcid) const { return structure_.owner_of(page_.number - 1, mcid); }

  const TextPosition& position_of(int element) {
    const auto [at, is_new] = positions_.try_emplace(element);
    if (is_new) at->second = structure_.position_of(element, facts_);
    return at->second;
  }

  void find_facts(std::span<const text::ContentTag> content) {
    for (const text::ContentTag& tag : content) {
      if (tag.replacement != nullptr) continue;
      for (int at = element_of(tag.mcid); at >= 0; at = structure_.element(at).parent)
        if (structure_.element(at).actual_text) facts_.disbelieved.insert(at);
    }
    std::int32_t mcid = -1;
    for (const text::Line& line : page_.text.lines) {
      for (const text::Cluster& cluster : line.clusters) {
        if (cluster.mcid == mcid || cluster.is_space() || cluster.text.empty()) continue;
        mcid = cluster.mcid;
        const int element = element_of(mcid);
        const int table = element >= 0 ? structure_.table_outside_cells(element) : -1;
        if (table >= 0) facts_.torn_tables.insert(table);
      }
    }
  }

  std::vector<Piece> pieces_of(std::span<const text::ContentTag> content) {
    std::vector<Piece> pieces;
    std::set<std::int32_t> with_line;
    for (std::size_t i = 0; i < page_.text.lines.size(); ++i) {
      const text::Line& line = page_.text.lines[i];
      if (line.owner < 0) continue;
      pieces.push_back({line.rank, static_cast<std::int64_t>(i), -1});
      for (const text::Cluster& cluster : line.clusters) with_line.insert(cluster.mcid);
    }
    for (const text::ContentTag& tag : content) {
      const int element = with_line.count(tag.mcid) == 0 ? element_of(tag.mcid) : -1;
      if (element >= 0 && position_of(element).told_by >= 0)
        pieces.push_back({tag.rank, Draft::kNoLine, element});
    }
    // Of the same rank, lines come first: they may hold the told element.
    std::stable_sort(pieces.begin(), pieces.end(),
                     [](const Piece& a, const Piece& b) { return a.rank < b.rank; });
    return pieces;
  }

  /// Cuts the line where its contents change their element.
  void add_line(std::uint32_t index) {
    const std::vector<text::Cluster>& clusters = page_.text.lines[index].clusters;
    std::size_t first = 0;
    std::int32_t mcid = clusters[0].mcid;
    int element = element_of(mcid);
    for (std::size_t i = 1; i < clusters.size(); ++i) {
      if (clusters[i].command == text::Cluster::kGap || clusters[i].mcid == mcid) continue;
      mcid = clusters[i].mcid;
      const int next = element_of(mcid);
      if (next == element) continue;
      add_clusters(index, {first, i}, element);
      first = i;
      element = next;
    }
    add_clusters(index, {first, clusters.size()}, element);
  }

  void add_clusters(std::uint32_t index, ClusterRange range, int element) {
    if (element < 0) return;
    const text::Line& line = page_.text.lines[index];
    const TextPosition& at = position_of(element);
    if (at.told_by >= 0) return tell(at, index, line.clusters[range.last - 1].is_space());
    Draft& draft = open(at);
    if (at.label && draft.labelled == at.labelled && draft.is_only_label()) {
      for (std::size_t i = range.first; i < range.last; ++i) draft.label += line.clusters[i].text;
      draft.code = false;
      return;
    }
    std::vector<TextSpan>& spans = spans_of(draft, at);
    join(draft, spans, index);
    draft.last_line = index;
    draft.line_ended = range.last == line.clusters.size();
    draft.code = draft.code && range.first == 0 && draft.line_ended &&
                 (at.code || (!body_.fixed_pitch && is_fixed_pitch(page_.list, line)));
    if (draft.code) draft.lines.push_back(index);
    spans_.append(spans, line, range, TextSpan{U"", at.strong, at.emphasis, at.code, ""});
  }

  /// Replacement text or description, where its element begins on its first page; nothing elsewhere. `index`:
  /// the line in which it stands, or kNoLine.
  void tell(const TextPosition& at, std::int64_t index, bool space_after = false) {
    if (!told_.insert(at.told_by).second || !structure_.begins_on(at.told_by, page_.number - 1)) return;
    const pdf::StructureElement& element = structure_.element(at.told_by);
    std::u32string text = one_line(element.actual_text.value_or(""));
    const bool described = !element.actual_text;
    if (described)
      text = (element.type == "Formula" ? U"[Formula: " : U"[Figure: ") + one_line(element.alt) + U"]";
    if (text.empty()) return;
    Draft& draft = open(at);
    std::vector<TextSpan>& spans = spans_of(draft, at);
    join(draft, spans, index);
    append_text(spans, text, TextSpan{U"", at.strong, at.emphasis || described, at.code, ""});
    if (space_after) append_space(spans);
    draft.last_line = index;
    draft.line_ended = draft.code = false;
  }

  /// What stands between text that `spans` end with and text of line `index`.
  void join(const Draft& draft, std::vector<TextSpan>& spans, std::int64_t index) const {
    if (spans.empty()) return;
    if (draft.last_line == Draft::kNoLine || index == Draft::kNoLine) return append_space(spans);
    if (draft.last_line == index) return;
    const text::Line &line = line_at(draft.last_line), &next = line_at(index);
    const bool follows = draft.line_ended && draft.last_line + 1 == index;
    if (!follows && !goes_on_beside(line, next)) {
      // Line::hyphenated is about the line after it, so only the hyphen that shows nowhere else is sure.
      if (spans.back().text.back() != kSoftHyphen) return append_space(spans);
      spans.back().text.pop_back();
      return;
    }
    join_lines(spans, line, next);
  }

  std::vector<TextSpan>& spans_of(Draft& draft, const TextPosition& at) {
    return at.kind == Kind::cell ? tables_.cell(draft.element, at) : draft.element.spans;
  }

  /// The draft that text at a position goes to.
  Draft& open(const TextPosition& at) {
    const int block = at.kind == Kind::cell ? at.table : at.block;
    if (!drafts_.empty() && drafts_.back().block == block) return drafts_.back();
    if (noted_ < drafts_.size() && drafts_[noted_].block == block) return drafts_[noted_];
    const bool adopted = !drafts_.empty() && drafts_.back().is_only_label() &&
                         drafts_.back().labelled == at.labelled && at.kind != Kind::cell;
    if (!adopted) begin(at);
    Draft& draft = drafts_.back();
    draft.block = block;
    if (at.kind == Kind::heading) {
      draft.element.kind = TextElement::Kind::heading;  // the heading of an item stands for the item
      draft.element.level = at.level;
    }
    return draft;
  }

  void begin(const TextPosition& at) {
    // A note stands after the block in which it is, and that block goes on before it.
    if (at.around < 0 || noted_ >= drafts_.size() || drafts_[noted_].block != at.around) {
      const bool noted = at.around >= 0 && !drafts_.empty() && drafts_.back().block == at.around;
      noted_ = noted ? drafts_.size() - 1 : SIZE_MAX;
    }
    Draft& draft = drafts_.emplace_back();
    draft.element.quotes = at.quotes;
    draft.element.depth = at.list_item >= 0 ? at.depth + 1 : 0;
    if (at.kind == Kind::cell) draft.element.kind = TextElement::Kind::table;
    if (at.labelled < 0 || at.kind == Kind::cell || !labelled_.insert(at.labelled).second) return;
    draft.labelled = at.labelled;
    if (at.labelled != at.list_item) return;
    draft.element.kind = TextElement::Kind::bullet;
    draft.element.depth = at.depth;
  }

  const TextPage& page_;
  const TextStructure& structure_;
  BodyStyle body_;
  TextPageFacts facts_;
  SpanReader spans_;
  TableReader tables_;
  std::vector<Draft> drafts_;
  std::size_t noted_ = SIZE_MAX;           ///< the draft whose notes are the drafts after it
  std::map<int, TextPosition> positions_;  ///< by element, of those met
  std::set<int> labelled_, told_;          ///< elements that were begun and told
};

/// The lines that the structure says nothing of.
text::PageText unowned_text(const TextPage& page, const TextStructure& structure) {
  const auto is_left = [&](const text::Line& line) {
    if (line.owner != text::kNoOwner) return false;
    const int element = structure.owner_of(page.number - 1, line.clusters[0].mcid);
    return element < 0 || !structure.element(element).artifact;
  };
  text::PageText text;
  text.bounds = page.text.bounds;
  for (const text::Block& block : page.text.blocks) {
    const auto first = static_cast<std::uint32_t>(text.lines.size());
    for (std::uint32_t i = 0; i < block.line_count; ++i) {
      const text::Line& line = page.text.lines[block.first_line + i];
      if (is_left(line)) text.lines.push_back(line);
    }
    const auto count = static_cast<std::uint32_t>(text.lines.size()) - first;
    if (count > 0) text.blocks.push_back({first, count});
  }
  return text;
}

}  // namespace

std::vector<TextElement> tagged_elements_of(const TextPage& page, std::span<const text::ContentTag> content,
                                            const TextStructure& structure, const BodyStyle& body) {
  if (content.empty()) return elements_of(page, body);
  std::vector<TextElement> elements = finished(Reader(page, structure, body).read(content), page, structure);
  const text::PageText rest = unowned_text(page, structure);
  const TextPage rest_of_page{page.list, rest, page.screen, page.number, page.label, page.links};
  std::vector<TextElement> others = elements_of(rest_of_page, body);
  std::move(others.begin(), others.end(), std::back_inserter(elements));
  return elements;
}

}  // namespace ode::exporter
