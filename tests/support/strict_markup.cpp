// See strict_markup.h.
#include "tests/support/strict_markup.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <vector>

namespace ode::testing {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string_view text) {
  std::string out;
  for (const char c : text) out += lower(c);
  return out;
}

template <std::size_t N>
bool is_one_of(std::string_view name, const char* const (&names)[N]) {
  return std::any_of(std::begin(names), std::end(names), [&](const char* known) { return name == known; });
}

/// What a browser sees of a URL: no white space, no controls, no case.
std::string bare(std::string_view url) {
  std::string out;
  for (const char c : url)
    if (static_cast<unsigned char>(c) > 0x20) out += lower(c);
  return out;
}

bool starts_with(std::string_view text, std::string_view begin) {
  return text.substr(0, begin.size()) == begin;
}

bool is_harmless_url(std::string_view decoded) {
  const std::string url = bare(decoded);
  const std::size_t colon = url.find(':');
  if (colon == std::string::npos || url.find_first_of("/?#") < colon) return true;
  for (const char* scheme : {"http:", "https:", "mailto:", "tel:", "ftp:"})
    if (starts_with(url, scheme)) return true;
  for (const char* data :
       {"data:image/png;", "data:image/jpeg;", "data:image/webp;", "data:font/woff2;", "data:application/font-woff2;",
        "data:application/octet-stream;"})  // browsers show nothing of that type
    if (starts_with(url, data)) return true;
  return false;
}

class Reader {
 public:
  Reader(std::string_view markup, MarkupKind kind, std::span<const std::string> known)
      : text_(markup), kind_(kind), known_(known) {}

  std::string read() {
    check_characters();
    while (ok() && at_ < text_.size()) text_[at_] == '<' ? tag() : character();
    if (ok() && !open_.empty()) fail("an element is not closed: " + open_.back());
    return complaint_;
  }

 private:
  bool ok() const { return complaint_.empty(); }
  void fail(const std::string& what) {
    if (!ok()) return;
    const std::size_t begin = at_ < 60 ? 0 : at_ - 60;
    complaint_ = what + " in «" + std::string(text_.substr(begin, 140)) + "»";
  }
  bool take(std::string_view expected) {
    if (!starts_with(text_.substr(at_), expected)) return false;
    at_ += expected.size();
    return true;
  }

  void check_characters();
  void character();
  std::string reference();
  void tag();
  void closing_tag();
  void attributes(const std::string& element);
  std::string attribute_value();
  void check_attribute(const std::string& element, const std::string& name, const std::string& value);
  void raw_text(const std::string& element);
  void check_css(std::string_view css);

  std::string_view text_;
  MarkupKind kind_;
  std::span<const std::string> known_;
  std::size_t at_ = 0;
  std::vector<std::string> open_;
  std::string complaint_;
};

/// UTF-8 without controls, surrogates and U+FFFE, U+FFFF.
void Reader::check_characters() {
  for (at_ = 0; ok() && at_ < text_.size();) {
    const auto lead = static_cast<unsigned char>(text_[at_]);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0x20 && lead != '\n' && lead != '\t') return fail("a control character");
    if (lead == 0x7f || (lead >= 0x80 && lead < 0xc2) || lead > 0xf4 || at_ + length > text_.size())
      return fail("bytes that are no UTF-8");
    unsigned c = length == 1 ? lead : lead & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
      const auto byte = static_cast<unsigned char>(text_[at_ + i]);
      if ((byte & 0xc0) != 0x80) return fail("bytes that are no UTF-8");
      c = c << 6 | (byte & 0x3fU);
    }
    if ((c >= 0xd800 && c < 0xe000) || c == 0xfffe || c == 0xffff || c > 0x10ffff)
      return fail("no character");
    at_ += length;
  }
  at_ = 0;
}

/// One character of text: references are the five names and numbers.
void Reader::character() {
  if (open_.empty() && !is_space(text_[at_])) return fail("text outside of everything");
  if (kind_ == MarkupKind::svg && starts_with(text_.substr(at_), "]]>")) return fail("]]>");
  if (text_[at_] == '&') {
    reference();
  } else {
    ++at_;
  }
}

std::string Reader::reference() {
  struct Known {
    const char* written;
    const char* is;
  };
  static constexpr Known kKnown[] = {{"&amp;", "&"},   {"&lt;", "<"},   {"&gt;", ">"},
                                     {"&quot;", "\""}, {"&apos;", "'"}, {"&#39;", "'"}};
  for (const Known& known : kKnown)
    if (take(known.written)) return known.is;
  fail("a & that is not escaped");
  return {};
}

