#include "engine/raster/coverage/dash.h"

#include <algorithm>
#include <cmath>

#include "engine/raster/coverage/vector_math.h"

namespace ode::raster {
namespace {

/// value mod period, in [0, period), from exactly rounded operations only.
double wrap(double value, double period) {
  const double rest = value - std::floor(value / period) * period;
  return rest >= 0 && rest < period ? rest : 0;
}

/// The part of `from` + t · `way`, t in 0..1, that may be in `r`, as a range of t; empty when first > second.
std::pair<double, double> range_within(Point from, Point way, const Rect& r) {
  double t0 = 0, t1 = 1;
  const auto cut = [&](double p, double d, double low, double high) {
    if (d == 0) {
      if (p < low || p > high) t0 = 2;
      return;
    }
    const double a = (low - p) / d, b = (high - p) / d;
    t0 = std::max(t0, std::min(a, b));
    t1 = std::min(t1, std::max(a, b));
  };
  cut(from.x, way.x, r.x0, r.x1);
  cut(from.y, way.y, r.y0, r.y1);
  return {t0, t1};
}

}  // namespace

bool Dasher::usable(const display::StrokeStyle& style) {
  double sum = 0;
  for (const double d : style.dashes) {
    if (!(d >= 0)) return false;
    sum += d;
  }
  return sum > 0 && std::isfinite(2 * sum);
}

Dasher::Dasher(Outliner& outliner, const Pen& pen, const display::StrokeStyle& style)
    : outliner_(outliner), pen_(pen) {
  // An odd number of elements takes two rounds until dashes are dashes again.
  const std::size_t rounds = style.dashes.size() % 2 == 0 ? 1 : 2;
  starts_.reserve(style.dashes.size() * rounds + 1);
  for (std::size_t round = 0; round < rounds; ++round) {
    for (const double d : style.dashes) {
      starts_.push_back(period_);
      period_ += d;
    }
  }
  starts_.push_back(period_);
  first_position_ = std::isfinite(style.dash_phase) ? wrap(style.dash_phase, period_) : 0;
}

double Dasher::count_for(double length) const {
  return length / period_ * static_cast<double>(starts_.size() / 2);
}

/// The element with starts_[i] <= position < starts_[i + 1].
std::size_t Dasher::element_at(double position) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end() - 1, position);
  return static_cast<std::size_t>(after - starts_.begin()) - 1;
}

void Dasher::begin(Point start, Chain kind) {
  kind_ = kind;
  start_ = at_ = start;
  position_ = first_position_;
  any_length_ = in_dash_ = recording_ = false;
  first_dash_.clear();
}

void Dasher::begin_dash(Point at) {
  in_dash_ = true;
  if (kind_ == Chain::closed && !any_length_) {
    recording_ = true;
    first_dash_.push_back({at, Joint::corner});
  } else {
    outliner_.begin(at, Chain::open);
  }
}

void Dasher::dash_to(Point at, Joint joint) {
  if (recording_) {
    first_dash_.push_back({at, joint});
  } else {
    outliner_.line_to(at, joint);
  }
}

void Dasher::end_dash() {
  in_dash_ = false;
  if (!recording_) outliner_.end();
  recording_ = false;
}

void Dasher::line_to(Point to, Joint joint) {
  const Stretch s{at_, to - at_, 0};
  const Point user = pen_.user_from_pen.apply_vector(s.way);
  const double length = std::sqrt(dot_product(user, user));
  if (!(length > 0)) return;
  const Stretch stretch{s.from, s.way, length};

  const std::size_t head = element_at(position_);
  const double head_end = starts_[head + 1] - position_;
  const double end_position = position_ + length;
  const double periods_end = std::floor(end_position / period_);
  const double rest = wrap(end_position, period_);
  const std::size_t tail = element_at(rest);
  const double tail_start = periods_end * period_ + starts_[tail] - position_;

  if (head % 2 == 0) {
    if (!in_dash_) begin_dash(stretch.from);
    if (head_end >= length) {
      dash_to(to, joint);
    } else {
      dash_to(stretch.at(head_end), joint);
      end_dash();
    }
  } else if (in_dash_) {
    end_dash();  // it ended at the corner
  }
  any_length_ = true;
  if (head_end < length) {
    const bool ends_in_dash = tail % 2 == 0 && tail_start < length;
    inner_dashes(stretch, ends_in_dash ? tail_start : length, periods_end);
    if (ends_in_dash) {
      begin_dash(stretch.at(tail_start));
      dash_to(to, joint);
    }
  }
  position_ = rest;
  at_ = to;
}

/// Dashes that begin and end within a segment, before `limit`.
void Dasher::inner_dashes(const Stretch& s, double limit, double periods_end) {
  const auto [t0, t1] = range_within(s.from, s.way, outliner_.visible());
  if (t0 > t1) return;
  const double from = t0 * s.length, to = t1 * s.length;
  // A period more on either side than can be seen.
  const double first = std::max(0.0, std::floor((from + position_) / period_) - 1);
  const double last = std::min(periods_end, std::floor((to + position_) / period_) + 1);
  for (double k = first; k <= last; ++k) {
    const double base = k * period_ - position_;
    for (std::size_t i = 0; i + 1 < starts_.size(); i += 2) {
      const double begin = base + starts_[i], end = base + starts_[i + 1];
      if (begin >= limit) return;
      if (starts_[i] == starts_[i + 1]) {
        if (begin >= 0) outliner_.stamp(s.at(begin), s.way);
      } else if (begin > 0) {
        outliner_.begin(s.at(begin), Chain::open);
        outliner_.line_to(s.at(std::min(end, s.length)), Joint::corner);
        outliner_.end();
      }
    }
  }
}

void Dasher::replay_first() {
  for (std::size_t i = 1; i < first_dash_.size(); ++i)
    outliner_.line_to(first_dash_[i].at, first_dash_[i].joint);
}

bool Dasher::end() {
  if (kind_ == Chain::closed) line_to(start_, Joint::corner);
  if (!any_length_) return false;
  if (recording_) {
    // A single dash all the way round.
    recording_ = false;
    outliner_.begin(first_dash_[0].at, Chain::closed);
    replay_first();
    outliner_.end();
    return true;
  }
  if (!in_dash_ && first_dash_.size() > 1) outliner_.begin(first_dash_[0].at, Chain::open);
  replay_first();
  if (in_dash_ || first_dash_.size() > 1) outliner_.end();
  in_dash_ = false;
  return true;
}

}  // namespace ode::raster
