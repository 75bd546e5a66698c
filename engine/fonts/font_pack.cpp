// The font pack: files mapped and faces opened on first use, shared by every document of the process that was
// given this pack. The files are pinned in cmake/OdeFontPack.cmake; font_match.cpp chooses among them.
#include <array>
#include <mutex>

#include "engine/fonts/font_match.h"
#include "engine/fonts/resolver.h"
#include "engine/platform/file.h"

namespace ode::fonts {
namespace {

/// Thread-safe.
class Pack {
 public:
  explicit Pack(std::string directory) : directory_(std::move(directory)) {}

  Result<std::shared_ptr<const Face>> face(std::size_t index) {
    const std::lock_guard lock(mutex_);
    if (faces_[index] == nullptr) {
      SharedBytes bytes =
          ODE_TRY(platform::map_file(directory_ + "/" + pack_file_name(index), kFontBytesMax));
      Result<std::shared_ptr<const Face>> opened = Face::open(std::move(bytes));
      if (!opened)
        return Error{ErrorKind::io, std::string("font pack: damaged file ") + pack_file_name(index)};
      faces_[index] = std::move(*opened);
    }
    return faces_[index];
  }

 private:
  const std::string directory_;
  std::mutex mutex_;
  std::array<std::shared_ptr<const Face>, kPackFileCount> faces_;
};

Result<FontMatch> resolve(Pack& pack, const FontQuery& query) {
  const PackChoice choice = choose_family(query);
  const PackFile file = choose_file(choice);
  return FontMatch{.face = ODE_TRY(pack.face(file.index)),
                   .metric_compatible = choice.metric_compatible,
                   .synthesize_bold = file.lacks_bold,
                   .synthesize_italic = file.lacks_italic};
}

bool is_east_asian(char32_t c) {
  return (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFE10 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFF);
}

Result<std::shared_ptr<const Face>> fallback(Pack& pack, char32_t c) {
  std::array<Family, 5> order = {Family::wide, Family::cjk, Family::sans, Family::symbol, Family::dingbats};
  if (is_east_asian(c)) std::swap(order[0], order[1]);
  for (Family family : order) {
    auto face = ODE_TRY(pack.face(choose_file(PackChoice{.family = family}).index));
    if (face->glyph_of_unicode(c) != 0) return face;
  }
  return Error{ErrorKind::unsupported, "no font of the pack has the character"};
}

}  // namespace

Result<FontSource> open_font_pack(const std::string& directory) {
  if (!platform::file_exists(directory + "/" + pack_file_name(0))) {
    return Error{ErrorKind::io, "no font pack in " + directory};
  }
  auto pack = std::make_shared<Pack>(directory);
  return FontSource{.resolve = [pack](const FontQuery& query) { return resolve(*pack, query); },
                    .fallback = [pack](char32_t c) { return fallback(*pack, c); }};
}

}  // namespace ode::fonts
