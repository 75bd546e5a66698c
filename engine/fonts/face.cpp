// Face over FreeType: unhinted outlines in design units, never rasterised there. Formats: TrueType, CFF
// (Adobe Technical Notes 5176, 5177), Type 1. FreeType's own quirks are noted where they are worked around.
#include "engine/fonts/face.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H
#include FT_CID_H
#include FT_FONT_FORMATS_H
#include <algorithm>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "engine/base/limits.h"
#include "engine/base/short_mutex.h"
#include "engine/fonts/freetype_library.h"
#include "engine/fonts/freetype_outline.h"
#include "engine/fonts/repair.h"
#include "engine/fonts/sfnt.h"

namespace ode::fonts {
namespace {

constexpr FT_Int32 kLoadFlags = FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP | FT_LOAD_IGNORE_TRANSFORM;
constexpr int kTypeOnePlatform = 7;  // FreeType's for the encodings inside Type 1 and CFF programs
// Coarser grids are loaded scaled: FreeType rounds CFF coordinates to whole units otherwise.
constexpr int kFineUnitsPerEm = 128;
constexpr int kScaledSize_px = 1000;

struct NameHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view name) const { return std::hash<std::string_view>{}(name); }
};

std::size_t memory_bytes(const Path& path) {
  return sizeof(Path) + 64 + path.verbs.capacity() * sizeof(Verb) +
         path.points.capacity() * sizeof(PathPoint);
}

std::optional<Program> program_of(FT_Face face) {
  const std::string_view format = FT_Get_Font_Format(face);
  if (format == "TrueType") return Program::truetype;
  if (format == "Type 1" || format == "CID Type 1") return Program::type1;
  if (format != "CFF") return std::nullopt;
  if (FT_IS_SFNT(face)) return Program::opentype_cff;
  return FT_IS_CID_KEYED(face) ? Program::cff_cid : Program::cff;
}

class FreeTypeFace final : public Face {
 public:
  explicit FreeTypeFace(SharedBytes program) : bytes_(std::move(program)) {}

  Status load(int index);

  Program program() const override { return program_; }
  const SharedBytes& bytes() const override { return bytes_; }
  int glyph_count() const override { return glyph_count_; }
  int units_per_em() const override { return units_per_em_; }
  std::string name() const override;

  std::shared_ptr<const Path> outline(std::uint32_t glyph_id) const override;
  double advance(std::uint32_t glyph_id) const override;
  std::uint32_t glyph_of_name(std::string_view glyph_name) const override;
  std::uint32_t glyph_of_unicode(char32_t c) const override;
  std::optional<std::uint32_t> glyph_of_code(int platform, int encoding, std::uint32_t code) const override;
  std::uint32_t glyph_of_builtin_code(std::uint32_t code) const override;
  std::uint32_t glyph_of_cid(std::uint32_t cid) const override;
  std::string glyph_name(std::uint32_t glyph_id) const override;

 private:
  void read_charset();
  void choose_scale();
  std::string name_unlocked(std::uint32_t glyph_id) const;
  Path load_outline(std::uint32_t glyph_id) const;
  FT_UInt freetype_index(std::uint32_t glyph_id) const;
  std::uint32_t known(std::uint32_t glyph_id) const {
    return glyph_id < static_cast<std::uint32_t>(glyph_count_) ? glyph_id : 0;
  }

  SharedBytes bytes_;
  FreeTypeLibrary library_;
  FT_Face face_ = nullptr;  // owned by library_
  Program program_ = Program::type1;
  int glyph_count_ = 0;
  int units_per_em_ = 1000;
  FT_Int32 load_flags_ = kLoadFlags | FT_LOAD_NO_SCALE;
  double em_from_unit_ = 0.001;
  CompositeGuard composites_;
  FT_CharMap unicode_map_ = nullptr, builtin_map_ = nullptr;
  std::vector<std::uint32_t> cids_;  // CID-keyed: by glyph id
  std::unordered_map<std::uint32_t, std::uint32_t> glyphs_by_cid_;

  mutable ShortMutex mutex_;  // guards face_ and the names
  mutable std::unordered_map<std::string, std::uint32_t, NameHash, std::equal_to<>> glyphs_by_name_;
  mutable bool names_read_ = false;

