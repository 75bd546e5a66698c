#include "engine/api/convert_links.h"

namespace ode::api {
namespace {

std::string anchor_id(int page_index, int top_pt) {
  return "page" + std::to_string(page_index + 1) + "-" + std::to_string(top_pt);
}

}  // namespace

LinkMap::LinkMap(Session& session, const std::vector<int>& pages, std::string document_url)
    : session_(session),
      document_url_(std::move(document_url)),
      converted_(pages.begin(), pages.end()) {
  for (const pdf::OutlineItem& item : session.document().outline())
    outline_.push_back({item.title, href_of(item.target, 0), item.depth});
  for (const int page : pages) links(page);
}

std::string LinkMap::href_to(int page_index, const std::optional<Point>& place) {
  if (converted_.count(page_index) == 0) return {};
  const std::string page = document_url_ + "#page" + std::to_string(page_index + 1);
  if (!place) return page;
  const auto placement = session_.place(page_index, View{});
  if (!placement) return page;
  const double top = placement->device_from_page.apply(*place).y;
  if (!(top > 0.5 && top < placement->height_px)) return page;
  const int top_pt = static_cast<int>(top);
  tops_pt_[page_index].insert(top_pt);
  return document_url_ + "#" + anchor_id(page_index, top_pt);
}

std::string LinkMap::href_of(const pdf::Target& target, int from_page_index) {
  using Kind = pdf::Target::Kind;
  if (target.kind == Kind::uri) return exporter::safe_url(target.text);
  if (target.kind == Kind::page) return href_to(target.page - 1, target.top_left);
  if (target.kind != Kind::named) return {};
  // ISO 32000-2, table 215: the named actions that every viewer knows.
  if (target.text == "NextPage") return href_to(from_page_index + 1, {});
  if (target.text == "PrevPage") return href_to(from_page_index - 1, {});
  if (target.text == "FirstPage") return href_to(0, {});
  if (target.text == "LastPage") return href_to(session_.page_count() - 1, {});
  return {};
}

std::vector<exporter::PageLink> LinkMap::links(int page_index) {
  std::vector<exporter::PageLink> out;
  for (const pdf::Link& link : session_.document().links(page_index)) {
    std::string href = href_of(link.target, page_index);
    if (href.empty()) continue;
    const bool is_page = link.target.kind == pdf::Target::Kind::page;
    std::string title = is_page ? "Page " + std::to_string(link.target.page) : link.target.text;
    out.push_back({link.area, std::move(href), std::move(title)});
  }
  return out;
}

std::vector<exporter::HtmlAnchor> LinkMap::anchors(int page_index) const {
  std::vector<exporter::HtmlAnchor> out;
  const auto found = tops_pt_.find(page_index);
  if (found == tops_pt_.end()) return out;
  for (const int top_pt : found->second) out.push_back({anchor_id(page_index, top_pt), static_cast<double>(top_pt)});
  return out;
}

}  // namespace ode::api
