// Vertical writing in fonts for horizontal writing: each letter is a string of its own below the one before,
// as LibreOffice, browsers and report writers place them. Such a column becomes one vertical run.
#include <algorithm>
#include <cmath>

#include "engine/text/runs.h"
#include "engine/text/scripts.h"

namespace ode::text {
namespace {

// In units of the font's size.
constexpr double kPitchMin = 0.5, kPitchMax = 1.7;  ///< from letter to letter
constexpr double kPitchChange = 0.35;
constexpr double kSameAxis = 0.15;
constexpr double kWidthMax = 1.3;  ///< of what stands upright in a column, like a number of two digits
constexpr std::size_t kLettersMin = 3;
constexpr double kSizeChange = 0.15;
/// As vertical writing places full-width glyphs (clusters.cpp).
constexpr double kVerticalOriginY = 0.88;

double middle_of(const Run& run) { return 0.5 * (run.begin + run.end); }

class Stacker {
 public:
  explicit Stacker(TextRuns& text) : text_(text) {}

  void join_all() {
    std::vector<Run> runs;
    runs.reserve(text_.runs.size());
    for (std::size_t i = 0; i < text_.runs.size();) {
      const std::size_t end = end_of_stack(i);
      if (end - i >= kLettersMin && is_east_asian_text(i, end)) {
        runs.push_back(joined(i, end));
      } else {
        runs.insert(runs.end(), text_.runs.begin() + static_cast<std::ptrdiff_t>(i),
                    text_.runs.begin() + static_cast<std::ptrdiff_t>(end));
      }
      i = end;
    }
    text_.runs = std::move(runs);
  }

 private:
  /// Letters are centred, or begin at one place, as all are as wide.
  static bool same_axis(const Run& a, const Run& b) {
    return std::min(std::fabs(middle_of(a) - middle_of(b)), std::fabs(a.begin - b.begin)) <=
           kSameAxis * a.size;
  }
  static bool is_narrow(const Run& run) {
    return run.says && !run.vertical && run.end - run.begin <= kWidthMax * run.size;
  }

  /// Runs that stand under each other; at least the first.
  std::size_t end_of_stack(std::size_t first) const {
    const std::vector<Run>& runs = text_.runs;
    double pitch = 0;
    std::size_t end = first + 1;
    if (!is_narrow(runs[first])) return end;
    for (; end < runs.size() && is_narrow(runs[end]); ++end) {
      const Run &upper = runs[end - 1], &lower = runs[end];
      if (upper.owner != lower.owner || !same_direction(upper.direction, lower.direction)) break;
      if (std::fabs(lower.size - upper.size) > kSizeChange * upper.size) break;
      const double down = upper.across - lower.across;
      if (down < kPitchMin * lower.size || down > kPitchMax * lower.size) break;
      if (!same_axis(lower, runs[first])) break;
      if (pitch > 0 && std::fabs(down - pitch) > kPitchChange * lower.size) break;
      pitch = down;
    }
    return end;
  }

  /// Lists of numbers and bullets stand under each other, too.
  bool is_east_asian_text(std::size_t first, std::size_t end) const {
    std::size_t letters = 0, others = 0;
    for (std::size_t i = first; i < end; ++i) {
      for (std::uint32_t k = 0; k < text_.runs[i].count; ++k) {
        for (const char32_t c : text_.clusters[text_.runs[i].first + k].text)
          ++(is_east_asian(c) ? letters : others);
      }
    }
    return letters >= kLettersMin && letters > others;
  }

  Run joined(std::size_t first, std::size_t end) {
    Run run = text_.runs[first];
    run.count = 0;
    run.direction = {run.direction.y, -run.direction.x};
    run.vertical = true;
    run.across = middle_of(text_.runs[first]);
    run.ascent = 0.5 * run.size;
    run.descent = -run.ascent;
    for (std::size_t i = first; i < end; ++i) {
      const Run& letter = text_.runs[i];
      const double begin = -letter.across - kVerticalOriginY * letter.size;
      // No gap between letters is a space. Digits that stand side by side share the height of their line.
      const double whole = i + 1 < end ? letter.across - text_.runs[i + 1].across : letter.size;
      const double height = whole / letter.count;
      for (std::uint32_t k = 0; k < letter.count; ++k) {
        Cluster& cluster = text_.clusters[letter.first + k];
        cluster.along = static_cast<float>(begin + k * height);
        cluster.across = static_cast<float>(run.across);
        cluster.advance = static_cast<float>(height);
      }
      run.count += letter.count;
    }
    run.begin = text_.clusters[run.first].along;
    run.end = static_cast<double>(text_.clusters[run.first + run.count - 1].along) +
              text_.clusters[run.first + run.count - 1].advance;
    return run;
  }

  TextRuns& text_;
};

}  // namespace

void join_stacks(TextRuns& text) { Stacker(text).join_all(); }

}  // namespace ode::text