  // Apart, so that who only needs an outline that is known does not wait while another is read.
  mutable ShortMutex outlines_mutex_;  // guards what follows
  mutable std::unordered_map<std::uint32_t, std::shared_ptr<const Path>> outlines_;
  mutable std::size_t outline_bytes_ = 0;
};

Status FreeTypeFace::load(int index) {
  if (library_.get() == nullptr) return Error{ErrorKind::internal, "FreeType did not start"};
  FT_Open_Args arguments{};
  arguments.flags = FT_OPEN_MEMORY;
  arguments.memory_base = as_u8(bytes_.data());
  arguments.memory_size = static_cast<FT_Long>(bytes_.size());
  if (FT_Open_Face(library_.get(), &arguments, index, &face_) != 0) {
    return Error{ErrorKind::malformed, "not a font program"};
  }
  const auto program = program_of(face_);
  if (!program || !FT_IS_SCALABLE(face_) || face_->units_per_EM == 0 || face_->num_glyphs <= 0) {
    return Error{ErrorKind::malformed, "font program without outlines"};
  }
  program_ = *program;
  glyph_count_ = static_cast<int>(std::min<FT_Long>(face_->num_glyphs, 0x10000));
  units_per_em_ = std::clamp<int>(face_->units_per_EM, 16, 16384);
  for (int i = 0; i < face_->num_charmaps; ++i) {
    if (face_->charmaps[i]->platform_id == kTypeOnePlatform && builtin_map_ == nullptr)
      builtin_map_ = face_->charmaps[i];
  }
  if (FT_Select_Charmap(face_, FT_ENCODING_UNICODE) == 0) unicode_map_ = face_->charmap;
  if (program_ == Program::truetype) composites_ = CompositeGuard(bytes_.view(), index);
  if (FT_IS_CID_KEYED(face_)) read_charset();
  choose_scale();
  return Ok{};
}

void FreeTypeFace::read_charset() {
  if (program_ == Program::type1) return;  // CID Type 1 programs are indexed by CID
  for (FT_UInt glyph_id = 0; glyph_id < 0x10000; ++glyph_id) {
    FT_UInt cid = 0;
    if (FT_Get_CID_From_Glyph_Index(face_, glyph_id, &cid) != 0) break;
    cids_.push_back(cid);
    glyphs_by_cid_.emplace(cid, glyph_id);
  }
  if (program_ == Program::cff_cid) glyph_count_ = static_cast<int>(cids_.size());
}

void FreeTypeFace::choose_scale() {
  // Tricky fonts put their glyphs together with instructions, at a real size.
  if (FT_IS_TRICKY(face_) || face_->units_per_EM < kFineUnitsPerEm) {
    const int size_px = FT_IS_TRICKY(face_) ? face_->units_per_EM : kScaledSize_px;
    if (FT_Set_Char_Size(face_, 0, size_px * 64, 72, 72) == 0) {
      load_flags_ = kLoadFlags;
      em_from_unit_ = 1.0 / (64.0 * size_px);
      return;
    }
  }
  em_from_unit_ = 1.0 / face_->units_per_EM;
}

// FreeType takes CIDs where it should take glyph ids, in CID-keyed CFF programs without an OpenType wrapper.
FT_UInt FreeTypeFace::freetype_index(std::uint32_t glyph_id) const {
  return program_ == Program::cff_cid ? cids_[glyph_id] : glyph_id;
}

std::string FreeTypeFace::name() const {
  const std::lock_guard lock(mutex_);
  const char* name = FT_Get_Postscript_Name(face_);
  return name != nullptr ? name : "";
}

Path FreeTypeFace::load_outline(std::uint32_t glyph_id) const {
  if (glyph_id >= static_cast<std::uint32_t>(glyph_count_)) return {};
  if (program_ == Program::truetype && !composites_.harmless(glyph_id)) return {};
  if (FT_Load_Glyph(face_, freetype_index(glyph_id), load_flags_) != 0) return {};
  if (face_->glyph->format != FT_GLYPH_FORMAT_OUTLINE) return {};
  return path_from_outline(face_->glyph->outline, em_from_unit_);
}

