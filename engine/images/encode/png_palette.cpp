// Colours to palette slots through a small hash table.
#include "engine/images/encode/png_palette.h"

namespace ode::images {
namespace {

std::uint32_t color_at(const std::uint8_t* rgba) {
  return rgba[0] | static_cast<std::uint32_t>(rgba[1]) << 8 | static_cast<std::uint32_t>(rgba[2]) << 16;
}

std::size_t hash_of(std::uint32_t color) { return (color * 0x9e3779b1u) >> 22; }

}  // namespace

PngPalette::PngPalette() { keys_.fill(kEmpty); }

void PngPalette::add_grays(const std::bitset<256>& grays) {
  for (std::uint32_t g = 0; g < 256; ++g) {
    if (grays.test(g)) slot_of(g * 0x010101u);
  }
}

/// A grey's own slot, else the highest free one; -1 when all are taken.
int PngPalette::free_slot(std::uint32_t color) const {
  const std::uint32_t gray = color & 0xff;
  if (color == gray * 0x010101u && !used_.test(gray)) return static_cast<int>(gray);
  for (int slot = 255; slot >= 0; --slot) {
    if (!used_.test(static_cast<std::size_t>(slot))) return slot;
  }
  return -1;
}

int PngPalette::slot_of(std::uint32_t color) {
  std::size_t at = hash_of(color);
  for (; keys_[at] != kEmpty; at = (at + 1) % kTableSize) {
    if (keys_[at] == color) return slots_[at];
  }
  const int slot = free_slot(color);
  if (slot < 0) return -1;
  used_.set(static_cast<std::size_t>(slot));
  colors_[static_cast<std::size_t>(slot)] = color;
  keys_[at] = color;
  slots_[at] = static_cast<std::uint8_t>(slot);
  return slot;
}

bool PngPalette::map_row(const std::uint8_t* rgba, std::size_t count, std::uint8_t* indices) {
  std::uint32_t last = kEmpty;
  int slot = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t color = color_at(rgba + 4 * i);
    if (color != last) {
      slot = slot_of(color);
      if (slot < 0) return false;
      last = color;
    }
    indices[i] = static_cast<std::uint8_t>(slot);
  }
  return true;
}

int PngPalette::size() const {
  int size = 256;
  while (size > 1 && !used_.test(static_cast<std::size_t>(size - 1))) --size;
  return size;
}

}  // namespace ode::images
