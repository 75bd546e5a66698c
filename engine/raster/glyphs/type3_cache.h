// Type3Cache: coverage of uncoloured (d1) Type 3 glyphs by font, glyph, matrix and quarter-pixel position.
// Bitmap fonts of TeX documents draw thousands of small stencils a page; each is drawn once and then copied
// as a mask.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "engine/base/limits.h"
#include "engine/display/display_list.h"

namespace ode::raster {

/// A glyph's coverage. Covers pixels [x, x + width) × [y, y + height) relative to the pixel of its origin.
struct Type3Mask {
  std::int32_t x = 0, y = 0, width = 0, height = 0;
  std::vector<std::uint8_t> coverage;  ///< row-major, `width` bytes a row
};

/// Bounded by kGlyphCacheBytes in two generations: when the young one is full it becomes the old one, and
/// what is found there moves back. Keeps the fonts of its masks alive, so that their addresses stay unique.
/// Not thread-safe.
class Type3Cache {
 public:
  struct Key {
    const display::Type3Font* font = nullptr;
    std::uint32_t glyph_id = 0;
    std::uint8_t phase = 0;             ///< quarter pixels: x + 4·y
    double a = 0, b = 0, c = 0, d = 0;  ///< device_from_glyph's linear part
    bool operator==(const Key&) const = default;
  };

  /// Null when absent; valid until the next insert() or clear().
  const Type3Mask* find(const Key& key);
  const Type3Mask* insert(const Key& key, std::shared_ptr<const display::Type3Font> font, Type3Mask mask);
  void clear();
  std::size_t bytes() const { return young_bytes_ + old_bytes_; }

 private:
  struct Hash {
    std::size_t operator()(const Key& key) const;
  };
  struct Entry {
    std::shared_ptr<const display::Type3Font> font;
    Type3Mask mask;
  };
  using Map = std::unordered_map<Key, Entry, Hash>;
  const Type3Mask* keep(const Key& key, Entry entry);

  Map young_, old_;
  std::size_t young_bytes_ = 0, old_bytes_ = 0;
};

}  // namespace ode::raster
