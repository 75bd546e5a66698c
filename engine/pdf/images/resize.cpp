// See images/resize.h. Separable: each axis has, for each target pixel, a run of source pixels with weights.
#include "engine/pdf/images/resize.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace ode::pdf {
namespace {

constexpr int kShift = 14;
constexpr std::int64_t kOne = 1 << kShift;

struct Axis {
  struct Run {
    int begin = 0, count = 0;
    std::size_t weight = 0;  ///< into weights
  };
  std::vector<Run> runs;
  std::vector<int> weights;  ///< of each run, adding up to kOne
};

void add_run(Axis& axis, int begin, std::initializer_list<int> weights) {
  axis.runs.push_back({begin, static_cast<int>(weights.size()), axis.weights.size()});
  axis.weights.insert(axis.weights.end(), weights);
}

/// Target pixel i covers [i·from/to, (i+1)·from/to) of the source; coordinates below are in units of 1/to.
void average(Axis& axis, int from, int to) {
  for (std::int64_t i = 0; i < to; ++i) {
    const std::int64_t low = i * from, high = low + from;
    const auto begin = static_cast<int>(low / to), end = static_cast<int>((high + to - 1) / to);
    axis.runs.push_back({begin, end - begin, axis.weights.size()});
    std::int64_t given = 0;
    for (std::int64_t j = begin; j < end; ++j) {
      const std::int64_t covered = std::min(high, (j + 1) * to) - std::max(low, j * to);
      axis.weights.push_back(static_cast<int>(covered * kOne / from));
      given += axis.weights.back();
    }
    axis.weights[axis.runs.back().weight + static_cast<std::size_t>(end - begin) / 2] +=
        static_cast<int>(kOne - given);
  }
}

void enlarge_axis(Axis& axis, int from, int to, Enlarge enlarge) {
  for (std::int64_t i = 0; i < to; ++i) {
    if (enlarge == Enlarge::repeat || from == 1) {
      add_run(axis, static_cast<int>((2 * i + 1) * from / (2 * to)), {static_cast<int>(kOne)});
      continue;
    }
    // Centres meet: source position (i + ½)·from/to − ½, clamped to the outermost centres.
    const std::int64_t twice =
        std::clamp<std::int64_t>((2 * i + 1) * from - to, 0, std::int64_t{2} * to * (from - 1));
    const auto begin = static_cast<int>(std::min<std::int64_t>(twice / (2 * to), from - 2));
    const auto second = static_cast<int>((twice - std::int64_t{2} * to * begin) * kOne / (2 * to));
    add_run(axis, begin, {static_cast<int>(kOne) - second, second});
  }
}

Axis make_axis(int from, int to, Enlarge enlarge) {
  Axis axis;
  if (to <= from) {
    average(axis, from, to);
  } else {
    enlarge_axis(axis, from, to, enlarge);
  }
  return axis;
}

/// One row to the target's width. Weights add up to kOne, so sums stay below 2^22.
template <int Channels>
void resize_row(const std::uint8_t* in, const Axis& axis, std::uint8_t* out) {
  for (const Axis::Run& run : axis.runs) {
    const std::uint8_t* from = in + static_cast<std::ptrdiff_t>(run.begin) * Channels;
    const int* weights = &axis.weights[run.weight];
    std::int32_t sums[Channels];
    for (int c = 0; c < Channels; ++c) sums[c] = 1 << (kShift - 1);
    for (int j = 0; j < run.count; ++j, from += Channels) {
      for (int c = 0; c < Channels; ++c) sums[c] += from[c] * weights[j];
    }
    for (int c = 0; c < Channels; ++c) *out++ = static_cast<std::uint8_t>(sums[c] >> kShift);
  }
}

void resize_row(const std::uint8_t* in, const Axis& axis, int channels, std::uint8_t* out) {
  if (channels == 1) return resize_row<1>(in, axis, out);
  if (channels == 3) return resize_row<3>(in, axis, out);
  resize_row<4>(in, axis, out);
}

}  // namespace

images::Pixmap resize(const images::Pixmap& from, int width, int height, Enlarge enlarge) {
  if (from.width_px == width && from.height_px == height) return from;
  const int channels = images::bytes_per_pixel(from.format);
  const Axis columns = make_axis(from.width_px, width, enlarge),
             rows = make_axis(from.height_px, height, enlarge);
  images::Pixmap out = images::Pixmap::make(width, height, from.format);
  const std::size_t row_bytes = out.stride_bytes;
  // Rows already resized across, by source row: a run never reaches back behind the one before it.
  std::vector<std::uint8_t> row(row_bytes), last(row_bytes);
  std::vector<std::int32_t> sums(row_bytes);
  int row_of = -1, last_of = -1;
  const auto row_at = [&](int y) -> const std::uint8_t* {
    if (y == row_of) return row.data();
    if (y == last_of) return last.data();
    std::swap(row, last);
    last_of = row_of;
    resize_row(from.row(y), columns, channels, row.data());
    row_of = y;
    return row.data();
  };
  for (int y = 0; y < height; ++y) {
    const Axis::Run& run = rows.runs[static_cast<std::size_t>(y)];
    std::fill(sums.begin(), sums.end(), static_cast<std::int32_t>(kOne / 2));
    for (int j = 0; j < run.count; ++j) {
      const int weight = rows.weights[run.weight + static_cast<std::size_t>(j)];
      if (weight == 0) continue;
      const std::uint8_t* in = row_at(run.begin + j);
      for (std::size_t x = 0; x < row_bytes; ++x) sums[x] += in[x] * weight;
    }
    std::uint8_t* to = out.row(y);
    for (std::size_t x = 0; x < row_bytes; ++x) to[x] = static_cast<std::uint8_t>(sums[x] >> kShift);
  }
  return out;
}

}  // namespace ode::pdf
