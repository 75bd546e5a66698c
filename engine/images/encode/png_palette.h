// PngPalette: colours of a picture that was grey so far and may still have no more than 256. Greys keep their
// value as index, so rows that were written as grey stay right when the picture turns out to need a palette.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>

namespace ode::images {

class PngPalette {
 public:
  PngPalette();
  /// Takes the slots of greys that occur.
  void add_grays(const std::bitset<256>& grays);
  /// Indices of the pixels of an opaque row; false when they need more than 256 colours (`indices` then holds
  /// nothing of use).
  bool map_row(const std::uint8_t* rgba, std::size_t count, std::uint8_t* indices);
  /// Entries up to the last one used.
  int size() const;
  /// 0xBBGGRR of a slot; unused slots are black.
  std::uint32_t color(int slot) const { return colors_[static_cast<std::size_t>(slot)]; }
  /// The grey of that value where no colour took the slot: what a row written as grey means by it.
  std::uint32_t color_or_gray(std::uint8_t slot) const {
    return used_.test(slot) ? colors_[slot] : slot * 0x010101u;
  }

 private:
  static constexpr std::size_t kTableSize = 1024;
  static constexpr std::uint32_t kEmpty = 0xffffffff;

  int slot_of(std::uint32_t color);
  int free_slot(std::uint32_t color) const;

  std::bitset<256> used_;
  std::array<std::uint32_t, 256> colors_{};
  std::array<std::uint32_t, kTableSize> keys_;  ///< open addressing by colour
  std::array<std::uint8_t, kTableSize> slots_{};
};

}  // namespace ode::images
