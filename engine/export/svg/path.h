// Geometry as SVG writes it. All of it is in page space with y turned down: x, height − y.
#pragma once

#include <string>

#include "engine/geometry/path.h"

namespace ode::exporter {

/// Attribute value of `d`; `to_svg` is applied to the points. Relative commands, for they are shorter.
void append_path_data(std::string& out, const Path& path, const Matrix& to_svg, int decimals = 2);
/// "matrix(a b c d e f)".
void append_matrix(std::string& out, const Matrix& m);

}  // namespace ode::exporter
