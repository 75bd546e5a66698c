// Glyph cache: finds masks, asks the pool for what other threads have drawn, draws the rest.
#include "engine/raster/glyphs/cache.h"

#include <cmath>
#include <cstring>

#include "engine/raster/coverage/fixed.h"
#include "engine/raster/glyphs/pool.h"

namespace ode::raster {
namespace {

constexpr std::uint32_t kNoFont = 0xffffffff;  ///< a matrix that draws nothing
static_assert(GlyphCache::kGlyphSideMax_px + 2 <= 255);

bool drawable(const GlyphFont& font) {
  return std::isfinite(font.a) && std::isfinite(font.b) && std::isfinite(font.c) && std::isfinite(font.d);
}

}  // namespace

struct GlyphCache::State {
  std::shared_ptr<GlyphPool> pool;  ///< null: this thread is alone
  GlyphMasks masks;
  std::uint32_t selected = kNoFont;

  void make(std::uint64_t key, std::uint32_t font, std::uint32_t glyph_id, Scanner& scratch);
};

/// Draws a mask. `key` ends in the phases.
void GlyphCache::State::make(std::uint64_t key, std::uint32_t font_number, std::uint32_t glyph_id,
                             Scanner& scratch) {
  const GlyphFont& font = masks.font(font_number);
  const std::shared_ptr<const Path> outline = font.face->outline(glyph_id);
  Path bold;
  if (font.embolden_em != 0) bold = emboldened(*outline, font.embolden_em);
  const Path& path = font.embolden_em != 0 ? bold : *outline;
  const Matrix linear{font.a, font.b, font.c, font.d, 0, 0};
  const Rect bounds = linear.apply(path.bounds());
  GlyphSlot slot;
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
  slot.kind = fits ? GlyphSlot::Kind::mask : GlyphSlot::Kind::too_large;
  slot.x = static_cast<std::int16_t>(box.x0), slot.y = static_cast<std::int16_t>(box.y0);
  slot.width = static_cast<std::uint8_t>(box.width()), slot.height = static_cast<std::uint8_t>(box.height());
  std::uint8_t* coverage = masks.insert(slot, font_number);
  if (slot.size_bytes() != 0) {
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

GlyphCache::GlyphCache(std::shared_ptr<GlyphPool> pool) : state_(std::make_unique<State>()) {
  state_->pool = std::move(pool);
}
GlyphCache::~GlyphCache() = default;

void GlyphCache::clear() {
  state_->masks = {};
  state_->selected = kNoFont;
}

GlyphCache::Font GlyphCache::select(const std::shared_ptr<const fonts::Face>& face, const Matrix& m,
                                    float embolden_em) {
  State& s = *state_;
  const auto narrow = [](double v) { return static_cast<float>(v); };
  if (s.selected != kNoFont) {
    const GlyphFont& now = s.masks.font(s.selected);
    if (now.face.get() == face.get() && now.a == narrow(m.a) && now.b == narrow(m.b) &&
        now.c == narrow(m.c) && now.d == narrow(m.d) && now.embolden_em == embolden_em) {
      return {s.selected};
    }
  }
  GlyphFont wanted;
  wanted.face = face;
  wanted.a = narrow(m.a), wanted.b = narrow(m.b), wanted.c = narrow(m.c), wanted.d = narrow(m.d);
  wanted.embolden_em = embolden_em == embolden_em ? embolden_em : 0;
  s.selected = kNoFont;
  if (face == nullptr || !drawable(wanted)) return {kNoFont};
  if (s.masks.font_count() >= GlyphMasks::kFontsMax) clear();
  s.selected = s.masks.font_index(wanted);
  s.masks.hold(s.selected);
  return {s.selected};
}

bool GlyphCache::find(Font font, std::uint32_t glyph_id, Point origin, Scanner& scratch, GlyphMask& mask) {
  State& s = *state_;
  mask = {};
  constexpr double kFar = 4.0 * (kFixedMax >> kFixedShift);
  const double x = origin.x * 4, y = origin.y * 4;
  if (!(x > -kFar && x < kFar && y > -kFar && y < kFar)) return true;  // nowhere near a tile
  if (!s.masks.has_font(font.index)) return true;

  const std::int32_t qx = round_to_int(x), qy = round_to_int(y);
  const auto phases = static_cast<std::uint32_t>((qx & 3) << 2 | (qy & 3));
  const std::uint64_t key = GlyphMasks::key_of(font.index, glyph_id, phases);
  GlyphMasks::Found found = s.masks.find(key, font.index);
  if (found.slot == nullptr) {
    const bool pooled = s.pool != nullptr && s.pool->fetch(s.masks, font.index, key);
    if (!pooled) s.make(key, font.index, glyph_id, scratch);
    found = s.masks.find(key, font.index);
    if (!pooled && s.pool != nullptr) s.pool->give(s.masks, font.index, found);
  }
  const GlyphSlot& slot = *found.slot;
  if (slot.kind == GlyphSlot::Kind::too_large) return false;
  mask = {(qx >> 2) + slot.x, (qy >> 2) + slot.y, slot.width, slot.height, found.coverage};
  return true;
}

}  // namespace ode::raster
