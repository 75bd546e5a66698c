// Glyph cache: two open-addressing tables with a bump arena each. New masks go to the young one; when it is
// full it becomes the old one, whose masks move back as they are asked for, and what is left in the old one
// then is forgotten.
#include "engine/raster/glyph_cache.h"

#include <cstring>

#include "engine/base/limits.h"
#include "engine/raster/fixed.h"

namespace ode::raster {
namespace {

constexpr std::uint32_t kNoFont = 0xffffffff;  ///< a matrix that draws nothing
constexpr std::uint32_t kFontsMax = 4096;
constexpr std::size_t kSlotsMin = 256, kSlotsMax = 8192;

enum class SlotKind : std::uint8_t { mask, too_large };

struct Slot {
  std::uint64_t key = 0;  ///< 0: free
  std::uint32_t offset = 0;
  std::int16_t x = 0, y = 0;  ///< relative to the origin's pixel
  std::uint8_t width = 0, height = 0;
  SlotKind kind = SlotKind::mask;
};
static_assert(GlyphCache::kGlyphSideMax_px + 2 <= 255);
constexpr std::size_t kArenaMax = kGlyphCacheBytes / 2 - kSlotsMax * sizeof(Slot);

std::uint64_t mix(std::uint64_t h) {
  h *= 0x9e3779b97f4a7c15u;
  return h ^ (h >> 29);
}

/// Masks of one generation.
class Generation {
 public:
  const Slot* find(std::uint64_t key) const {
    if (slots_.empty()) return nullptr;
    for (std::size_t i = first_slot(key);; i = (i + 1) & (slots_.size() - 1)) {
      if (slots_[i].key == key) return &slots_[i];
      if (slots_[i].key == 0) return nullptr;
    }
  }
  bool has_room(std::size_t bytes) const {
    return arena_.size() + bytes <= kArenaMax && used_ < kSlotsMax * 5 / 8;
  }
  /// REQUIRES: has_room(width × height), key not present. Returns room for the coverage, all zero.
  std::uint8_t* insert(Slot slot) {
    if (used_ * 8 >= slots_.size() * 5) grow();
    const std::size_t bytes = std::size_t{slot.width} * slot.height;
    if (arena_.capacity() < arena_.size() + bytes) {
      arena_.reserve(std::min(kArenaMax, std::max(2 * arena_.capacity(), arena_.size() + bytes + 8192)));
    }
    slot.offset = static_cast<std::uint32_t>(arena_.size());
    arena_.resize(arena_.size() + bytes);
    place(slot);
    ++used_;
    return arena_.data() + slot.offset;
  }
  const std::uint8_t* coverage(const Slot& slot) const { return arena_.data() + slot.offset; }
  void clear() {
    std::fill(slots_.begin(), slots_.end(), Slot{});
    arena_.clear();
    used_ = 0;
  }

 private:
  std::size_t first_slot(std::uint64_t key) const { return mix(key) & (slots_.size() - 1); }
  void place(const Slot& slot) {
    std::size_t i = first_slot(slot.key);
    while (slots_[i].key != 0) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = slot;
  }
  void grow() {
    std::vector<Slot> before(std::max(kSlotsMin, slots_.size() * 2));
    before.swap(slots_);
    for (const Slot& slot : before) {
      if (slot.key != 0) place(slot);
    }
  }

  std::vector<Slot> slots_;  ///< a power of two of them
  std::vector<std::uint8_t> arena_;
  std::size_t used_ = 0;
};

/// Single precision merges the noise of products of matrices; masks are drawn with the rounded matrix.
struct FontEntry {
  std::shared_ptr<const fonts::Face> face;  ///< null: free
  float a = 0, b = 0, c = 0, d = 0, embolden_em = 0;
  std::uint64_t used_in = 0;  ///< latest generation with a mask of it

