// Which images of a document hold the rows of a PNG file (images/stored.h).
// Role: beside image.cpp, which loads images; knows nothing of files.
#pragma once

#include <optional>

#include "engine/images/stored.h"
#include "engine/pdf/images/data.h"

namespace ode::pdf {

/// Flate data under a PNG predictor whose samples mean what a PNG's do: grey or, by a palette, whatever one
/// component stands for, a colour key included; with `is_srgb`, three components as they are. The mask aside.
std::optional<images::DeflatedRows> rows_to_pass_on(const ImageData& data, bool is_srgb);

}  // namespace ode::pdf
