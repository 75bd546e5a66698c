// A FreeType library per face. It costs 3 µs and 3 KB, and saves the lock that a shared one needs around
// opening and closing faces. Made without FT_Init_FreeType, which takes settings from the environment that
// move outlines. Neighbour: face.cpp.
#pragma once

#include <ft2build.h>
#include FT_FREETYPE_H
#include <memory>

namespace ode::fonts {

/// Owns the library and everything opened with it. Not thread-safe.
class FreeTypeLibrary {
 public:
  FreeTypeLibrary();
  ~FreeTypeLibrary();
  FreeTypeLibrary(const FreeTypeLibrary&) = delete;
  FreeTypeLibrary& operator=(const FreeTypeLibrary&) = delete;

  /// Null when memory ran out.
  FT_Library get() const { return library_; }

 private:
  FT_MemoryRec_ memory_{};
  FT_Library library_ = nullptr;
};

}  // namespace ode::fonts
