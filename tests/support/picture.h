// Pictures of tests: reading and writing PNG with libpng (not with our own encoder, which is itself under
// test), and how far two renderings are apart.
#pragma once

#include <string>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/images/pixmap.h"

namespace ode::testing {

/// As rgba8. Errors: io.
Result<images::Pixmap> read_png(const std::string& path);
Result<images::Pixmap> read_png(ByteView bytes);
/// `picture` is rgba8. Errors: io.
Status write_png(const std::string& path, const images::Pixmap& picture);

/// The 99th percentile, in levels, of how far a pixel is from everything the other picture has within one
/// pixel of it, both ways: edges that are rounded or anti-aliased differently do not count, colours and
/// shapes do. 255 when the sizes differ by more than 3 pixels.
int distance(const images::Pixmap& a, const images::Pixmap& b);

}  // namespace ode::testing
