// One device axis of a tiling whose cells lie along the axes: where its repeats fall on whole pixels.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/base/result.h"

namespace ode::raster {

/// Every repeat shows the same pixels, so it lies at whole pixels: repeat i at offset(i), with `pixels` from
/// begin to end at offset 0. Cells that touch are stretched by less than a pixel to whole pixels, so that
/// they leave no seams; small cells are repeated several times within one repeat; cells below a pixel are
/// averaged.
class TilingAxis {
 public:
  /// Device coordinates: a cell covers [low, high), the next one lies `step` further.
  TilingAxis(double low, double high, double step);
  /// False when numbers beyond reason leave nothing to draw; then the rest does not count.
  bool usable() const { return usable_; }

  /// Cells to draw in one repeat; cell 0 is the axis' own.
  int first_cell() const { return first_cell_; }
  int last_cell() const { return last_cell_; }
  /// Draw [0, kAveraged_px) and average it to pixel 0, which is repeated everywhere.
  bool averaged() const { return averaged_; }
  static constexpr std::int32_t kAveraged_px = 16;
  /// What becomes of device coordinates: v · scale + shift.
  double scale() const { return scale_; }
  double shift() const { return shift_; }
  /// How many repeats may share a pixel.
  double overlap() const { return (static_cast<double>(end_) - begin_) / step_ + 1; }

  /// A part of a repeat's pixels.
  struct Window {
    std::int32_t begin, end;
  };
  /// A repeat in view, and the window that holds what is seen of it.
  struct Placement {
    std::int32_t offset;
    std::size_t window;
  };
  struct Visible {
    std::vector<Placement> placements;  ///< by offset
    std::vector<Window> windows;
  };
  /// Repeats that touch [from, to). Errors: limit_exceeded (kPatternTilesMax).
  Result<Visible> visible(std::int32_t from, std::int32_t to) const;

 private:
  void set_averaged(double low, double high, double step);
  std::int64_t offset(std::int64_t i) const;

  int first_cell_ = 0, last_cell_ = 0;
  double step_ = 1, scale_ = 1, shift_ = 0;
  bool averaged_ = false, usable_ = false;
  std::int32_t begin_ = 0, end_ = 1;
};

}  // namespace ode::raster
