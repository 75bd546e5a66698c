// Vectors in the plane, for the stroker.
#pragma once

#include "engine/geometry/geometry.h"

namespace ode::raster {

inline Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
inline Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
inline Point operator*(double k, Point p) { return {k * p.x, k * p.y}; }
inline double dot_product(Point a, Point b) { return a.x * b.x + a.y * b.y; }
inline double cross_product(Point a, Point b) { return a.x * b.y - a.y * b.x; }
/// A quarter turn from x to y: to the left where y goes up.
inline Point normal_of(Point direction) { return {-direction.y, direction.x}; }

}  // namespace ode::raster
