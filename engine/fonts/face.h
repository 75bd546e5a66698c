// Face: one font program (Type 1, CFF, TrueType, OpenType) opened with FreeType, giving unhinted outlines.
// Only this folder includes FreeType. Encodings are not its business: engine/pdf chooses glyph ids.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/bytes.h"
#include "engine/base/result.h"
#include "engine/geometry/path.h"

namespace ode::fonts {

/// What the font program is, for writers that embed it again.
enum class Program : std::uint8_t { type1, cff, cff_cid, truetype, opentype_cff };

/// Thread-safe: outlines are loaded under a lock and cached up to kOutlineCacheBytes. Identity (the pointer)
/// is the key of glyph caches, so open each program once per document.
class Face {
 public:
  /// `index` picks a face of a collection. Errors: malformed, limit_exceeded (kFontBytesMax).
  static Result<std::shared_ptr<const Face>> open(SharedBytes program, int index = 0);

  virtual ~Face() = default;
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;

  virtual Program program() const = 0;
  virtual const SharedBytes& bytes() const = 0;
  virtual int glyph_count() const = 0;
  /// Of the program's own grid, 16 to 16384: its coordinates are whole multiples of 1/units_per_em.
  virtual int units_per_em() const = 0;
  /// PostScript name, or "".
  virtual std::string name() const = 0;

  /// Outline of a glyph in em space (1 = 1 em, y up), nonzero fill. Never null: an empty path for blank,
  /// missing and damaged glyphs and for ids out of range.
  virtual std::shared_ptr<const Path> outline(std::uint32_t glyph_id) const = 0;
  /// Horizontal advance in em.
  virtual double advance(std::uint32_t glyph_id) const = 0;
  /// 0 when the program has no such glyph.
  virtual std::uint32_t glyph_of_name(std::string_view glyph_name) const = 0;
  /// Through the program's Unicode character map (for Type 1 and CFF synthesised from glyph names); 0 when
  /// absent.
  virtual std::uint32_t glyph_of_unicode(char32_t c) const = 0;
  /// Through the (platform, encoding) character map of a TrueType font, e.g. (3, 0) and (1, 0).
  /// nullopt when there is no such map.
  virtual std::optional<std::uint32_t> glyph_of_code(int platform, int encoding,
                                                     std::uint32_t code) const = 0;
  /// Through a Type 1 or CFF program's built-in encoding; 0 when absent.
  virtual std::uint32_t glyph_of_builtin_code(std::uint32_t code) const = 0;
  /// Through the charset of a CID-keyed CFF program; the CID itself for programs that have none.
  virtual std::uint32_t glyph_of_cid(std::uint32_t cid) const = 0;
  /// "" when unnamed.
  virtual std::string glyph_name(std::uint32_t glyph_id) const = 0;

 protected:
  Face() = default;
};

}  // namespace ode::fonts
