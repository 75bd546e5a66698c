// Numbers are clauses of spec.commonmark.org, version 0.31.
#include "engine/export/text/markdown_inline.h"

#include <algorithm>
#include <string_view>

#include "engine/base/utf8.h"
#include "engine/text/fold.h"

namespace ode::exporter {
namespace {

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7f && c < 0xa0); }

/// Letters and digits: what emphasis marks stand at, and what the underscore is no markup between.
bool is_inner(char32_t c) { return text::is_word_character(c) && c != U'_'; }

/// An underscore within a word is no markup (6.2), an ampersand before a space no entity (2.5).
bool is_special(std::u32string_view text, std::size_t at) {
  const char32_t c = text[at];
  if (c == U'_') {
    const bool before = at > 0 && is_inner(text[at - 1]);
    const bool after = at + 1 < text.size() && is_inner(text[at + 1]);
    return !(before && after);
  }
  if (c == U'&')
    return at + 1 == text.size() || text[at + 1] == U'#' || text::is_word_character(text[at + 1]);
  return std::u32string_view(U"\\`*[]<~").find(c) != std::u32string_view::npos;
}

void append_escaped_markdown(std::string& out, std::u32string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_control(text[i])) {
      out.push_back(' ');
      continue;
    }
    if (is_special(text, i)) out.push_back('\\');
    append_utf8(out, text[i]);
  }
}

/// Marks stand at letters, so spaces and punctuation at the ends stay outside (6.2: flanking).
void append_emphasis(std::string& out, const TextSpan& span) {
  const std::u32string_view text = span.text;
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

/// 6.1: between rows of more backticks than any inside; spaces at the ends stay outside.
void append_code(std::string& out, std::u32string_view text) {
  const std::size_t first = text.find_first_not_of(U' '), last = text.find_last_not_of(U' ');
  if (first == std::u32string_view::npos) return append_escaped_markdown(out, text);
  const std::u32string_view code = text.substr(first, last - first + 1);
  std::size_t row = 0, longest = 0;
  for (const char32_t c : code) {
    row = c == U'`' ? row + 1 : 0;
    longest = std::max(longest, row);
  }
  const std::string fence(longest + 1, '`');
  const char* pad = longest > 0 ? " " : "";
  out.append(first, ' ');
  out += fence + pad;
  for (const char32_t c : code) append_utf8(out, is_control(c) ? U' ' : c);
  out += pad + fence;
  out.append(text.size() - last - 1, ' ');
}

/// Whether marks at this span's ends would touch a letter outside: "a**b**c" is emphasis to few readers.
bool within_word(std::span<const TextSpan> spans, std::size_t at) {
  const std::u32string& text = spans[at].text;
  const bool begin = at > 0 && !spans[at - 1].text.empty() &&
                     text::is_word_character(spans[at - 1].text.back()) &&
                     text::is_word_character(text.front());
  const bool end = at + 1 < spans.size() && !spans[at + 1].text.empty() &&
                   text::is_word_character(spans[at + 1].text.front()) &&
                   text::is_word_character(text.back());
  return begin || end;
}

void append_span(std::string& out, std::span<const TextSpan> spans, std::size_t at) {
  const TextSpan& span = spans[at];
  if (span.text.empty()) return;
  if (span.code) {
    append_code(out, span.text);
  } else if (within_word(spans, at)) {
    append_escaped_markdown(out, span.text);
  } else {
    append_emphasis(out, span);
  }
}

/// 6.3: a destination without angle brackets has no spaces or controls, and its parentheses are escaped. What
/// no URL may hold (RFC 3986, 2) becomes percent-escapes, so nothing can end the destination, or a table's
/// cell.
void append_destination(std::string& out, std::string_view url) {
  constexpr std::string_view kNotInUrls = " \"<>\\^`{|}";
  constexpr std::string_view kMarkup = "()[]*&";
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7f || kNotInUrls.find(c) != std::string_view::npos) {
      constexpr char kDigits[] = "0123456789ABCDEF";
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
      continue;
    }
    if (kMarkup.find(c) != std::string_view::npos) out.push_back('\\');
    out.push_back(c);
  }
}

/// Spaces at the ends of the text are not part of the link; a link without text is none.
void append_link(std::string& out, const std::string& text, const std::string& href) {
  const std::size_t first = text.find_first_not_of(' '), last = text.find_last_not_of(' ');
  if (first == std::string::npos) {
    out += text;
    return;
  }
  out.append(first, ' ');
  if (!out.empty() && out.back() == '!') out.insert(out.size() - 1, 1, '\\');  // "![" begins an image
  out += "[" + text.substr(first, last - first + 1) + "](";
  append_destination(out, href);
  out += ')';
  out.append(text.size() - last - 1, ' ');
}

}  // namespace

std::string inline_markdown(std::span<const TextSpan> spans) {
  std::string line;
  for (std::size_t i = 0; i < spans.size();) {
    const std::string& href = spans[i].href;
    std::string text;
    for (; i < spans.size() && spans[i].href == href; ++i) append_span(text, spans, i);
    if (href.empty()) {
      line += text;
    } else {
      append_link(line, text, href);
    }
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  line.erase(0, line.find_first_not_of(' '));
  return line;
}

std::string at_line_begin(std::string line) {
  if (line.empty()) return line;
  if (std::string_view("#>+-=|").find(line[0]) != std::string_view::npos) return "\\" + line;
  std::size_t digits = 0;
  while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
  const bool marker = digits > 0 && digits < line.size() && (line[digits] == '.' || line[digits] == ')') &&
                      (digits + 1 == line.size() || line[digits + 1] == ' ');
  if (marker) line.insert(digits, 1, '\\');
  return line;
}

std::string at_heading_end(std::string line) {
  const std::size_t last = line.find_last_not_of('#');
  if (last + 1 < line.size() && (last == std::string::npos || line[last] == ' '))
    line.insert(last + 1, 1, '\\');
  return line;
}

std::string in_cell(const std::string& line) {
  std::string cell;
  for (const char c : line) {
    if (c == '|') cell.push_back('\\');
    cell.push_back(c);
  }
  return cell;
}

}  // namespace ode::exporter
