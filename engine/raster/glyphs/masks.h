// GlyphMasks: coverage bitmaps by face, size, glyph and position, in bounded memory. What glyphs/cache.cpp keeps for
// one thread, and glyphs/pool.cpp for all.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/display/display_list.h"

namespace ode::raster {

/// A face at a size, slope and weight. Single precision merges the noise of products of matrices; masks are drawn
/// with the rounded matrix.
struct GlyphFont {
  std::shared_ptr<const fonts::Face> face;  ///< null: free
  float a = 0, b = 0, c = 0, d = 0, embolden_em = 0;
  std::uint64_t used_in = 0;  ///< latest generation with a mask of it

  bool is(const GlyphFont& other) const;
  std::uint64_t hash() const;
};

struct GlyphSlot {
  enum class Kind : std::uint8_t { mask, too_large };
  std::uint64_t key = 0;  ///< 0: free
  std::uint32_t offset = 0;
  std::int16_t x = 0, y = 0;  ///< relative to the origin's pixel
  std::uint8_t width = 0, height = 0;
  Kind kind = Kind::mask;

  std::size_t size_bytes() const { return std::size_t{width} * height; }
};

/// Two open-addressing tables with a bump arena each. New masks go to the young one; when it is full it becomes the
/// old one, whose masks move back as they are asked for, and what is left in the old one then is forgotten.
class GlyphMasks {
 public:
  static constexpr std::uint32_t kFontsMax = 4096;

  struct Found {
    const GlyphSlot* slot = nullptr;  ///< null: absent
    const std::uint8_t* coverage = nullptr;
  };

  /// `phases`: quarters of a pixel, x·4 + y.
  static std::uint64_t key_of(std::uint32_t font, std::uint32_t glyph_id, std::uint32_t phases) {
    return (std::uint64_t{font} + 1) << 36 | std::uint64_t{glyph_id} << 4 | phases;
  }

  /// Index of that font, which is taken in if it is new. Valid while it has masks or is `held`.
  std::uint32_t font_index(const GlyphFont& wanted);
  bool has_font(std::uint32_t index) const { return index < fonts_.size() && fonts_[index].face != nullptr; }
  const GlyphFont& font(std::uint32_t index) const { return fonts_[index]; }
  std::size_t font_count() const { return fonts_.size() - free_fonts_.size(); }
  /// This font stays though it may have no mask.
  void hold(std::uint32_t index) { held_ = index; }

  /// Valid until the next call.
  Found find(std::uint64_t key, std::uint32_t font);
  /// REQUIRES: the key is absent. Returns room for slot.size_bytes() of coverage, all zero, until the next call.
  std::uint8_t* insert(const GlyphSlot& slot, std::uint32_t font);

 private:
  /// Masks of one generation.
  class Generation {
   public:
    const GlyphSlot* find(std::uint64_t key) const;
    bool has_room(std::size_t bytes) const;
    std::uint8_t* insert(GlyphSlot slot);
    const std::uint8_t* coverage(const GlyphSlot& slot) const {
      return blocks_[slot.offset / kBlockBytes].get() + slot.offset % kBlockBytes;
    }
    void clear();

   private:
    /// Holds the largest mask. Blocks stay where they are, so that nothing is copied as the arena grows.
    static constexpr std::size_t kBlockBytes = std::size_t{1} << 16;

    std::size_t place_of(std::size_t bytes) const;
    std::size_t first_slot(std::uint64_t key) const;
    void place(const GlyphSlot& slot);
    void grow();

    std::vector<GlyphSlot> slots_;  ///< a power of two of them
    std::size_t used_ = 0;
    std::vector<std::unique_ptr<std::uint8_t[]>> blocks_;
    std::size_t arena_bytes_ = 0;  ///< of the blocks, taken
  };

  void index_fonts(std::size_t slots);
  void age();

  Generation young_, old_;
  std::uint64_t generation_ = 2;
  std::vector<GlyphFont> fonts_;
  std::vector<std::uint32_t> font_slots_;  ///< open addressing: index + 1 into `fonts_`
  std::vector<std::uint32_t> free_fonts_;
  std::uint32_t held_ = 0xffffffff;
};

}  // namespace ode::raster