std::shared_ptr<const Path> FreeTypeFace::outline(std::uint32_t glyph_id) const {
  {
    const std::lock_guard lock(outlines_mutex_);
    if (const auto found = outlines_.find(glyph_id); found != outlines_.end()) return found->second;
  }
  const auto path = [&] {
    const std::lock_guard lock(mutex_);
    return std::make_shared<const Path>(load_outline(glyph_id));
  }();
  const std::size_t bytes = memory_bytes(*path);
  const std::lock_guard lock(outlines_mutex_);
  if (outline_bytes_ + bytes > kOutlineCacheBytes) {
    outlines_.clear();
    outline_bytes_ = 0;
  }
  if (outlines_.emplace(glyph_id, path).second) outline_bytes_ += bytes;
  return path;
}

double FreeTypeFace::advance(std::uint32_t glyph_id) const {
  const std::lock_guard lock(mutex_);
  if (glyph_id >= static_cast<std::uint32_t>(glyph_count_)) return 0;
  FT_Fixed advance = 0;
  if (FT_Get_Advance(face_, freetype_index(glyph_id), kLoadFlags | FT_LOAD_NO_SCALE, &advance) != 0) return 0;
  return static_cast<double>(advance) / face_->units_per_EM;
}

std::string FreeTypeFace::name_unlocked(std::uint32_t glyph_id) const {
  char buffer[128];
  if (!FT_HAS_GLYPH_NAMES(face_) || FT_Get_Glyph_Name(face_, glyph_id, buffer, sizeof buffer) != 0) return "";
  return buffer;
}

std::string FreeTypeFace::glyph_name(std::uint32_t glyph_id) const {
  const std::lock_guard lock(mutex_);
  return glyph_id < static_cast<std::uint32_t>(glyph_count_) ? name_unlocked(glyph_id) : "";
}

std::uint32_t FreeTypeFace::glyph_of_name(std::string_view glyph_name) const {
  const std::lock_guard lock(mutex_);
  if (!names_read_) {
    names_read_ = true;
    for (int i = 0; i < glyph_count_ && FT_HAS_GLYPH_NAMES(face_); ++i) {
      std::string name = name_unlocked(static_cast<std::uint32_t>(i));
      if (!name.empty()) glyphs_by_name_.emplace(std::move(name), static_cast<std::uint32_t>(i));
    }
  }
  const auto found = glyphs_by_name_.find(glyph_name);
  return found != glyphs_by_name_.end() ? found->second : 0;
}

std::uint32_t FreeTypeFace::glyph_of_unicode(char32_t c) const {
  const std::lock_guard lock(mutex_);
  if (unicode_map_ == nullptr || FT_Set_Charmap(face_, unicode_map_) != 0) return 0;
  return known(FT_Get_Char_Index(face_, c));
}

std::optional<std::uint32_t> FreeTypeFace::glyph_of_code(int platform, int encoding,
                                                         std::uint32_t code) const {
  const std::lock_guard lock(mutex_);
  for (int i = 0; i < face_->num_charmaps; ++i) {
    FT_CharMap map = face_->charmaps[i];
    if (map->platform_id != platform || map->encoding_id != encoding) continue;
    if (FT_Set_Charmap(face_, map) == 0) return known(FT_Get_Char_Index(face_, code));
  }
  return std::nullopt;
}

std::uint32_t FreeTypeFace::glyph_of_builtin_code(std::uint32_t code) const {
  const std::lock_guard lock(mutex_);
  if (builtin_map_ == nullptr || FT_Set_Charmap(face_, builtin_map_) != 0) return 0;
  return known(FT_Get_Char_Index(face_, code));
}

std::uint32_t FreeTypeFace::glyph_of_cid(std::uint32_t cid) const {
  if (cids_.empty()) return known(cid);
  const auto found = glyphs_by_cid_.find(cid);
  return found != glyphs_by_cid_.end() ? found->second : 0;
}

}  // namespace

Result<std::shared_ptr<const Face>> Face::open(SharedBytes program, int index) {
  if (program.size() > kFontBytesMax) return Error{ErrorKind::limit_exceeded, "font program too large"};
  if (program.size() < 4 || index < 0) return Error{ErrorKind::malformed, "not a font program"};
  auto face = std::make_shared<FreeTypeFace>(program);
  Status loaded = face->load(index);
  if (!loaded) {
    auto mended = repaired_program(program.view());
    if (!mended) return std::move(loaded).error();
    face = std::make_shared<FreeTypeFace>(SharedBytes(std::move(*mended)));
    ODE_TRY(face->load(index));
  }
  return std::shared_ptr<const Face>(std::move(face));
}

}  // namespace ode::fonts