void Reader::tag() {
  if (kind_ == MarkupKind::html && at_ == 0 && take("<!DOCTYPE html>")) return;
  if (kind_ == MarkupKind::svg && at_ == 0 && starts_with(text_, "<?xml ")) {
    at_ = text_.find("?>") == std::string_view::npos ? text_.size() : text_.find("?>") + 2;
    return;
  }
  if (std::any_of(known_.begin(), known_.end(), [&](const std::string& element) { return take(element); }))
    return;
  if (starts_with(text_.substr(at_), "</")) return closing_tag();
  ++at_;
  std::string name;
  while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '-'))
    name += text_[at_++];
  if (name.empty() || !is_letter(name[0])) return fail("a < that is not escaped");
  static constexpr const char* kForbidden[] = {"script",  "iframe", "object",   "embed",    "base",
                                               "frame",   "applet", "frameset", "link",     "foreignobject",
                                               "animate", "set",    "template", "noscript", "marquee"};
  if (is_one_of(lower(name), kForbidden)) return fail("an element " + name);
  attributes(name);
  if (!ok()) return;
  if (take("/>")) {
    // In HTML only svg's elements may close themselves.
    const bool foreign = std::find(open_.begin(), open_.end(), "svg") != open_.end() || name == "svg";
    if (kind_ == MarkupKind::html && !foreign) fail("an HTML element closes itself");
    return;
  }
  if (!take(">")) return fail("a tag does not end");
  static constexpr const char* kVoid[] = {"meta", "br", "img", "hr", "input", "wbr", "col"};
  if (kind_ == MarkupKind::html && is_one_of(name, kVoid)) return;
  open_.push_back(name);
  if (name == "style" || name == "title" || name == "textarea") raw_text(name);
}

void Reader::closing_tag() {
  at_ += 2;
  std::string name;
  while (at_ < text_.size() && text_[at_] != '>') name += text_[at_++];
  if (open_.empty() || open_.back() != name || !take(">")) return fail("</" + name + "> closes nothing");
  open_.pop_back();
}

void Reader::attributes(const std::string& element) {
  std::set<std::string> seen;
  while (ok() && at_ < text_.size() && is_space(text_[at_])) {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    std::string name;
    while (at_ < text_.size() &&
           (is_letter(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '-' || text_[at_] == ':'))
      name += text_[at_++];
    if (name.empty()) return;
    if (!seen.insert(lower(name)).second) return fail("an attribute twice: " + name);
    std::string value;
    if (take("=")) {
      value = attribute_value();
    } else if (kind_ == MarkupKind::svg) {
      return fail("an attribute without value: " + name);
    }
    if (ok()) check_attribute(element, lower(name), value);
  }
}

/// Decoded.
std::string Reader::attribute_value() {
  std::string value;
  const bool quoted = take("\"");
  if (!quoted && kind_ == MarkupKind::svg) {
    fail("a value without quotes");
    return {};
  }
  while (ok() && at_ < text_.size()) {
    const char c = text_[at_];
    if (quoted ? c == '"' : is_space(c) || c == '>') break;
    if (c == '<' || (!quoted && (c == '"' || c == '\'' || c == '=' || c == '`')))
      fail("a value is not escaped");
    if (c == '&') {
      value += reference();
    } else {
      value += c;
      ++at_;
    }
  }
  if (quoted && !take("\"")) fail("a value does not end");
  return value;
}

void Reader::check_attribute(const std::string& element, const std::string& name, const std::string& value) {
  if (starts_with(name, "on") || name == "srcdoc" || name == "http-equiv" || name == "formaction")
    return fail("an attribute " + name + " of " + element);
  static constexpr const char* kUrls[] = {"href",       "src",  "xlink:href", "action", "data",    "poster",
                                          "background", "cite", "srcset",     "ping",   "manifest"};
  if (is_one_of(name, kUrls) && !is_harmless_url(value)) return fail("a URL: " + value);
  static constexpr const char* kStyles[] = {"style",     "fill",         "stroke",     "filter", "mask",
                                            "clip-path", "marker-start", "marker-end", "cursor"};
  if (is_one_of(name, kStyles)) check_css(value);
}

/// The text of style, title and textarea, up to their closing tags.
void Reader::raw_text(const std::string& element) {
  const std::size_t end = text_.find('<', at_);
  if (end == std::string_view::npos) return fail("an element is not closed: " + element);
  if (element == "style") {
    check_css(text_.substr(at_, end - at_));
    at_ = end;
    if (!starts_with(text_.substr(at_), "</style>")) fail("a < in a style sheet");
    return;
  }
  while (ok() && at_ < end) character();
}

void Reader::check_css(std::string_view css) {
  const std::string sheet = bare(css);
  for (const char* word :
       {"@import", "expression(", "javascript:", "vbscript:", "-moz-binding", "behavior:", "\\"})
    if (sheet.find(word) != std::string::npos) return fail(std::string("CSS with ") + word);
  for (std::size_t at = sheet.find("url("); at != std::string::npos; at = sheet.find("url(", at)) {
    at += 4;
    const std::string url = sheet.substr(at, sheet.find(')', at) - at);
    const bool own = starts_with(url, "#") || starts_with(url, "\"#");
    if (!own && (url.find_first_of("\"'") != std::string::npos || !starts_with(url, "data:") ||
                 !is_harmless_url(url)))
      return fail("CSS that loads " + url.substr(0, 60));
  }
}

}  // namespace

std::string complaint_about(std::string_view markup, MarkupKind kind, std::span<const std::string> known) {
  return Reader(markup, kind, known).read();
}

}  // namespace ode::testing
