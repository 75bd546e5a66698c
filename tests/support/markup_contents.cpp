#include "tests/support/markup_contents.h"

#include <algorithm>
#include <iterator>
#include <sstream>

namespace ode::testing {
namespace {

std::string decoded(std::string_view text) {
  struct Known {
    std::string_view written;
    char is;
  };
  static constexpr Known kKnown[] = {{"&amp;", '&'},  {"&lt;", '<'},    {"&gt;", '>'},
                                     {"&quot;", '"'}, {"&apos;", '\''}, {"&#39;", '\''}};
  std::string out;
  while (!text.empty()) {
    const auto known = std::find_if(std::begin(kKnown), std::end(kKnown), [&](const Known& k) {
      return text.substr(0, k.written.size()) == k.written;
    });
    out += known != std::end(kKnown) ? known->is : text[0];
    text.remove_prefix(known != std::end(kKnown) ? known->written.size() : 1);
  }
  return out;
}

/// Bytes of the white space that `text` begins with, 0 for none: U+2000 to U+200A are three.
std::size_t length_of_space(std::string_view text) {
  const char c = text.front();
  if (c == ' ' || c == '\n' || c == '\f') return 1;
  const bool wide =
      text.size() > 2 && text.substr(0, 2) == "\xe2\x80" && text[2] >= '\x80' && text[2] <= '\x8a';
  return wide ? 3 : 0;
}

void add_reference(const std::string& url, std::set<std::string>& references) {
  if (url.rfind("data:", 0) != 0) references.insert(url);
}

/// Classes of optional content that is hidden as the document opens (engine/export/visibility_book.h).
std::set<std::string> hidden_classes(std::string_view markup) {
  static constexpr std::string_view kRule = "body:not(:has(nav input)) .", kHides = "{display:none}";
  std::set<std::string> classes;
  for (std::size_t at = markup.find(kRule); at != std::string_view::npos; at = markup.find(kRule, at)) {
    at += kRule.size();
    classes.emplace(markup.substr(at, markup.find(kHides, at) - at));
  }
  return classes;
}

bool any_of_them(std::string_view classes, const std::set<std::string>& wanted) {
  std::istringstream words{std::string(classes)};
  for (std::string word; words >> word;)
    if (wanted.count(word) != 0) return true;
  return false;
}

struct Tag {
  std::string_view element;
  std::string classes;
};

/// One tag, without its brackets; fills in ids and references.
Tag read_tag(std::string_view tag, MarkupContents& out) {
  std::size_t at = std::min(tag.find_first_of(" />", 1), tag.size());
  Tag read{tag.substr(0, at), {}};
  while (at < tag.size()) {
    if (tag[at] == ' ' || tag[at] == '/') {
      ++at;
      continue;
    }
    std::size_t end = std::min(tag.find_first_of(" =", at), tag.size());
    const std::string_view name = tag.substr(at, end - at);
    std::string value;
    if (end < tag.size() && tag[end] == '=') {
      const bool quoted = tag[++end] == '"';
      const std::size_t begin = end + (quoted ? 1 : 0);
      end = std::min(tag.find(quoted ? '"' : ' ', begin), tag.size());
      value = decoded(tag.substr(begin, end - begin));
    }
    at = end + 1;
    if (name == "class") read.classes = value;
    if (name == "id") out.ids.push_back(value);
    if (name == "href" || name == "src" || name == "data-src") add_reference(value, out.references);
    if (name != "data-t") add_css_references(value, out.references);
  }
  return read;
}

/// The '>' that ends the tag at `at`: not one in a value.
std::size_t end_of_tag(std::string_view markup, std::size_t at) {
  for (bool quoted = false; at < markup.size() && (quoted || markup[at] != '>'); ++at) {
    if (markup[at] == '"') quoted = !quoted;
  }
  return at;
}

}  // namespace

void add_css_references(std::string_view css, std::set<std::string>& references) {
  for (std::size_t at = css.find("url("); at != std::string_view::npos; at = css.find("url(", at)) {
    at += 4;
    add_reference(std::string(css.substr(at, css.find(')', at) - at)), references);
  }
}

MarkupContents contents_of(std::string_view markup) {
  static constexpr std::string_view kNotCopied[] = {"title", "style", "script", "nav", "select", "textarea"};
  std::set<std::string> hidden = hidden_classes(markup);
  hidden.insert("title");  // the heading that nobody can select
  MarkupContents out;
  std::string text;
  std::string_view skipped;  // the element whose text is
  for (std::size_t at = 0; at < markup.size();) {
    if (markup[at] == '<') {
      const std::size_t end = end_of_tag(markup, at);
      const auto [element, classes] = read_tag(markup.substr(at + 1, end - at - 1), out);
      if (!skipped.empty() && element.substr(0, 1) == "/" && element.substr(1) == skipped) {
        skipped = {};
      } else if (!skipped.empty()) {
        // within what is skipped
      } else if (std::find(std::begin(kNotCopied), std::end(kNotCopied), element) != std::end(kNotCopied) ||
                 ((element == "span" || element == "h1") && any_of_them(classes, hidden))) {
        skipped = element;
      }
      at = end + 1;
      continue;
    }
    const std::size_t end = std::min(markup.find('<', at), markup.size());
    if (skipped.empty()) text += decoded(markup.substr(at, end - at));
    if (skipped == "style") add_css_references(markup.substr(at, end - at), out.references);
    at = end;
  }
  out.text = with_single_spaces(text);
  return out;
}

std::string with_single_spaces(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t space = length_of_space(text);
    if (space == 0) {
      out += text.front();
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
    text.remove_prefix(std::max<std::size_t>(space, 1));
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

}  // namespace ode::testing
