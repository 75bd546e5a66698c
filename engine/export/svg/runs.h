// Paths that follow each other with the same attributes, said in fewer words.
#pragma once

#include <string>
#include <string_view>

namespace ode::exporter {

/// `body` as SvgWriter writes it, drawing the same: runs of paths in one style become a group of that style, and runs of
/// opaque strokes one path. Drawings of thousands of lines are half as large so.
std::string merge_runs(std::string_view body);

}  // namespace ode::exporter
