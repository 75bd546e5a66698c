#include "engine/raster/glyphs/pool.h"

#include <algorithm>

namespace ode::raster {
namespace {

/// The same glyph under another index of its font.
std::uint64_t key_with_font(std::uint64_t key, std::uint32_t font) {
  constexpr std::uint64_t kGlyphBits = (std::uint64_t{1} << 36) - 1;
  return GlyphMasks::key_of(font, 0, 0) | (key & kGlyphBits);
}

}  // namespace

bool GlyphPool::fetch(GlyphMasks& masks, std::uint32_t font, std::uint64_t key) {
  const std::lock_guard lock(mutex_);
  const std::uint32_t pooled_font = masks_.font_index(masks.font(font));
  const GlyphMasks::Found found = masks_.find(key_with_font(key, pooled_font), pooled_font);
  if (found.slot == nullptr) return false;
  GlyphSlot slot = *found.slot;
  slot.key = key;
  std::copy_n(found.coverage, slot.size_bytes(), masks.insert(slot, font));
  return true;
}

void GlyphPool::give(const GlyphMasks& masks, std::uint32_t font, const GlyphMasks::Found& mask) {
  const std::lock_guard lock(mutex_);
  if (masks_.font_count() >= GlyphMasks::kFontsMax) masks_ = GlyphMasks{};
  const std::uint32_t pooled_font = masks_.font_index(masks.font(font));
  GlyphSlot slot = *mask.slot;
  slot.key = key_with_font(slot.key, pooled_font);
  if (masks_.find(slot.key, pooled_font).slot != nullptr) return;
  std::copy_n(mask.coverage, slot.size_bytes(), masks_.insert(slot, pooled_font));
}

}  // namespace ode::raster
