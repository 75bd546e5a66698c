// Only what can read fonts that PDFs embed is kept of FreeType's modules.
#include "engine/fonts/freetype_library.h"

#include FT_MODULE_H
#include <cstdlib>

namespace ode::fonts {
namespace {

void* allocate(FT_Memory, long size) { return std::malloc(static_cast<std::size_t>(size)); }
void release(FT_Memory, void* block) { std::free(block); }
void* reallocate(FT_Memory, long, long size, void* block) {
  return std::realloc(block, static_cast<std::size_t>(size));
}

// Formats that no PDF embeds: fewer parsers stand open to hostile bytes.
constexpr const char* kUnwanted[] = {"bdf", "pcf", "winfonts", "pfr", "type42"};

}  // namespace

FreeTypeLibrary::FreeTypeLibrary() : memory_{nullptr, allocate, release, reallocate} {
  if (FT_New_Library(&memory_, &library_) != 0) {
    library_ = nullptr;
    return;
  }
  FT_Add_Default_Modules(library_);
  for (const char* name : kUnwanted) {
    if (FT_Module module = FT_Get_Module(library_, name)) FT_Remove_Module(library_, module);
  }
}

FreeTypeLibrary::~FreeTypeLibrary() {
  if (library_ != nullptr) FT_Done_Library(library_);
}

}  // namespace ode::fonts
