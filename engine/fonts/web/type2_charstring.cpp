// Chooses the shortest operators: horizontal and vertical forms, and one operator for a stretch of the same
// kind.
#include "engine/fonts/web/type2_charstring.h"

#include <array>
#include <cmath>
#include <cstdlib>

namespace ode::fonts {
namespace {

constexpr std::size_t kStackMax = 48;
constexpr unsigned kHLineTo = 6, kVLineTo = 7, kRLineTo = 5, kRrCurveTo = 8, kEndChar = 14, kRMoveTo = 21,
                   kHMoveTo = 22, kVMoveTo = 4, kVhCurveTo = 30, kHvCurveTo = 31;
constexpr double kFarthest = 16000;

class Writer {
 public:
  Writer(FontBytes& out, GlyphBox& box, double units_per_em) : out_(out), box_(box), scale_(units_per_em) {}

  void move(PathPoint p) {
    flush();
    const auto [dx, dy] = step(p);
    if (dy == 0) {
      operands_ = {dx};
      end(kHMoveTo);
    } else if (dx == 0) {
      operands_ = {dy};
      end(kVMoveTo);
    } else {
      operands_ = {dx, dy};
      end(kRMoveTo);
    }
  }

  void line(PathPoint p) {
    const auto [dx, dy] = step(p);
    if (dx == 0 && dy == 0) return;
    const bool horizontal = dy == 0, vertical = dx == 0;
    if (!horizontal && !vertical) {
      begin(kRLineTo, 2);
      operands_.insert(operands_.end(), {dx, dy});
      return;
    }
    // hlineto and vlineto alternate; which comes next follows from how many went before.
    const bool alternates = (pending_ == kHLineTo || pending_ == kVLineTo) && operands_.size() < kStackMax &&
                            ((pending_ == kHLineTo) == (operands_.size() % 2 == 0)) == horizontal;
    if (!alternates) {
      flush();
      pending_ = horizontal ? kHLineTo : kVLineTo;
    }
    operands_.push_back(horizontal ? dx : dy);
  }

  void cubic(const PathPoint* p) {
    const auto [ax, ay] = step(p[0]);
    const auto [bx, by] = step(p[1]);
    const auto [cx, cy] = step(p[2]);
    if (ay == 0 && cx == 0) return alternating_curve(kHvCurveTo, {ax, bx, by, cy});
    if (ax == 0 && cy == 0) return alternating_curve(kVhCurveTo, {ay, bx, by, cx});
    begin(kRrCurveTo, 6);
    operands_.insert(operands_.end(), {ax, ay, bx, by, cx, cy});
  }

  void finish() {
    flush();
    end(kEndChar);
  }

 private:
  struct Step {
    int dx, dy;
  };

  Step step(PathPoint p) {
    const auto unit = [this](float v) {
      const double u = std::isfinite(v) ? v * scale_ : 0;
      return static_cast<int>(std::floor(std::fmin(std::fmax(u, -kFarthest), kFarthest) + 0.5));
    };
    const int x = unit(p.x), y = unit(p.y);
    box_.add(x, y);
    const Step s{x - x_, y - y_};
    x_ = x;
    y_ = y;
    return s;
  }

  void alternating_curve(unsigned op, const std::array<int, 4>& operands) {
    const bool even = operands_.size() % 8 == 0;
    const bool alternates = (pending_ == kHvCurveTo || pending_ == kVhCurveTo) &&
                            operands_.size() + 4 <= kStackMax && (pending_ == op) == even;
    if (!alternates) {
      flush();
      pending_ = op;
    }
    operands_.insert(operands_.end(), operands.begin(), operands.end());
  }

  /// Goes on with `op` if it is pending and its next `count` operands find room.
  void begin(unsigned op, std::size_t count) {
    if (pending_ == op && operands_.size() + count <= kStackMax) return;
    flush();
    pending_ = op;
  }
  void flush() {
    if (pending_ != 0) end(pending_);
    pending_ = 0;
  }
  void end(unsigned op) {
    for (const int v : operands_) number(v);
    operands_.clear();
    out_.u8(op);
  }
  void number(int v) {
    if (v >= -107 && v <= 107) {
      out_.u8(static_cast<unsigned>(v + 139));
    } else if (v >= 108 && v <= 1131) {
      out_.u8(static_cast<unsigned>((v - 108) >> 8) + 247).u8(static_cast<unsigned>(v - 108) & 0xff);
    } else if (v >= -1131 && v <= -108) {
      out_.u8(static_cast<unsigned>((-v - 108) >> 8) + 251).u8(static_cast<unsigned>(-v - 108) & 0xff);
    } else {
      out_.u8(28).i16(v);
    }
  }

  FontBytes& out_;
  GlyphBox& box_;
  double scale_;
  int x_ = 0, y_ = 0;
  unsigned pending_ = 0;
  std::vector<int> operands_;
};

}  // namespace

FontBytes type2_charstring(const Path* outline, int units_per_em, GlyphBox& box) {
  FontBytes out;
  Writer writer(out, box, units_per_em);
  if (outline != nullptr) {
    const PathPoint* p = outline->points.data();
    for (const Verb verb : outline->verbs) {
      if (verb == Verb::move) writer.move(*p++);
      if (verb == Verb::line) writer.line(*p++);
      if (verb == Verb::cubic) writer.cubic(p), p += 3;
    }
  }
  writer.finish();
  return out;
}

}  // namespace ode::fonts
