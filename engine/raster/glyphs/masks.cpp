#include "engine/raster/glyphs/masks.h"

#include <algorithm>

#include "engine/base/limits.h"

namespace ode::raster {
namespace {

constexpr std::size_t kSlotsMin = 256, kSlotsMax = 8192;
constexpr std::size_t kArenaMax = kGlyphCacheBytes / 2 - kSlotsMax * sizeof(GlyphSlot);

std::uint64_t mix(std::uint64_t h) {
  h *= 0x9e3779b97f4a7c15u;
  return h ^ (h >> 29);
}

}  // namespace

bool GlyphFont::is(const GlyphFont& o) const {
  return face == o.face && a == o.a && b == o.b && c == o.c && d == o.d && embolden_em == o.embolden_em;
}

std::uint64_t GlyphFont::hash() const {
  std::uint64_t h = mix(reinterpret_cast<std::uintptr_t>(face.get()));
  for (const float v : {a, b, c, d, embolden_em}) h = mix(h ^ __builtin_bit_cast(std::uint32_t, v + 0.0f));
  return h;
}

const GlyphSlot* GlyphMasks::Generation::find(std::uint64_t key) const {
  if (slots_.empty()) return nullptr;
  for (std::size_t i = first_slot(key);; i = (i + 1) & (slots_.size() - 1)) {
    if (slots_[i].key == key) return &slots_[i];
    if (slots_[i].key == 0) return nullptr;
  }
}

/// Where in the arena so many bytes fit into one block.
std::size_t GlyphMasks::Generation::place_of(std::size_t bytes) const {
  const std::size_t left = kBlockBytes - arena_bytes_ % kBlockBytes;
  return bytes <= left ? arena_bytes_ : arena_bytes_ + left;
}

bool GlyphMasks::Generation::has_room(std::size_t bytes) const {
  return place_of(bytes) + bytes <= kArenaMax && used_ < kSlotsMax * 5 / 8;
}

std::uint8_t* GlyphMasks::Generation::insert(GlyphSlot slot) {
  if (used_ * 8 >= slots_.size() * 5) grow();
  const std::size_t bytes = slot.size_bytes(), offset = place_of(bytes);
  slot.offset = static_cast<std::uint32_t>(offset);
  arena_bytes_ = offset + bytes;
  while (blocks_.size() <= offset / kBlockBytes) {
    blocks_.push_back(std::make_unique_for_overwrite<std::uint8_t[]>(kBlockBytes));
  }
  place(slot);
  ++used_;
  std::uint8_t* coverage = blocks_[offset / kBlockBytes].get() + offset % kBlockBytes;
  std::fill_n(coverage, bytes, std::uint8_t{0});
  return coverage;
}

void GlyphMasks::Generation::clear() {
  std::fill(slots_.begin(), slots_.end(), GlyphSlot{});
  arena_bytes_ = 0;
  used_ = 0;
}

std::size_t GlyphMasks::Generation::first_slot(std::uint64_t key) const {
  return mix(key) & (slots_.size() - 1);
}

void GlyphMasks::Generation::place(const GlyphSlot& slot) {
  std::size_t i = first_slot(slot.key);
  while (slots_[i].key != 0) i = (i + 1) & (slots_.size() - 1);
  slots_[i] = slot;
}

void GlyphMasks::Generation::grow() {
  std::vector<GlyphSlot> before(std::max(kSlotsMin, slots_.size() * 2));
  before.swap(slots_);
  for (const GlyphSlot& slot : before) {
    if (slot.key != 0) place(slot);
  }
}

void GlyphMasks::index_fonts(std::size_t slots) {
  font_slots_.assign(slots, 0);
  for (std::uint32_t i = 0; i < fonts_.size(); ++i) {
    if (fonts_[i].face == nullptr) continue;
    std::size_t s = fonts_[i].hash() & (slots - 1);
    while (font_slots_[s] != 0) s = (s + 1) & (slots - 1);
    font_slots_[s] = i + 1;
  }
}

std::uint32_t GlyphMasks::font_index(const GlyphFont& wanted) {
  if (font_slots_.empty()) index_fonts(64);
  std::size_t s = wanted.hash() & (font_slots_.size() - 1);
  for (; font_slots_[s] != 0; s = (s + 1) & (font_slots_.size() - 1)) {
    if (fonts_[font_slots_[s] - 1].is(wanted)) return font_slots_[s] - 1;
  }
  auto index = static_cast<std::uint32_t>(fonts_.size());
  if (!free_fonts_.empty()) {
    index = free_fonts_.back();
    free_fonts_.pop_back();
    fonts_[index] = wanted;
  } else {
    fonts_.push_back(wanted);
  }
  fonts_[index].used_in = generation_;
  font_slots_[s] = index + 1;
  if (fonts_.size() * 2 > font_slots_.size()) index_fonts(font_slots_.size() * 2);
  return index;
}

/// Starts a generation: the young becomes the old, faces without a mask in it are let go.
void GlyphMasks::age() {
  std::swap(young_, old_);
  young_.clear();
  ++generation_;
  for (std::uint32_t i = 0; i < fonts_.size(); ++i) {
    GlyphFont& font = fonts_[i];
    if (font.face == nullptr || i == held_ || font.used_in + 1 >= generation_) continue;
    font.face = nullptr;
    free_fonts_.push_back(i);
  }
  index_fonts(font_slots_.size());
}

GlyphMasks::Found GlyphMasks::find(std::uint64_t key, std::uint32_t font) {
  if (const GlyphSlot* young = young_.find(key)) return {young, young_.coverage(*young)};
  const GlyphSlot* old = old_.find(key);
  if (old == nullptr) return {};
  const std::uint8_t* from = old_.coverage(*old);
  if (young_.has_room(old->size_bytes())) {
    std::copy(from, from + old->size_bytes(), young_.insert(*old));
    fonts_[font].used_in = generation_;
  }
  return {old, from};
}

std::uint8_t* GlyphMasks::insert(const GlyphSlot& slot, std::uint32_t font) {
  if (!young_.has_room(slot.size_bytes())) age();
  fonts_[font].used_in = generation_;
  return young_.insert(slot);
}

}  // namespace ode::raster
