#include "engine/export/html/tags.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "engine/export/markup.h"
#include "engine/pdf/structure/types.h"

namespace ode::exporter {
namespace {

using pdf::is_heading;
using pdf::is_one_of;

bool is_picture(std::string_view type) { return is_one_of(type, {"Figure", "Formula"}); }

/// Elements that a paragraph of HTML cannot hold.
bool is_block(std::string_view type) {
  return is_heading(type) || is_one_of(type, {"P", "L", "LI", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Sect", "Art", "BlockQuote",
                                              "TOC", "TOCI", "Aside", "Caption", "Div", "Part"});
}

void append_quoted(std::string& out, const char* name, const std::string& value) {
  if (value.empty()) return;
  out += std::string(" ") + name + "=\"";
  append_escaped(out, value);
  out += '"';
}

void append_cell_attributes(std::string& out, const pdf::StructureElement& cell, const std::string& name) {
  if (cell.row_span > 1) out += " rowspan=" + std::to_string(cell.row_span);
  if (cell.column_span > 1) out += " colspan=" + std::to_string(cell.column_span);
  if (name != "th") return;
  if (cell.scope == pdf::HeaderScope::row) out += " scope=row";
  if (cell.scope == pdf::HeaderScope::column) out += " scope=col";
}

bool is_ordered(pdf::ListNumbering numbering) {
  using N = pdf::ListNumbering;
  return numbering == N::ordered || numbering == N::decimal || numbering == N::upper_roman || numbering == N::lower_roman ||
         numbering == N::upper_alpha || numbering == N::lower_alpha;
}

}  // namespace

HtmlTags::HtmlTags(const pdf::StructureTree& tree) : tree_(tree), holds_blocks_(tree.elements.size()) {
  // Parents stand before their children.
  for (std::size_t i = tree.elements.size(); i-- > 0;) {
    const pdf::StructureElement& element = tree.elements[i];
    const bool note = is_one_of(element.type, {"Note", "FENote"});  // which stands at the end of a line, whatever it holds
    if (element.parent >= 0 && !note && (holds_blocks_[i] || is_block(element.type))) holds_blocks_[static_cast<std::size_t>(element.parent)] = true;
  }
  tags_.reserve(tree.elements.size());
  for (std::size_t i = 0; i < tree.elements.size(); ++i) tags_.push_back(tag_of(static_cast<int>(i)));
}

/// Rows in row groups or alone, cells in rows. Content between them is mostly borders and backgrounds.
bool HtmlTags::is_whole_table(int index) const {
  for (const pdf::StructureChild& child : children(index)) {
    if (child.kind == pdf::StructureChild::Kind::content) continue;
    if (child.kind != pdf::StructureChild::Kind::element) return false;
    const std::string& type = tree_.elements[static_cast<std::size_t>(child.element)].type;
    if (type == "Caption") continue;
    if (is_one_of(type, {"THead", "TBody", "TFoot"})) {
      for (const pdf::StructureChild& row : children(child.element)) {
        if (row.kind == pdf::StructureChild::Kind::content) continue;
        if (row.kind != pdf::StructureChild::Kind::element || tree_.elements[static_cast<std::size_t>(row.element)].type != "TR") return false;
      }
    } else if (type != "TR") {
      return false;
    }
  }
  return true;
}

bool HtmlTags::is_whole_list(int index) const {
  return std::all_of(children(index).begin(), children(index).end(), [&](const pdf::StructureChild& child) {
    if (child.kind != pdf::StructureChild::Kind::element) return false;
    // The items of a list within the list count as its own.
    return is_one_of(tree_.elements[static_cast<std::size_t>(child.element)].type, {"LI", "TOCI", "L", "TOC"});
  });
}

/// 14.8.4.4: "H" is as deep as the sections around it.
int HtmlTags::heading_level(int index) const {
  const std::string& type = tree_.elements[static_cast<std::size_t>(index)].type;
  if (type == "Title") return 1;
  if (type != "H") return type.size() > 2 ? 6 : std::min(type[1] - '0', 6);
  int level = 1;
  for (int at = parent(index), steps = 0; at >= 0 && steps < 64; at = parent(at), ++steps) {
    if (is_one_of(tree_.elements[static_cast<std::size_t>(at)].type, {"Sect", "Art"})) ++level;
  }
  return std::min(level, 6);
}

/// "" for none. `outer`: the tag of the element around it.
std::string HtmlTags::name_of(int index, const Tag& outer) const {
  const pdf::StructureElement& element = tree_.elements[static_cast<std::size_t>(index)];
  const std::string& type = element.type;
  const std::string& around = outer.name;
  if (outer.picture || element.artifact) return {};
  if (is_picture(type) && !element.alt.empty()) return outer.phrasing ? "i" : "figure";
  if (outer.phrasing) return {};
  if (type == "TR") return is_one_of(around, {"table", "thead", "tbody", "tfoot"}) ? "tr" : "";
  if (type == "TH" || type == "TD") return around == "tr" ? (type == "TH" ? "th" : "td") : "";
  if (type == "THead" || type == "TBody" || type == "TFoot") return around != "table" ? "" : type == "THead" ? "thead" : type == "TBody" ? "tbody" : "tfoot";
  if (type == "Caption") return around == "table" ? "caption" : around == "figure" ? "figcaption" : "";
  if (is_one_of(around, {"table", "thead", "tbody", "tfoot", "tr", "ul", "ol"}) && !is_one_of(type, {"LI", "TOCI"})) return {};
  if (type == "LI" || type == "TOCI") return is_one_of(around, {"ul", "ol"}) ? "li" : "";
  if (type == "Table") return is_whole_table(index) ? "table" : "";
  if (type == "L" || type == "TOC") return !is_whole_list(index) ? "" : is_ordered(element.numbering) ? "ol" : "ul";
  if (is_heading(type)) return holds_blocks_[static_cast<std::size_t>(index)] ? "" : "h" + std::to_string(heading_level(index));
  if (type == "P") return holds_blocks_[static_cast<std::size_t>(index)] ? "" : "p";
  if (type == "Sect") return "section";
  if (type == "Art") return "article";
  if (type == "BlockQuote") return "blockquote";
  if (is_one_of(type, {"Note", "FENote", "Aside"})) return "div";
  return {};
}

HtmlTags::Tag HtmlTags::tag_of(int index) const {
  const pdf::StructureElement& element = tree_.elements[static_cast<std::size_t>(index)];
  static const Tag kPage;
  // Elements without a tag let the one around them decide.
  int around = element.parent;
  while (around >= 0 && tags_[static_cast<std::size_t>(around)].name.empty()) around = parent(around);
  const Tag& outer = around >= 0 ? tags_[static_cast<std::size_t>(around)] : kPage;
  Tag tag;
  tag.name = name_of(index, outer);
  if (tag.name.empty()) return tag;
  tag.picture = is_picture(element.type);
  tag.phrasing = tag.name == "p" || tag.name[0] == 'h' || tag.name == "i";
  tag.start = "<" + tag.name;
  if (tag.picture) tag.start += " role=img";
  if (tag.name == "div") tag.start += " role=note";
  if (tag.picture) append_quoted(tag.start, "aria-label", element.alt);
  append_quoted(tag.start, "lang", element.language);
  if (tag.name == "td" || tag.name == "th") append_cell_attributes(tag.start, element, tag.name);
  tag.start += '>';
  return tag;
}

void HtmlTags::add_pictures(std::vector<TaggedPiece>& pieces, std::span<const text::ContentTag> content) const {
  std::set<std::int32_t> told;
  for (const TaggedPiece& piece : pieces) told.insert(piece.owner);
  const std::size_t lines = pieces.size();
  for (const text::ContentTag& tag : content) {
    if (!tags_[static_cast<std::size_t>(tag.owner)].picture || !told.insert(tag.owner).second) continue;
    pieces.push_back({tag.owner, tag.rank, {}});
  }
  if (pieces.size() == lines) return;
  // What has no owner stays behind.
  std::stable_sort(pieces.begin(), pieces.end(), [](const TaggedPiece& a, const TaggedPiece& b) {
    if ((a.owner < 0) != (b.owner < 0)) return b.owner < 0;
    return a.owner >= 0 && a.rank < b.rank;
  });
}

}  // namespace ode::exporter
