#include "engine/export/html/links.h"

#include <algorithm>

#include "engine/export/markup.h"

namespace ode::exporter {
namespace {

constexpr std::string_view kSchemes[] = {"http:", "https:", "mailto:", "ftp:", "tel:", "news:"};
constexpr std::size_t kUrlBytesMax = 8192;

bool starts_with_ignoring_case(std::string_view text, std::string_view lower_case_prefix) {
  if (text.size() < lower_case_prefix.size()) return false;
  return std::equal(lower_case_prefix.begin(), lower_case_prefix.end(), text.begin(), [](char p, char c) {
    return p == (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  });
}

}  // namespace

std::string safe_url(std::string_view uri) {
  while (!uri.empty() && static_cast<unsigned char>(uri.front()) <= ' ') uri.remove_prefix(1);
  while (!uri.empty() && static_cast<unsigned char>(uri.back()) <= ' ') uri.remove_suffix(1);
  if (uri.size() > kUrlBytesMax) return {};
  // Browsers drop controls inside a scheme, so a URI that has any is not what it seems.
  if (std::any_of(uri.begin(), uri.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; })) return {};
  if (starts_with_ignoring_case(uri, "www.")) return "http://" + std::string(uri);
  for (const std::string_view scheme : kSchemes) {
    if (starts_with_ignoring_case(uri, scheme)) return std::string(uri);
  }
  return {};
}

void append_link(std::string& out, const HtmlLink& link, const Matrix& screen_from_page) {
  if (link.area.empty()) return;
  out += "<a class=l href=\"";
  append_escaped(out, link.href);
  out += "\" aria-label=\"";
  append_escaped(out, link.title);
  out += link.href.front() == '#' ? "\" style=\"" : "\" rel=\"noopener noreferrer\" style=\"";
  append_place(out, screen_from_page.apply(link.area));
  out += "\"></a>\n";
}

void append_anchors(std::string& out, const std::vector<HtmlAnchor>& anchors) {
  for (const HtmlAnchor& anchor : anchors) {
    out += "<a class=l id=" + anchor.id + " style=\"top:";
    append_number(out, anchor.top_pt, 1);
    out += "pt\"></a>\n";
  }
}

void append_outline(std::string& out, const std::vector<HtmlOutlineItem>& items) {
  if (items.empty()) return;
  out += "<nav aria-label=Outline><details><summary>Outline</summary>\n";
  int open = -1;  // lists that are open, less one
  for (const HtmlOutlineItem& item : items) {
    const int depth = std::clamp(item.depth, 0, open + 1);
    if (depth > open) {
      out += "<ol>";
      ++open;
    } else {
      out += "</li>";
      for (; open > depth; --open) out += "</ol></li>";
    }
    out += "\n<li>";
    if (!item.href.empty()) {
      out += "<a href=\"";
      append_escaped(out, item.href);
      out += "\">";
    }
    append_escaped(out, item.title);
    if (!item.href.empty()) out += "</a>";
  }
  for (; open >= 0; --open) out += "</li></ol>";
  out += "\n</details></nav>\n";
}

}  // namespace ode::exporter
