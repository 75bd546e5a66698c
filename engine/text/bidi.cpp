// From the order on the page to the order of reading: the rules of the Unicode Bidirectional Algorithm (UAX
// 9) that make the one of the other, undone. A line is turned around as its base direction says, and what
// runs against it within is turned back: words of the other direction, numbers with their signs.
#include <algorithm>
#include <cstdint>

#include "engine/text/lines.h"
#include "engine/text/scripts.h"

namespace ode::text {
namespace {

constexpr double kCellGap = 1.0;     ///< of the size: what stands further apart is not one number or name
constexpr double kMarkReach = 0.35;  ///< of the size: how far before its letter a mark may stand
constexpr double kSignGap = 0.1;     ///< of the size: a sign touches its number

/// Clusters that keep together when their order changes: a letter and the marks on it.
struct Unit {
  std::uint32_t first = 0, count = 1;
  std::uint32_t letter = 0;
  BidiClass kind = BidiClass::other;
  bool wide = false;  ///< a space as wide as between cells
};

class Turner {
 public:
  explicit Turner(Line& line) : line_(line) {}

  void turn() {
    set_units();
    join_numbers();
    std::vector<std::uint32_t> order(units_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    against_.assign(units_.size(), 0);
    if (line_.right_to_left) {
      std::reverse(order.begin(), order.end());
      turn_stretches(order, BidiClass::left);
    } else {
      turn_stretches(order, BidiClass::right);
    }
    write(order);
  }

 private:
  const Cluster& cluster(std::size_t unit) const { return line_.clusters[units_[unit].letter]; }
  char32_t character(std::size_t unit) const {
    return cluster(unit).text.size() == 1 ? cluster(unit).text[0] : 0;
  }
  /// As drawn, if it is in text of `side`.
  char32_t shown(std::size_t unit, BidiClass side) const {
    const char32_t c = character(unit);
    return side == BidiClass::right && cluster(unit).logical ? mirrored(c) : c;
  }

  static bool is_letter(BidiClass kind) { return kind == BidiClass::left || kind == BidiClass::right; }

  static bool stands_on(const Cluster& mark, const Cluster& letter) {
    const double middle = mark.along + 0.5 * mark.advance;
    return middle >= letter.along && middle <= letter.along + letter.advance;
  }

  /// Drawn in the order of the page, right-to-left text has marks before their letters, and not always quite
  /// over them; drawn in the order of reading, after.
  bool waits_for_next(std::size_t i) const {
    const std::vector<Cluster>& clusters = line_.clusters;
    std::size_t next = i + 1;
    while (next < clusters.size() && next - i < kMarksMax &&
           bidi_class_of(clusters[next].text) == BidiClass::mark)
      ++next;
    if (next == clusters.size() || clusters[next].command == Cluster::kGap ||
        clusters[next].glyph < clusters[i].glyph)
      return false;
    return clusters[i].along + 0.5 * clusters[i].advance >
           clusters[next].along - kMarkReach * clusters[next].size;
  }

  void set_units() {
    const std::vector<Cluster>& clusters = line_.clusters;
    units_.reserve(clusters.size());
    for (std::uint32_t i = 0; i < clusters.size(); ++i) {
      const BidiClass kind = bidi_class_of(clusters[i].text);
      Unit* last = units_.empty() ? nullptr : &units_.back();
      if (kind == BidiClass::mark && last != nullptr && is_letter(last->kind) &&
          stands_on(clusters[i], clusters[last->letter]) && !waits_for_next(i)) {
        ++last->count;
      } else if (kind == BidiClass::mark && last != nullptr && last->kind == BidiClass::mark) {
        ++last->count;
      } else if (is_letter(kind) && last != nullptr && last->kind == BidiClass::mark) {
        ++last->count;
        last->letter = i;
        last->kind = kind;
      } else {
        units_.push_back({i, 1, i, kind, kind == BidiClass::space && is_wide(i)});
      }
    }
  }

  /// Of a space; none stands at an end of a line.
  bool is_wide(std::size_t i) const {
    const Cluster &before = line_.clusters[i - 1], &after = line_.clusters[i + 1];
    return after.along - before.along - before.advance > kCellGap * std::min(before.size, after.size);
  }

  bool touches(std::size_t left, std::size_t right) const {
    const Cluster& a = cluster(left);
    return cluster(right).along - a.along - a.advance < kSignGap * a.size;
  }

  /// W4 and W5: signs beside numbers and separators within them are of the number. A sign on the page's left
  /// of a number is its sign whatever the direction, for that is how it is read.
  void join_numbers() {
    const auto is = [&](std::size_t i, BidiClass kind) {
      return i < units_.size() && units_[i].kind == kind;
    };
    for (std::size_t i = 1; i + 1 < units_.size(); ++i) {
      const bool between = is(i - 1, BidiClass::number) && is(i + 1, BidiClass::number);
      if (between && (is(i, BidiClass::separator) || is(i, BidiClass::sign)))
        units_[i].kind = BidiClass::number;
    }
    for (std::size_t i = units_.size(); i-- > 1;) {
      if (!is(i, BidiClass::number) || !is(i - 1, BidiClass::sign) || !touches(i - 1, i)) continue;
      const bool joins_words =
          i > 1 && (is(i - 2, BidiClass::left) || is(i - 2, BidiClass::right)) && touches(i - 2, i - 1);
      if (!joins_words) units_[i - 1].kind = BidiClass::number;
    }
    for (std::size_t i = 1; i < units_.size(); ++i) {
      if (is(i - 1, BidiClass::number) && is(i, BidiClass::sign) && touches(i - 1, i) &&
          is_terminator(character(i)))
        units_[i].kind = BidiClass::number;
    }
  }
  /// ET: signs that stand after numbers, too. Plus and minus do not.
  static bool is_terminator(char32_t c) { return c != U'+' && c != U'-' && c != 0x2212; }

  /// Turns stretches of `side` in `order` back, for which those of the base direction are turned.
  void turn_stretches(std::vector<std::uint32_t>& order, BidiClass side) {
    for (std::uint32_t i = 0; i < units_.size(); ++i) {
      if (!begins(i, side)) continue;
      const std::uint32_t end = end_of_stretch(i, side);
      const std::uint32_t first = with_bracket_before(i, end, side);
      for (std::uint32_t k = first; k < end; ++k) against_[k] = 1;
      const auto n = static_cast<std::uint32_t>(units_.size());
      const auto from = order.begin() + (line_.right_to_left ? n - end : first);
      std::reverse(from, from + (end - first));
      if (side == BidiClass::right) turn_numbers(order, first, end);
      i = end - 1;
    }
  }

  bool begins(std::size_t i, BidiClass side) const {
    return units_[i].kind == side || (side == BidiClass::left && units_[i].kind == BidiClass::number);
  }

  /// Of the stretch that begins with unit `i`: no letter of the other side, no gap between cells in it; its
  /// last unit is a letter of its side or, in left-to-right ones, of a number; or a bracket that was opened
  /// in it.
  std::uint32_t end_of_stretch(std::uint32_t i, BidiClass side) const {
    const BidiClass other = side == BidiClass::left ? BidiClass::right : BidiClass::left;
    std::uint32_t end = i + 1;
    bool has_letters = units_[i].kind == side;
    for (std::uint32_t k = end; k < units_.size(); ++k) {
      if (units_[k].kind == other || (units_[k].wide && line_.right_to_left)) break;
      has_letters = has_letters || units_[k].kind == side;
      // What brackets hold beside a number is another part of the right-to-left text.
      if (!has_letters && mirrored(character(k)) != character(k)) break;
      if (begins(k, side)) end = k + 1;
      if (k == end && is_closed_here(i, k, side)) end = k + 1;
    }
    return end;
  }

  /// Whether unit `k` closes a bracket that is open since `first` or later.
  bool is_closed_here(std::size_t first, std::size_t k, BidiClass side) const {
    const char32_t closing = shown(k, side), opening = mirrored(closing);
    if (opening == closing || is_opening(closing)) return false;
    int open = 0;
    for (std::size_t i = std::max(first + 1, k > kBracketReach ? k - kBracketReach : 0); i < k; ++i) {
      if (shown(i, side) == opening) ++open;
      if (shown(i, side) == closing) --open;
    }
    return open > 0;
  }

  /// In right-to-left stretches the bracket on the page's left closes one within.
  std::uint32_t with_bracket_before(std::uint32_t first, std::uint32_t end, BidiClass side) const {
    if (side != BidiClass::right || first == 0) return first;
    const char32_t opening = shown(first - 1, side);
    if (!is_opening(opening)) return first;
    const std::uint32_t last = std::min(end, first + static_cast<std::uint32_t>(kBracketReach));
    for (std::uint32_t i = first; i + 1 < last; ++i) {
      if (shown(i, side) == mirrored(opening)) return first - 1;
    }
    return first;
  }

  /// Within a right-to-left stretch, whose units were turned.
  void turn_numbers(std::vector<std::uint32_t>& order, std::uint32_t first, std::uint32_t end) {
    for (std::uint32_t i = first; i < end; ++i) {
      const auto is_left = [&](std::uint32_t k) { return units_[k].kind == BidiClass::number; };
      if (!is_left(i)) continue;
      std::uint32_t stop = i + 1;
      while (stop < end && is_left(stop)) ++stop;
      for (std::uint32_t k = i; k < stop; ++k) against_[k] = 0;
      const auto from = order.begin() + (first + end - stop);
      std::reverse(from, from + (stop - i));
      i = stop - 1;
    }
  }

  void write(const std::vector<std::uint32_t>& order) {
    std::vector<Cluster> turned;
    turned.reserve(line_.clusters.size());
    for (const std::uint32_t unit : order) {
      const bool right_to_left = (against_[unit] != 0) != line_.right_to_left;
      const Unit& u = units_[unit];
      // The letter comes before its marks.
      for (const bool marks : {false, true}) {
        for (std::uint32_t i = u.first; i < u.first + u.count; ++i) {
          Cluster& cluster = line_.clusters[i];
          if (u.count > 1 && is_nonspacing_mark(cluster) != marks) continue;
          if (u.count == 1 && marks) continue;
          cluster.right_to_left = right_to_left;
          if (right_to_left && !cluster.logical && cluster.text.size() == 1)
            cluster.text[0] = mirrored(cluster.text[0]);
          turned.push_back(std::move(cluster));
        }
      }
    }
    line_.clusters = std::move(turned);
  }

  static constexpr std::size_t kMarksMax = 8;       ///< of one letter
  static constexpr std::size_t kBracketReach = 64;  ///< units between a bracket and its partner

  Line& line_;
  std::vector<Unit> units_;
  std::vector<char> against_;  ///< units that run against the base direction
};

}  // namespace

void to_logical_order(Line& line) { Turner(line).turn(); }

}  // namespace ode::text
