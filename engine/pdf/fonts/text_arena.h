// TextArena: Unicode of shown characters in blocks that never move, so that ShownChar can point into them.
// Neighbours: fonts/simple.cpp, fonts/cid.cpp.
#pragma once

#include <GfxFont.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "engine/pdf/fonts/font.h"

namespace ode::pdf {

class TextArena {
 public:
  /// Copies what poppler gives for one character (its pointers do not last) and points `shown` at the copy.
  void store(const Unicode* text, int length, ShownChar& shown) {
    while (length > 0 && text[length - 1] == 0) --length;
    if (length <= 0) return;
    const std::size_t count = std::min<std::size_t>(static_cast<std::size_t>(length), kTextMax);
    if (left_ < count) {
      blocks_.push_back(std::make_unique<char32_t[]>(kBlock));
      left_ = kBlock;
    }
    char32_t* place = blocks_.back().get() + (kBlock - left_);
    left_ -= count;
    for (std::size_t i = 0; i < count; ++i) place[i] = text[i] <= 0x10FFFF ? text[i] : U'\uFFFD';
    shown.text = place;
    shown.text_length = static_cast<std::uint16_t>(count);
  }

 private:
  static constexpr std::size_t kBlock = 512;   // code points
  static constexpr std::size_t kTextMax = 64;  // of one character

  std::vector<std::unique_ptr<char32_t[]>> blocks_;
  std::size_t left_ = 0;
};

}  // namespace ode::pdf
