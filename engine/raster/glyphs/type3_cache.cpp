#include "engine/raster/glyphs/type3_cache.h"

#include <cstring>
#include <utility>

namespace ode::raster {
namespace {

std::size_t bytes_of(const Type3Mask& mask) { return mask.coverage.size() + 160; }  // with the map's node

}  // namespace

std::size_t Type3Cache::Hash::operator()(const Key& key) const {
  std::uint64_t h = reinterpret_cast<std::uintptr_t>(key.font);
  const auto mix = [&h](std::uint64_t v) {
    h = (h ^ v) * 0x9e3779b97f4a7c15u;
    h ^= h >> 29;
  };
  mix(key.glyph_id * std::uint64_t{16} + key.phase);
  for (const double v : {key.a, key.b, key.c, key.d}) {
    const double positive_zero = v + 0.0;  // -0 equals 0, so it must hash alike
    std::uint64_t bits;
    std::memcpy(&bits, &positive_zero, sizeof bits);
    mix(bits);
  }
  return static_cast<std::size_t>(h);
}

const Type3Mask* Type3Cache::find(const Key& key) {
  if (const auto it = young_.find(key); it != young_.end()) return &it->second.mask;
  const auto it = old_.find(key);
  if (it == old_.end()) return nullptr;
  Entry entry = std::move(it->second);
  old_bytes_ -= bytes_of(entry.mask);
  old_.erase(it);
  return keep(key, std::move(entry));
}

const Type3Mask* Type3Cache::insert(const Key& key, std::shared_ptr<const display::Type3Font> font,
                                    Type3Mask mask) {
  return keep(key, Entry{std::move(font), std::move(mask)});
}

const Type3Mask* Type3Cache::keep(const Key& key, Entry entry) {
  const std::size_t bytes = bytes_of(entry.mask);
  if (young_bytes_ + bytes > kGlyphCacheBytes / 2) {
    old_ = std::exchange(young_, {});
    old_bytes_ = std::exchange(young_bytes_, 0);
  }
  young_bytes_ += bytes;
  return &young_.insert_or_assign(key, std::move(entry)).first->second.mask;
}

void Type3Cache::clear() {
  young_.clear(), old_.clear();
  young_bytes_ = old_bytes_ = 0;
}

}  // namespace ode::raster
