// ImageRowReader: the packed rows of an image that no codec compresses, one after the other. Small images are
// unfiltered whole (libdeflate); large deflated ones are inflated as their rows are asked for, so that a
// reduced page-size scan does not need its full size in memory.
#pragma once

#include <memory>

#include "engine/pdf/images/bytes.h"

namespace ode::pdf {

/// Images of more bytes than this are inflated row by row.
inline constexpr std::size_t kWholeImageBytes = std::size_t{12} << 20;

class ImageRowReader {
 public:
  /// Errors: those of ImageBytes::read; malformed when nothing can be inflated.
  static Result<ImageRowReader> open(const ImageBytes& bytes, std::size_t row_bytes, int rows);
  ImageRowReader(ImageRowReader&&) noexcept;
  ImageRowReader& operator=(ImageRowReader&&) noexcept;
  ~ImageRowReader();

  /// The next row, valid until the next call. What the data lacks is zero.
  const std::uint8_t* next();

 private:
  class Inflater;
  ImageRowReader();

  std::size_t row_bytes_ = 0;
  SharedBytes whole_;
  std::size_t at_ = 0;
  std::unique_ptr<Inflater> inflater_;  ///< null: whole_
  std::vector<std::uint8_t> row_;
};

}  // namespace ode::pdf
