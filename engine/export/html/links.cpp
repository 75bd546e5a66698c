#include "engine/export/html/links.h"

#include <algorithm>

#include "engine/export/markup.h"

namespace ode::exporter {
void append_link(std::string& out, const PageLink& link, const Matrix& screen_from_page) {
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
