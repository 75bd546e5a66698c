// What ODE's HTML and SVG say and refer to, for tests. The reading is lenient: strict_markup has been over
// the markup.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ode::testing {

struct MarkupContents {
  /// What is copied from the pages, UTF-8: text between tags but for that of navigation, of form fields
  /// and of layers that are hidden as the document opens.
  /// Runs of white space are one space.
  std::string text;
  std::vector<std::string> ids;
  /// Values of href, src and data-src, and every url(…); what data: URLs hold is left out.
  std::set<std::string> references;
};

MarkupContents contents_of(std::string_view markup);
/// The url(…)s of a style sheet or an attribute.
void add_css_references(std::string_view css, std::set<std::string>& references);

/// Runs of white space become one space, those at the ends nothing.
std::string with_single_spaces(std::string_view text);

}  // namespace ode::testing
