// PNG files of samples that need no choosing: rows that a document holds as a PNG would, and grey pictures of
// few values. Any other picture goes through the encoder of encode/png.cpp. Role: keeps pictures small and
// the time to write them short where nothing has to be found out about them.
#pragma once

#include <array>
#include <cstdint>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/images/stored.h"

namespace ode::images {

/// The rows as they are in a file of their own; the colours are not touched. The stream is inflated to see
/// that it holds exactly as many rows as it should, with filters that exist, and its frame (header, checksum)
/// is written anew. Errors: malformed when it does not, limit_exceeded when it does not fit into memory,
/// those of reading it.
Result<ByteVector> png_of_rows(const DeflatedRows& rows);

/// Nothing but 0 and 255 in a gray8 picture.
bool is_bilevel(const Pixmap& gray);

/// A bit a pixel. REQUIRES: is_bilevel(gray). Errors: limit_exceeded.
Result<ByteVector> png_of_bilevel(const Pixmap& gray);

/// A stencil in the colour that it is drawn in: `coverage` (gray8) becomes opacity. A bit a pixel where
/// nothing is covered in part. Errors: limit_exceeded.
Result<ByteVector> png_of_stencil(const Pixmap& coverage, const std::array<std::uint8_t, 3>& color);

}  // namespace ode::images
