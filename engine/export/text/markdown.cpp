// What stands before and between the lines of elements. Numbers are clauses of spec.commonmark.org, version
// 0.31.
#include "engine/export/text/markdown.h"

#include <algorithm>

#include "engine/base/limits.h"
#include "engine/base/utf8.h"
#include "engine/export/text/markdown_inline.h"

namespace ode::exporter {
namespace {

using Kind = TextElement::Kind;

constexpr int kNumberMax = 999'999'999;  ///< 5.2: no more than nine digits

bool is_item(const TextElement& element) {
  return element.kind == Kind::bullet || element.kind == Kind::numbered;
}

/// A fence longer than any row of backticks inside (4.5).
std::string code_of(const TextElement& element) {
  if (element.spans.empty()) return {};
  std::string code;
  std::size_t row = 0, longest = 2;
  for (const char32_t c : element.spans[0].text) {
    row = c == U'`' ? row + 1 : 0;
    longest = std::max(longest, row);
    append_utf8(code, (c < 0x20 && c != U'\n') || (c >= 0x7f && c < 0xa0) ? U' ' : c);
  }
  const std::string fence(longest + 1, '`');
  return fence + "\n" + code + "\n" + fence;
}

std::string row_of(const std::vector<std::vector<TextSpan>>& cells, bool& has_text) {
  std::string row = "|";
  for (const std::vector<TextSpan>& spans : cells) {
    const std::string cell = in_cell(inline_markdown(spans));
    has_text = has_text || !cell.empty();
    row += cell.empty() ? "  |" : " " + cell + " |";
  }
  return row;
}

/// As wide as its widest row; shorter rows end early, which means empty cells.
std::string table_of(const TextElement& element) {
  std::size_t columns = 0;
  for (const TextRow& row : element.rows) columns = std::max(columns, row.cells.size());
  bool has_text = false;
  std::string head = "|", rule = "\n|", body;
  std::size_t head_cells = 0;
  for (const TextRow& row : element.rows) {
    if (&row == &element.rows.front() && row.header) {
      head = row_of(row.cells, has_text);
      head_cells = row.cells.size();
    } else {
      body += "\n" + row_of(row.cells, has_text);
    }
  }
  for (; head_cells < columns; ++head_cells) head += "  |";
  for (std::size_t i = 0; i < columns; ++i) rule += " --- |";
  return has_text ? head + rule + body : std::string();
}

/// Without what stands around it; "" when it says nothing.
std::string lines_of(const TextElement& element) {
  if (element.kind == Kind::code) return code_of(element);
  if (element.kind == Kind::table) return table_of(element);
  const std::string line = inline_markdown(element.spans);
  if (element.kind != Kind::heading || line.empty()) return at_line_begin(line);
  return std::string(static_cast<std::size_t>(std::clamp(element.level, 1, 6)), '#') + " " +
         at_heading_end(line);
}

std::string marker_of(const TextElement& element) {
  if (element.kind == Kind::bullet) return "- ";
  if (element.kind == Kind::numbered) return std::to_string(std::clamp(element.number, 0, kNumberMax)) + ". ";
  return {};
}

class Writer {
 public:
  void add(const TextElement& element) {
    const std::string lines = lines_of(element);
    if (lines.empty()) return;
    const int quotes = std::clamp(element.quotes, 0, kTextNestingMax);
    if (quotes != quotes_) items_.clear();
    const auto depth =
        std::min(items_.size(), static_cast<std::size_t>(std::clamp(element.depth, 0, kTextNestingMax)));
    if (!out_.empty() && !follows(element, depth)) append_line(std::min(quotes, quotes_), 0, {});
    items_.resize(depth);
    const std::size_t indent = depth > 0 ? items_.back().indent : 0;
    const std::string marker = marker_of(element);
    quotes_ = quotes;
    after_item_ = is_item(element);
    if (after_item_) items_.push_back({element.kind, indent + marker.size()});
    for (std::size_t begin = 0; begin <= lines.size();) {
      const std::size_t end = std::min(lines.find('\n', begin), lines.size());
      append_line(quotes, indent, marker + lines.substr(begin, end - begin));
      begin = end + 1;
    }
  }
  std::string take() && { return std::move(out_); }

 private:
  struct Item {
    Kind kind;
    std::size_t indent;  ///< of what stands in it
  };

  /// Whether it may follow the line before without an empty line: an item of the same list, or the first of a
  /// list within. A list that does not begin with 1 cannot (5.2).
  bool follows(const TextElement& element, std::size_t depth) const {
    if (!is_item(element) || !after_item_) return false;
    if (depth < items_.size()) return items_[depth].kind == element.kind;
    return depth > 0 && (element.kind == Kind::bullet || element.number == 1);
  }

  void append_line(int quotes, std::size_t indent, const std::string& line) {
    for (int i = 0; i < quotes; ++i) out_ += "> ";
    if (!line.empty()) {
      out_.append(indent, ' ');
      out_ += line;
    } else if (quotes > 0) {
      out_.pop_back();
    }
    out_.push_back('\n');
  }

  std::string out_;
  std::vector<Item> items_;  ///< open, outermost first
  int quotes_ = 0;           ///< of the element before
  bool after_item_ = false;
};

}  // namespace

std::string markdown_of(std::span<const TextElement> elements) {
  Writer writer;
  for (const TextElement& element : elements) writer.add(element);
  return std::move(writer).take();
}

}  // namespace ode::exporter