  bool is(const FontEntry& o) const {
    return face == o.face && a == o.a && b == o.b && c == o.c && d == o.d && embolden_em == o.embolden_em;
  }
  bool drawable() const {
    return std::isfinite(a) && std::isfinite(b) && std::isfinite(c) && std::isfinite(d);
  }
  std::uint64_t hash() const {
    std::uint64_t h = mix(reinterpret_cast<std::uintptr_t>(face.get()));
    for (const float v : {a, b, c, d, embolden_em}) h = mix(h ^ __builtin_bit_cast(std::uint32_t, v + 0.0f));
    return h;
  }
};

}  // namespace

struct GlyphCache::State {
  Generation young, old;
  std::uint64_t generation = 2;
  std::vector<FontEntry> fonts;
  std::vector<std::uint32_t> font_slots;  ///< open addressing: index + 1 into `fonts`
  std::vector<std::uint32_t> free_fonts;
  std::uint32_t selected = kNoFont;

  std::uint32_t font_index(const FontEntry& wanted);
  void index_fonts(std::size_t slots);
  void age();
  void make(std::uint64_t key, std::uint32_t font, std::uint32_t glyph_id, Scanner& scratch);
};

void GlyphCache::State::index_fonts(std::size_t slots) {
  font_slots.assign(slots, 0);
  for (std::uint32_t i = 0; i < fonts.size(); ++i) {
    if (fonts[i].face == nullptr) continue;
    std::size_t s = fonts[i].hash() & (slots - 1);
    while (font_slots[s] != 0) s = (s + 1) & (slots - 1);
    font_slots[s] = i + 1;
  }
}

std::uint32_t GlyphCache::State::font_index(const FontEntry& wanted) {
  if (font_slots.empty()) index_fonts(64);
  std::size_t s = wanted.hash() & (font_slots.size() - 1);
  for (; font_slots[s] != 0; s = (s + 1) & (font_slots.size() - 1)) {
    if (fonts[font_slots[s] - 1].is(wanted)) return font_slots[s] - 1;
  }
  std::uint32_t index = static_cast<std::uint32_t>(fonts.size());
  if (!free_fonts.empty()) {
    index = free_fonts.back();
    free_fonts.pop_back();
    fonts[index] = wanted;
  } else {
    fonts.push_back(wanted);
  }
  fonts[index].used_in = generation;
  font_slots[s] = index + 1;
  if (fonts.size() * 2 > font_slots.size()) index_fonts(font_slots.size() * 2);
  return index;
}

/// Starts a generation: the young becomes the old, faces without a mask in it are let go.
void GlyphCache::State::age() {
  std::swap(young, old);
  young.clear();
  ++generation;
  for (std::uint32_t i = 0; i < fonts.size(); ++i) {
    FontEntry& font = fonts[i];
    if (font.face == nullptr || i == selected || font.used_in + 1 >= generation) continue;
    font.face = nullptr;
    free_fonts.push_back(i);
  }
  index_fonts(font_slots.size());
}

/// Draws a mask into the young generation. `key` ends in the phases.
void GlyphCache::State::make(std::uint64_t key, std::uint32_t font_number, std::uint32_t glyph_id,
                             Scanner& scratch) {
  FontEntry& font = fonts[font_number];
  const std::shared_ptr<const Path> outline = font.face->outline(glyph_id);
  Path bold;
  if (font.embolden_em != 0) bold = emboldened(*outline, font.embolden_em);
  const Path& path = font.embolden_em != 0 ? bold : *outline;
  const Matrix linear{font.a, font.b, font.c, font.d, 0, 0};
  const Rect bounds = linear.apply(path.bounds());
  Slot slot;
  slot.key = key;
  // Written so that NaN is too large, too: paths skip such points.
  constexpr double kSide = kGlyphSideMax_px, kReach = 30'000;
  const bool fits = bounds.width() <= kSide && bounds.height() <= kSide && bounds.x0 > -kReach &&
                    bounds.y0 > -kReach && bounds.x1 < kReach && bounds.y1 < kReach;
  IntRect box;
  if (fits && !path.empty()) {
    const double phase_x = static_cast<double>((key >> 2) & 3) / 4,
                 phase_y = static_cast<double>(key & 3) / 4;
    const Matrix placed{font.a, font.b, font.c, font.d, phase_x, phase_y};
    // A pixel of margin for rounding to 1/256.
    const IntRect clip = covering_pixels(placed.apply(path.bounds()));
    scratch.begin({clip.x0 - 1, clip.y0 - 1, clip.x1 + 1, clip.y1 + 1});
    scratch.add_path(path, placed);
    box = scratch.touched();
  }
  slot.kind = fits ? SlotKind::mask : SlotKind::too_large;
  slot.x = static_cast<std::int16_t>(box.x0), slot.y = static_cast<std::int16_t>(box.y0);
  slot.width = static_cast<std::uint8_t>(box.width()), slot.height = static_cast<std::uint8_t>(box.height());
  const std::size_t bytes = std::size_t{slot.width} * slot.height;
  if (!young.has_room(bytes)) age();
  font.used_in = generation;
  std::uint8_t* coverage = young.insert(slot);
  if (bytes != 0) {
    scratch.sweep(FillRule::nonzero, [&](std::int32_t y, std::span<const CoverageSpan> spans) {
      std::uint8_t* row = coverage + static_cast<std::size_t>(y - box.y0) * slot.width;
      for (const CoverageSpan& s : spans) {
        if (s.coverage != nullptr)
          std::memcpy(row + (s.x0 - box.x0), s.coverage, s.x1 - s.x0);
        else
          std::memset(row + (s.x0 - box.x0), s.value, s.x1 - s.x0);
      }
    });
  }
}

GlyphCache::GlyphCache() : state_(std::make_unique<State>()) {}
GlyphCache::~GlyphCache() = default;

void GlyphCache::clear() { *state_ = State{}; }

GlyphCache::Font GlyphCache::select(const std::shared_ptr<const fonts::Face>& face, const Matrix& m,
                                    float embolden_em) {
  State& s = *state_;
  const auto narrow = [](double v) { return static_cast<float>(v); };
  if (s.selected != kNoFont) {
    const FontEntry& now = s.fonts[s.selected];
    if (now.face.get() == face.get() && now.a == narrow(m.a) && now.b == narrow(m.b) &&
        now.c == narrow(m.c) && now.d == narrow(m.d) && now.embolden_em == embolden_em) {
      return {s.selected};
    }
  }
  FontEntry wanted;
  wanted.face = face;
  wanted.a = narrow(m.a), wanted.b = narrow(m.b), wanted.c = narrow(m.c), wanted.d = narrow(m.d);
  wanted.embolden_em = embolden_em == embolden_em ? embolden_em : 0;
  s.selected = kNoFont;
  if (face == nullptr || !wanted.drawable()) return {kNoFont};
  if (s.fonts.size() - s.free_fonts.size() >= kFontsMax) clear();
  s.selected = s.font_index(wanted);
  return {s.selected};
}

bool GlyphCache::find(Font font, std::uint32_t glyph_id, Point origin, Scanner& scratch, GlyphMask& mask) {
  State& s = *state_;
  mask = {};
  constexpr double kFar = 4.0 * (kFixedMax >> kFixedShift);
  const double x = origin.x * 4, y = origin.y * 4;
  if (!(x > -kFar && x < kFar && y > -kFar && y < kFar)) return true;  // nowhere near a tile
  if (font.index >= s.fonts.size() || s.fonts[font.index].face == nullptr) return true;

  const std::int32_t qx = round_to_int(x), qy = round_to_int(y);
  const std::uint64_t key = (std::uint64_t{font.index} + 1) << 36 | std::uint64_t{glyph_id} << 4 |
                            static_cast<std::uint64_t>((qx & 3) << 2 | (qy & 3));
  const Generation* where = &s.young;
  const Slot* found = s.young.find(key);
  if (found == nullptr && (found = s.old.find(key)) != nullptr) {
    where = &s.old;
    const std::size_t bytes = std::size_t{found->width} * found->height;
    if (s.young.has_room(bytes)) {
      const std::uint8_t* from = s.old.coverage(*found);
      std::uint8_t* to = s.young.insert(*found);
      std::copy(from, from + bytes, to);
      s.fonts[font.index].used_in = s.generation;
    }
  }
  if (found == nullptr) {
    s.make(key, font.index, glyph_id, scratch);
    found = s.young.find(key);
    where = &s.young;
  }
  if (found->kind == SlotKind::too_large) return false;
  mask = {(qx >> 2) + found->x, (qy >> 2) + found->y, found->width, found->height, where->coverage(*found)};
  return true;
}

}  // namespace ode::raster
