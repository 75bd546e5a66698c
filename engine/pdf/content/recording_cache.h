// RecordingCache: what recording keeps from page to page of one document: the contents of forms, recorded
// pattern cells and Type 3 glyphs.
#pragma once

#include <array>
#include <map>
#include <memory>
#include <unordered_map>
#include <vector>

#include "engine/pdf/fonts/font.h"
#include "engine/pdf/objects/context.h"

namespace ode::pdf {

/// A form XObject read once: ISO 32000-2, 8.10.
struct Form {
  SharedBytes content;
  Matrix matrix;
  std::optional<Rect> bbox;  ///< form space
  Object resources;          ///< a dictionary or null
  Object optional_content;   ///< as it stands: perhaps a reference
  Object color_space;        ///< of the transparency group
  bool group = false, isolated = false, knockout = false;
  Ref ref = Ref::INVALID();
};

/// The glyphs of a Type 3 font, recorded when first shown.
struct Type3Glyphs {
  std::shared_ptr<const Font> font;
  std::vector<display::Type3Font::Glyph> glyphs{256};
  std::array<bool, 256> recorded{};
  std::shared_ptr<const display::Type3Font> published;  ///< null when glyphs were added since
};

/// A pattern cell in pattern space.
struct Cell {
  std::shared_ptr<const display::DisplayList> list;
  Rect bbox;
  double x_step = 0, y_step = 0;
};

/// Least recently used forms go first when their contents pass the limit.
class FormCache {
 public:
  std::shared_ptr<const Form> find(Ref ref);
  void insert(std::shared_ptr<const Form> form);

 private:
  struct Entry {
    std::shared_ptr<const Form> form;
    std::uint64_t used = 0;
  };
  std::unordered_map<std::uint64_t, Entry> forms_;
  std::size_t bytes_ = 0;
  std::uint64_t clock_ = 0;
};

struct RecordingCache {
  /// Cells by pattern and colour (0x1000000: coloured). Bounded by memory: emptied when full.
  using CellKey = std::pair<std::uint64_t, std::uint32_t>;
  std::shared_ptr<const Cell> find_cell(CellKey key) const;
  void insert_cell(CellKey key, std::shared_ptr<const Cell> cell);
  /// Never null.
  std::shared_ptr<Type3Glyphs> type3(const std::shared_ptr<const Font>& font);

  FormCache forms;
  /// /OC of images, by reference: load_image keeps the image, but not who may see it.
  std::unordered_map<std::uint64_t, Object> image_layers;

 private:
  std::map<CellKey, std::shared_ptr<const Cell>> cells_;
  std::size_t cell_bytes_ = 0;
  std::unordered_map<const Font*, std::shared_ptr<Type3Glyphs>> type3_;
};

}  // namespace ode::pdf
