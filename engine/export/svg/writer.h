// SvgWriter: drawing commands as SVG elements. What SVG cannot say (meshes, knockout, cells that overlap) is
// drawn by the rasteriser and put in as a picture of that area alone.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/export/assets.h"
#include "engine/export/image_policy.h"
#include "engine/export/svg/items.h"
#include "engine/export/visibility_book.h"
#include "engine/images/pixmap.h"

namespace ode::exporter {

/// Draws commands [first, last) of a list over nothing: rgba8 premultiplied, `area` (page space) at `scale`
/// pixels a point.
using PatchRenderer =
    std::function<Result<images::Pixmap>(const display::DisplayList& list, std::uint32_t first,
                                         std::uint32_t last, const Rect& area, double scale)>;

/// "mix-blend-mode:…", nothing for normal.
void append_blend(std::string& out, display::BlendMode blend);
display::BlendMode blend_of(const display::Command& command);

/// What the writers of one page share. Ids begin with `id_prefix`, which no other page of the document has.
struct SvgContext {
  Assets& assets;
  PatchRenderer render_patch;
  std::string id_prefix;
  std::string defs = {};  ///< elements that others refer to
  int next_id = 0;
  std::map<std::pair<const void*, std::uint32_t>, std::string>
      images = {};                                        ///< (source, stencil colour) → id; looked up only
  /// Embedded images of the whole document, by asset name: the id that shows each. Null where a page stands alone.
  std::map<std::string, std::string>* embedded_images = nullptr;
  ImagePolicy image_policy = {};
  VisibilityBook* visibilities = nullptr;  ///< null: everything is shown
  std::map<std::string, std::string> glyph_symbols = {};  ///< Type 3 glyph in a colour → id
  Diagnostics* diagnostics = nullptr;

  std::string new_id() { return id_prefix + std::to_string(next_id++); }
};

/// A stretch of SVG with the clips that are open at its end.
struct SvgLayer {
  std::string body;
  std::vector<int> open_clips;
  std::string open_classes;  ///< of the element inside them for optional content; "": none is open
};

class SvgWriter {
 public:
  /// `svg_from_page` turns y down. `current_color`: paints are left to the element that uses the drawing
  /// (Type 3, d1).
  SvgWriter(const display::DisplayList& list, const Matrix& svg_from_page, SvgContext& context, int depth = 0)
      : list_(list),
        svg_from_page_(svg_from_page),
        context_(context),
        depth_(depth),
        visibility_(list, context.visibilities) {}

  void paint_all_with(const std::string& color) { override_color_ = color; }

  /// Adds an item of `items`, inside the clips it needs.
  void add(SvgLayer& layer, const Items& items, const Item& item);
  static void close(SvgLayer& layer);
  /// All of the list, or commands [first, last) of it.
  std::string all();
  std::string range(std::uint32_t first, std::uint32_t last);

 private:
  static void enter_classes(SvgLayer& layer, const std::string& classes);
  std::vector<int> clips_of(const Items& items, const Item& item) const;
  void enter_clips(SvgLayer& layer, const Items& items, const std::vector<int>& needed);
  const std::string& clip_reference(const ClipNode& node);
  std::string define_clip(const ClipNode& node);
  void element(std::string& out, const Item& item);

  void fill(std::string& out, const display::FillPath& draw, const Item& item);
  void stroke(std::string& out, const display::StrokePath& draw, const Item& item);
  void glyphs(std::string& out, const display::DrawGlyphs& draw, const Item& item);
  void type3_glyphs(std::string& out, const display::DrawGlyphs& draw);
  void image(std::string& out, const display::DrawImage& draw);
  void group(std::string& out, const Item& item);
  void patch(std::string& out, const Item& item);

  /// " fill=…" or " stroke=…"; false when the paint needs a patch.
  bool append_paint(std::string& out, const char* attribute, const display::Paint& paint);
  bool gradient_id(const display::Shading& shading, std::string& id);
  bool pattern_id(const display::Tiling& tiling, std::string& id);
  void append_stroke(std::string& out, const display::StrokeStyle& style, const Matrix& svg_from_pen);
  static void append_composite(std::string& out, const display::Composite& composite);
  Result<std::string> image_id(const display::DrawImage& draw, display::Rgb stencil_color);
  Result<std::optional<Asset>> passed_on(const images::ImageSource& source);
  Result<Asset> kept(const images::ImageSource& source);
  Result<std::string> masked(const Asset& picture, const images::ImageSource& mask);
  Result<Asset> image_asset(const display::DrawImage& draw, display::Rgb stencil_color);
  const std::string* embedded_id(const Asset& asset, const std::string& name) const;
  void keep_embedded(const Asset& asset, const std::string& name, const std::string& id);
  std::string id_of(const Asset& asset);
  void use(std::string& out, const std::string& id, const Matrix& page_from_unit, const display::Composite& composite,
           bool sharp);
  std::string path_of_run(const display::GlyphRun& run);

  const display::DisplayList& list_;
  Matrix svg_from_page_;
  SvgContext& context_;
  int depth_;
  CommandVisibility visibility_;
  std::string override_color_;
  std::map<std::uint32_t, std::string> clip_references_;  ///< by command: each clip is defined once
};

}  // namespace ode::exporter
