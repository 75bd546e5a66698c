// Stretches of words between wide gaps are cells. Each distinct left edge of a cell gets a column: as far
// right as its place on the page wants, and beyond everything that ends before it in the same row. Text that
// is turned is a grid of its own, read as if the page were turned upright for it.
#include "engine/export/text/layout.h"

#include <algorithm>
#include <cmath>

#include "engine/base/limits.h"
#include "engine/base/utf8.h"
#include "engine/text/fold.h"

namespace ode::exporter {
namespace {

constexpr double kCellGap = 1.0;  ///< of the line's size: a wider gap between words ends a cell
constexpr double kColumnGap =
    2.0;  ///< of the same: after a narrower one a cell needs others to stand in line with
constexpr double kSameRow = 0.45;  ///< of the smaller size: baselines nearer than this are one row
constexpr double kSameEdge = 0.6;  ///< of a column's width: left edges nearer than this are one
constexpr double kSameEdgeOfSize = 0.2;
constexpr double kUprightSlope = 0.1;
constexpr int kEmptyLinesMax = 8;
constexpr std::size_t kColumnsBetween = 2;

struct Cell {
  double x = 0, end = 0, baseline = 0, size = 0;  ///< screen, points
  std::u32string text;
  std::size_t width = 0;  ///< columns
  std::size_t row = 0, column = 0;
  bool doubtful = false;  ///< after a gap that may be one of a line
};

std::size_t columns_of(std::u32string_view text) {
  std::size_t columns = 0;
  for (const char32_t c : text) {
    const bool mark = c >= 0x300 && c <= 0x36f;
    columns += mark ? 0 : text::is_unspaced_script(c) || (c >= 0xac00 && c <= 0xd7a3) ? 2 : 1;
  }
  return columns;
}

bool is_upright(const TextPage& page, const text::Line& line) {
  if (line.vertical) return false;
  const Baseline b = baseline_of(page, line);
  return b.end.x >= b.begin.x && std::fabs(b.end.y - b.begin.y) <= kUprightSlope * (b.end.x - b.begin.x);
}

/// Right-to-left lines are one cell each: their words go on to the left.
void add_cells(const TextPage& page, const text::Line& line, std::vector<Cell>& cells) {
  const Baseline baseline = baseline_of(page, line);
  bool begun = false;
  for (TextWord& word : words_on_screen(page, line)) {
    Cell* last = begun ? &cells.back() : nullptr;
    if (last != nullptr && (line.right_to_left || word.box.x0 - last->end < kCellGap * line.size)) {
      last->text += U' ';
      last->text += word.text;
      last->x = std::min(last->x, word.box.x0);
      last->end = std::max(last->end, word.box.x1);
      continue;
    }
    const bool doubtful = begun && word.box.x0 - last->end < kColumnGap * line.size;
    begun = true;
    cells.push_back(
        {word.box.x0, word.box.x1, baseline.begin.y, line.size, std::move(word.text), 0, 0, 0, doubtful});
  }
}

/// How many edges are within reach of `edge`, in a sorted list.
std::size_t count_near(const std::vector<double>& edges, double edge, double reach) {
  return static_cast<std::size_t>(std::upper_bound(edges.begin(), edges.end(), edge + reach) -
                                  std::lower_bound(edges.begin(), edges.end(), edge - reach));
}

/// A gap a little wider than a word's, where nothing stands in line, is two spaces and no column.
void join_doubtful(std::vector<Cell>& cells) {
  std::vector<double> begins, ends;
  for (const Cell& cell : cells) begins.push_back(cell.x), ends.push_back(cell.end);
  std::sort(begins.begin(), begins.end());
  std::sort(ends.begin(), ends.end());
  std::vector<Cell> joined;
  for (Cell& cell : cells) {
    const double reach = kSameEdgeOfSize * cell.size;
    const bool column = count_near(begins, cell.x, reach) > 1 || count_near(ends, cell.end, reach) > 1;
    if (!cell.doubtful || column) {
      joined.push_back(std::move(cell));
      continue;
    }
    joined.back().text.append(kColumnsBetween, U' ');
    joined.back().text += cell.text;
    joined.back().end = cell.end;
  }
  cells = std::move(joined);
}

/// Width of a column on the page: what half of the text's characters have at most.
double column_width(const std::vector<Cell>& cells) {
  std::vector<std::pair<double, std::size_t>> widths;
  std::size_t total = 0;
  for (const Cell& cell : cells) {
    if (cell.width == 0 || !(cell.end > cell.x)) continue;
    widths.emplace_back((cell.end - cell.x) / static_cast<double>(cell.width), cell.width);
    total += cell.width;
  }
  std::sort(widths.begin(), widths.end());
  std::size_t seen = 0;
  for (const auto& [width, count] : widths) {
    seen += count;
    if (2 * seen >= total) return std::max(width, 0.1);
  }
  return 5;
}

/// Numbers the rows from the top; gives each one's baseline.
std::vector<double> set_rows(std::vector<Cell>& cells) {
  std::stable_sort(cells.begin(), cells.end(),
                   [](const Cell& a, const Cell& b) { return a.baseline < b.baseline; });
  std::vector<double> rows;
  double size = 0;
  for (Cell& cell : cells) {
    if (rows.empty() || cell.baseline - rows.back() > kSameRow * std::min(size, cell.size)) {
      rows.push_back(cell.baseline);
      size = cell.size;
    }
    size = std::max(size, cell.size);
    cell.row = rows.size() - 1;
  }
  return rows;
}

/// From left to right; a column never moves left again, so one pass is enough.
void set_columns(std::vector<Cell>& cells, std::size_t row_count, double width) {
  std::vector<Cell*> order;
  order.reserve(cells.size());
  double left = cells.front().x;
  for (Cell& cell : cells) {
    order.push_back(&cell);
    left = std::min(left, cell.x);
  }
  std::stable_sort(order.begin(), order.end(), [](const Cell* a, const Cell* b) { return a->x < b->x; });
  std::vector<std::size_t> row_ends(row_count, 0);  // first free column of each row
  std::size_t before = 0;
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    const double edge = order[first]->x;
    auto column = std::max(
        before, static_cast<std::size_t>(std::max(0.0, std::min(1e6, std::round((edge - left) / width)))));
    for (; last < order.size() && order[last]->x - edge < kSameEdge * width; ++last)
      column = std::max(column, row_ends[order[last]->row]);
    column = std::min(column, kLayoutColumnsMax);
    for (std::size_t i = first; i < last; ++i) {
      Cell& cell = *order[i];
      cell.column = std::max(column, row_ends[cell.row]);
      row_ends[cell.row] = std::min(cell.column + cell.width + kColumnsBetween, kLayoutColumnsMax);
    }
    before = column;
    first = last;
  }
}

/// The usual distance of rows. Those nearer than a line's height are of different columns.
double pitch_of(const std::vector<Cell>& cells, const std::vector<double>& rows) {
  std::vector<double> sizes;
  for (const Cell& cell : cells) sizes.push_back(cell.size);
  std::nth_element(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2), sizes.end());
  const double least = std::max(sizes[sizes.size() / 2], 1.0);
  std::vector<double> steps;
  for (std::size_t i = 1; i < rows.size(); ++i) steps.push_back(rows[i] - rows[i - 1]);
  if (steps.empty()) return least;
  std::nth_element(steps.begin(), steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2), steps.end());
  return std::max(steps[steps.size() / 2], least);
}

