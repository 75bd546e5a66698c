// LinkFinder: which link a glyph stands under, for HTML (html/fragments.h) and the text formats (text/spans.h).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/export/links.h"
#include "engine/text/page_text.h"

namespace ode::exporter {

/// Of one page. Comparisons are bounded by kLinkTestsMax; text after that has no links.
class LinkFinder {
 public:
  /// The links outlive this.
  explicit LinkFinder(std::span<const PageLink> links) : links_(links) {}
  /// Looks for the links that touch `line`, whose clusters are asked for next.
  void begin(const text::Line& line);
  /// Index of the link over the middle of a cluster of `line`, -1 for none.
  int link_of(const text::Line& line, const text::Cluster& cluster);
  /// Its address, "" for none.
  const std::string& href_of(const text::Line& line, const text::Cluster& cluster);

 private:
  std::span<const PageLink> links_;
  std::vector<std::uint32_t> near_;  ///< links that touch the line
  std::int64_t tests_ = 0;
};

}  // namespace ode::exporter
