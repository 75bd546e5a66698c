// Outliner: chains of segments to the edges of their stroke, in pen space, where the pen is a circle.
//
// Both sides of a chain are emitted as it grows, nothing is stored: edges may come in any order, as long as
// they close up. The outline is the sum of one rectangle per segment and one wedge per corner, all wound the
// same way, less the kite on the inside of a corner where both rectangles surely overlap; so nonzero gives
// the union, without holes.
#pragma once

#include "engine/raster/coverage/coverage.h"
#include "engine/raster/coverage/stroke_pen.h"

namespace ode::raster {

/// How a segment meets the one before: `smooth` within a flattened curve, where every join is round.
enum class Joint : std::uint8_t { corner, smooth };
enum class Chain : std::uint8_t { open, closed };

class Outliner {
 public:
  /// `clip`: device pixels; segments that cannot reach them are dropped, without a change to coverage within.
  Outliner(Scanner& scanner, const Pen& pen, const display::StrokeStyle& style, const IntRect& clip);

  void begin(Point start, Chain kind);
  /// `joint`: at the segment's start.
  void line_to(Point to, Joint joint);
  /// Ends the chain with caps, or joins it to its start. False when it had no length: then nothing was drawn.
  bool end();
  /// A disc.
  void dot(Point center);
  /// What a dash of no length paints: its caps, along `direction` (any length but zero).
  void stamp(Point center, Point direction);

  /// In pen space: where edges of the stroke of a path must lie to matter.
  const Rect& visible() const { return visible_; }

 private:
  struct FixedPoint {
    std::int32_t x = 0, y = 0;
  };
  struct Ends {
    FixedPoint left, right;
  };
  struct Segment {
    Point from, direction;  ///< direction: to - from until measured, then of length 1
    double length = 0;      ///< 0 until measured
    bool visible = false;
    void measure();
  };
  /// A corner's two ends and what connects them.
  struct Corner {
    Ends in, out;
    bool left_is_outer = false, outer_single = false, inner_single = false;
  };

  FixedPoint fixed(Point p) const;
  void edge(FixedPoint a, FixedPoint b) { scanner_.add_edge(a.x, a.y, b.x, b.y); }
  bool is_visible(Point a, Point b) const;
  void add_segment(Point to, Joint joint);
  void join(Segment& before, Segment& after, Point at, Joint joint);
  Corner corner_of(const Segment& before, const Segment& after, Point at, Joint joint) const;
  void connect(const Corner& corner, const Segment& before, const Segment& after, Point at, Joint joint);
  void finish_segment(const Ends& start, const Ends& end);
  void arc(FixedPoint& from, Point center, Point u0, Point u1, int depth);
  void round_turn(FixedPoint from, FixedPoint to, Point center, Point u0, Point middle, Point u1);
  void quad(Point from, Point to, Point across);
  Ends ends_at(const Segment& s, Point at, double beyond) const;
  Ends start_cap(Segment& s);
  void end_cap(const Segment& s, Point at);
  void draw_single_segment(Segment& s, Point to);

  Scanner& scanner_;
  const Pen& pen_;
  const display::StrokeStyle& style_;
  Rect visible_;
  double miter_limit2_ = 0;

  Chain kind_ = Chain::open;
  display::StrokeStyle::Cap cap_ = display::StrokeStyle::Cap::butt;  ///< of the chain in hand
  Point start_, at_, latest_;
  std::int64_t count_ = 0;
  Segment first_, last_;
  Ends last_start_;  ///< where the sides of last_ begin
  Ends first_end_;   ///< of a closed chain, whose first segment waits for the closing corner
};

}  // namespace ode::raster
