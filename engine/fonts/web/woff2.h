// The containers of web fonts: OpenType and WOFF2 files around the same tables.
#pragma once

#include <vector>

#include "engine/base/result.h"
#include "engine/fonts/web/bytes.h"

namespace ode::fonts {

struct FontTable {
  std::uint32_t tag;
  FontBytes bytes;
  FontBytes transformed = {};  ///< as WOFF2 stores it
  bool is_transformed = false;
};

/// `flavour` is 0x00010000 or "OTTO". Tables come sorted by tag.
std::vector<std::uint8_t> wrap_open_type(std::uint32_t flavour, const std::vector<FontTable>& tables);
Result<std::vector<std::uint8_t>> wrap_woff2(std::uint32_t flavour, const std::vector<FontTable>& tables);

}  // namespace ode::fonts
