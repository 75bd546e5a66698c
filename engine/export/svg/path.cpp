#include "engine/export/svg/path.h"

#include <cmath>

#include "engine/export/markup.h"

namespace ode::exporter {
namespace {

/// Writes points relative to the last one written, so that rounding does not add up.
class PathData {
 public:
  PathData(std::string& out, const Matrix& to_svg, int decimals)
      : out_(out), to_svg_(to_svg), decimals_(decimals), step_(std::pow(10.0, -decimals)) {}

  void move(PathPoint p) {
    const Grid g = at(p);
    out_ += last_verb_ == 0 ? 'M' : 'm';
    fresh_ = true;
    if (last_verb_ == 0) here_ = {0, 0};
    pair(g);
    start_ = here_ = g;
    last_verb_ = 'm';
  }
  void line(PathPoint p) {
    const Grid g = at(p);
    if (g.x == here_.x && g.y != here_.y) {
      verb('v');
      number(g.y - here_.y);
    } else if (g.y == here_.y) {
      verb('h');
      number(g.x - here_.x);
    } else {
      verb('l');
      pair(g);
    }
    here_ = g;
  }
  void cubic(const PathPoint* p) {
    verb('c');
    const Grid end = at(p[2]);
    pair(at(p[0]));
    pair(at(p[1]));
    pair(end);
    here_ = end;
  }
  void close() {
    out_ += 'z';
    last_verb_ = 'z';
    here_ = start_;
  }

 private:
  struct Grid {
    double x, y;  ///< whole multiples of the step
  };
  Grid at(PathPoint p) const {
    const Point q = to_svg_.apply(Point{p.x, p.y});
    const auto snap = [this](double v) {
      return std::isfinite(v) ? std::floor(std::fmin(std::fmax(v, -1e7), 1e7) / step_ + 0.5) : 0;
    };
    return {snap(q.x), snap(q.y)};
  }
  void verb(char c) {
    if (c == last_verb_) return;
    out_ += c;
    last_verb_ = c;
    fresh_ = true;
  }
  void pair(const Grid& g) {
    number(g.x - here_.x);
    number(g.y - here_.y);
  }
  void number(double steps) {
    const std::size_t begin = out_.size();
    append_number(out_, steps * step_, decimals_);
    if (!fresh_ && out_[begin] != '-') out_.insert(begin, 1, ' ');
    fresh_ = false;
  }

  std::string& out_;
  const Matrix& to_svg_;
  int decimals_;
  double step_;
  Grid here_{0, 0}, start_{0, 0};
  char last_verb_ = 0;
  bool fresh_ = true;
};

}  // namespace

void append_path_data(std::string& out, const Path& path, const Matrix& to_svg, int decimals) {
  PathData data(out, to_svg, decimals);
  const PathPoint* p = path.points.data();
  for (const Verb verb : path.verbs) {
    switch (verb) {
      case Verb::move:
        data.move(*p++);
        break;
      case Verb::line:
        data.line(*p++);
        break;
      case Verb::cubic:
        data.cubic(p), p += 3;
        break;
      case Verb::close:
        data.close();
        break;
    }
  }
}

void append_matrix(std::string& out, const Matrix& m) {
  out += "matrix(";
  const double v[] = {m.a, m.b, m.c, m.d, m.e, m.f};
  for (int i = 0; i < 6; ++i) {
    if (i > 0) out += ' ';
    append_number(out, v[i], i < 4 ? 6 : 3);
  }
  out += ')';
}

}  // namespace ode::exporter
