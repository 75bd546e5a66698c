// LinkMap: where the links, targets and outline items of a document lead within its HTML.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/api/session.h"
#include "engine/export/html/links.h"

namespace ode::api {

/// Reads the links of all pages once, to know which places need an id, and keeps only those.
class LinkMap {
 public:
  /// `pages`: 0-based, those that are converted; links to others lead nowhere. `document_url`: of the file with the
  /// pages, in front of '#'; empty within it.
  LinkMap(Session& session, const std::vector<int>& pages, std::string document_url = {});

  std::vector<exporter::PageLink> links(int page_index);
  std::vector<exporter::HtmlAnchor> anchors(int page_index) const;
  std::vector<exporter::HtmlOutlineItem> outline() const { return outline_; }

 private:
  std::string href_of(const pdf::Target& target, int from_page_index);
  std::string href_to(int page_index, const std::optional<Point>& place);

  Session& session_;
  std::string document_url_;
  std::set<int> converted_;
  std::map<int, std::set<int>> tops_pt_;  ///< of the places that links lead to, by page
  std::vector<exporter::HtmlOutlineItem> outline_;
};

}  // namespace ode::api
