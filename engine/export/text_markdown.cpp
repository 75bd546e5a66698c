// Escapes, emphasis, and what stands before the text of an element.
#include "engine/export/text_markdown.h"

#include <algorithm>

#include "engine/base/utf8.h"
#include "engine/text/fold.h"

namespace ode::exporter {
namespace {

/// An underscore within a word is no markup (CommonMark 6.2), an ampersand before a space no entity (2.5).
bool is_special(std::u32string_view text, std::size_t at) {
  const char32_t c = text[at];
  if (c == U'_') {
    const bool before = at > 0 && text::is_word_character(text[at - 1]);
    const bool after = at + 1 < text.size() && text::is_word_character(text[at + 1]);
    return !(before && after);
  }
  if (c == U'&')
    return at + 1 < text.size() && (text[at + 1] == U'#' || text::is_word_character(text[at + 1]));
  return std::u32string_view(U"\\`*[]<~").find(c) != std::u32string_view::npos;
}

void append_escaped_markdown(std::string& out, std::u32string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (c < 0x20 || c == 0x7f || (c >= 0x80 && c < 0xa0)) {
      out.push_back(' ');
      continue;
    }
    if (is_special(text, i)) out.push_back('\\');
    append_utf8(out, c);
  }
}

/// At the beginning of a line more is special: headings, quotes, lists, rules and underlines.
void escape_begin(std::string& line) {
  if (line.empty()) return;
  if (std::string_view("#>+-=|").find(line[0]) != std::string_view::npos) {
    line.insert(0, 1, '\\');
    return;
  }
  std::size_t digits = 0;
  while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
  if (digits > 0 && digits < line.size() && (line[digits] == '.' || line[digits] == ')'))
    line.insert(digits, 1, '\\');
}

/// Marks stand at letters, so spaces and punctuation at the ends stay outside (6.2: flanking).
void append_span(std::string& out, const TextSpan& span) {
  const std::u32string_view text = span.text;
  const auto is_inner = [](char32_t c) { return text::is_word_character(c); };
  const auto first =
      static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_inner) - text.begin());
  if ((!span.bold && !span.italic) || first == text.size()) return append_escaped_markdown(out, text);
  const auto last = text.size() - static_cast<std::size_t>(
                                      std::find_if(text.rbegin(), text.rend(), is_inner) - text.rbegin());
  const char* mark = span.bold && span.italic ? "***" : span.bold ? "**" : "*";
  append_escaped_markdown(out, text.substr(0, first));
  out += mark;
  append_escaped_markdown(out, text.substr(first, last - first));
  out += mark;
  append_escaped_markdown(out, text.substr(last));
}

/// Whether marks at this span's ends would touch a letter outside: "a**b**c" is emphasis to few readers.
bool within_word(const std::vector<TextSpan>& spans, std::size_t at) {
  const std::u32string& text = spans[at].text;
  const bool begin = at > 0 && !spans[at - 1].text.empty() &&
                     text::is_word_character(spans[at - 1].text.back()) &&
                     text::is_word_character(text.front());
  const bool end = at + 1 < spans.size() && !spans[at + 1].text.empty() &&
                   text::is_word_character(spans[at + 1].text.front()) &&
                   text::is_word_character(text.back());
  return begin || end;
}

std::string line_of(const TextElement& element) {
  std::string line;
  for (std::size_t i = 0; i < element.spans.size(); ++i) {
    if (element.spans[i].text.empty()) continue;
    TextSpan span = element.spans[i];
    if (within_word(element.spans, i)) span.bold = span.italic = false;
    append_span(line, span);
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  line.erase(0, line.find_first_not_of(' '));
  return line;
}

/// A fence longer than any row of backticks inside (4.5).
std::string code_of(const TextElement& element) {
  std::string code;
  std::size_t row = 0, longest = 2;
  for (const char32_t c : element.spans.empty() ? std::u32string() : element.spans[0].text) {
    row = c == U'`' ? row + 1 : 0;
    longest = std::max(longest, row);
    append_utf8(code, (c < 0x20 && c != U'\n') || (c >= 0x7f && c < 0xa0) ? U' ' : c);
  }
  const std::string fence(longest + 1, '`');
  return fence + "\n" + code + "\n" + fence;
}

bool is_item(const TextElement& element) {
  return element.kind == TextElement::Kind::bullet || element.kind == TextElement::Kind::numbered;
}

std::string prefix_of(const TextElement& element) {
  switch (element.kind) {
    case TextElement::Kind::heading:
      return std::string(static_cast<std::size_t>(std::clamp(element.level, 1, 6)), '#') + " ";
    case TextElement::Kind::bullet:
      return "- ";
    case TextElement::Kind::numbered:
      return std::to_string(element.number) + ". ";
    case TextElement::Kind::paragraph:
    case TextElement::Kind::code:
      return "";
  }
  return "";
}

}  // namespace

std::string markdown_of(std::span<const TextElement> elements) {
  std::string out;
  const TextElement* last = nullptr;
  for (const TextElement& element : elements) {
    const bool code = element.kind == TextElement::Kind::code;
    std::string line = code ? code_of(element) : line_of(element);
    if (line.empty()) continue;
    if (last != nullptr && !(is_item(*last) && last->kind == element.kind)) out.push_back('\n');
    if (!code) escape_begin(line);
    out += prefix_of(element) + line + "\n";
    last = &element;
  }
  return out;
}

}  // namespace ode::exporter
