// Dashes: ISO 32000-2, 8.4.3.6. Cuts chains of segments into dashes and hands them to the outliner.
//
// Where a dash begins on a segment depends on the lengths before it, not on what of them is visible: the
// phase at a segment's start is carried on for every segment, and dashes within one are evaluated directly
// from it. So segments out of sight cost no dashes, and tiles agree.
#pragma once

#include <vector>

#include "engine/raster/coverage/stroke_outline.h"

namespace ode::raster {

class Dasher {
 public:
  /// REQUIRES: usable(style).
  Dasher(Outliner& outliner, const Pen& pen, const display::StrokeStyle& style);

  /// Whether the style has dashes that make sense: finite, not negative, not all zero.
  static bool usable(const display::StrokeStyle& style);
  /// Dashes that a path of `length` (user space) may take.
  double count_for(double length) const;

  void begin(Point start, Chain kind);
  void line_to(Point to, Joint joint);
  /// False when the chain had no length.
  bool end();

 private:
  struct ChainPoint {
    Point at;
    Joint joint;
  };
  /// One segment: `way` from `from`, `length` in user space.
  struct Stretch {
    Point from, way;
    double length = 0;
    Point at(double t) const { return {from.x + way.x * (t / length), from.y + way.y * (t / length)}; }
  };

  std::size_t element_at(double position) const;
  void inner_dashes(const Stretch& s, double tail_start, double periods_end);
  void begin_dash(Point at);
  void dash_to(Point at, Joint joint);
  void end_dash();
  void replay_first();

  Outliner& outliner_;
  const Pen& pen_;
  std::vector<double>
      starts_;  ///< of the elements of one period, user units; even ones are dashes; then the period
  double period_ = 0, first_position_ = 0;

  Chain kind_ = Chain::open;
  Point start_, at_;
  double position_ = 0;  ///< within the period
  bool any_length_ = false;
  bool in_dash_ = false;
  /// The dash a closed chain begins with is kept until its end: the last one may run into it.
  bool recording_ = false;
  std::vector<ChainPoint> first_dash_;
};

}  // namespace ode::raster