void write_rows(const std::vector<Cell>& cells, const std::vector<double>& rows, std::string& out) {
  std::vector<const Cell*> order;
  for (const Cell& cell : cells) order.push_back(&cell);
  std::stable_sort(order.begin(), order.end(), [](const Cell* a, const Cell* b) {
    return a->row != b->row ? a->row < b->row : a->column < b->column;
  });
  const double pitch = pitch_of(cells, rows);
  std::size_t row = 0, column = 0;
  for (const Cell* cell : order) {
    if (cell->row != row) {
      const double steps = (rows[cell->row] - rows[row]) / pitch;
      const int lines = static_cast<int>(std::clamp(std::round(steps), 1.0, 1.0 + kEmptyLinesMax));
      out.append(static_cast<std::size_t>(lines), '\n');
      row = cell->row;
      column = 0;
    }
    const std::size_t spaces = cell->column > column ? cell->column - column : column > 0 ? 1 : 0;
    out.append(spaces, ' ');
    append_utf8(out, cell->text);
    column += spaces + cell->width;
  }
  out.push_back('\n');
}

void append_grid(std::vector<Cell>& cells, std::string& out) {
  if (cells.empty()) return;
  join_doubtful(cells);
  for (Cell& cell : cells) cell.width = columns_of(cell.text);
  const std::vector<double> rows = set_rows(cells);
  set_columns(cells, rows.size(), column_width(cells));
  write_rows(cells, rows, out);
}

}  // namespace

std::string text_layout(const TextPage& page) {
  // Upright; then what is read from below, from above, upside down.
  constexpr Matrix kTurns[] = {
      {1, 0, 0, 1, 0, 0}, {0, 1, -1, 0, 0, 0}, {0, -1, 1, 0, 0, 0}, {-1, 0, 0, -1, 0, 0}};
  std::string out;
  std::vector<char> done(page.text.lines.size(), 0);
  for (const Matrix& turn : kTurns) {
    Screen screen = page.screen;
    screen.screen_from_page = turn * screen.screen_from_page;
    const TextPage turned{page.list, page.text, screen, page.number, page.label, page.links};
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < done.size(); ++i) {
      if (done[i] != 0 || !is_upright(turned, page.text.lines[i])) continue;
      done[i] = 1;
      add_cells(turned, page.text.lines[i], cells);
    }
    append_grid(cells, out);
  }
  for (std::size_t i = 0; i < done.size(); ++i) {
    if (done[i] != 0) continue;
    append_utf8(out, text::text_of(page.text.lines[i]));
    out.push_back('\n');
  }
  return out;
}

}  // namespace ode::exporter
