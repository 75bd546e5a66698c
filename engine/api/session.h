// Session: one open document as programs use it: pages placed on a device, drawn as tiles or as bands, read
// as text. Above pdf (what is on a page) and raster (how it looks); the C interface (ode.h) and the CLI are
// written on it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "engine/api/band_renderer.h"
#include "engine/api/page_tags.h"
#include "engine/base/bytes.h"
#include "engine/base/cancel.h"
#include "engine/base/diagnostics.h"
#include "engine/base/result.h"
#include "engine/display/display_list.h"
#include "engine/images/encode/encode.h"
#include "engine/images/pixmap.h"
#include "engine/pdf/document/document.h"
#include "engine/raster/replay/render.h"
#include "engine/text/page_text.h"

namespace ode::api {

struct OpenSettings {
  /// Tried as user, then as owner password. UTF-8.
  std::optional<std::string> password = std::nullopt;
  /// Of the font pack; empty: the one installed beside this program or library.
  std::string font_directory = {};
  /// An opened pack, shared between sessions on any threads; then font_directory is not looked at.
  std::optional<fonts::FontSource> fonts = std::nullopt;
};

/// The pack of `directory`, or the installed one if that is empty. Errors: io, with what to do about it.
Result<fonts::FontSource> open_fonts(const std::string& directory);

enum class Annotations : std::uint8_t { shown, hidden };

/// What is shown of a page, and how large.
struct View {
  double scale = 1;    ///< pixels per point (1/72 inch); dpi / 72
  int rotate_deg = 0;  ///< clockwise, on top of the page's own rotation; a multiple of 90
  pdf::PageBox box = pdf::PageBox::crop;
  Annotations annotations = Annotations::shown;
};

/// A page on the device: pixels, y down, (0, 0) at the top left. The page's scale is exact, so the last row
/// and column may be partly beyond the page's edge; pixel counts are the exact size rounded up.
struct Placement {
  int width_px = 0, height_px = 0;
  Matrix device_from_page;
};

struct PageSize {
  double width_pt = 0, height_pt = 0;  ///< as shown: rotation applied
};

/// Placement of a page box of `width_pt` × `height_pt` (not rotated) under a clockwise rotation.
/// Errors: limit_exceeded (kPagePixelsMax, or not a size at all).
Result<Placement> place_page(double width_pt, double height_pt, int rotate_deg, double scale);

struct RenderSettings {
  View view;
  raster::Background background;
  const CancelFlag* cancel = nullptr;  ///< may be null
  pdf::LayerChoice layers = pdf::LayerChoice::visible;  ///< all: not for drawing, which would show what is hidden
};

/// One thread at a time. Threads share the work on a document by taking turns at `record`, each drawing what it
/// recorded with a BandRenderer of its own. Page indices are 0-based.
class Session {
 public:
  /// Errors: malformed (not a PDF), encrypted (password needed or wrong), limit_exceeded, io (no font pack).
  static Result<std::unique_ptr<Session>> open(SharedBytes bytes, const OpenSettings& settings);

  int page_count() const { return document_->page_count(); }
  /// Information, outline, links, attachments, fonts. Layers are changed through set_layer_visible.
  pdf::Document& document() { return *document_; }
  Result<pdf::PageGeometry> page_geometry(int page_index) const {
    return document_->page_geometry(page_index);
  }
  /// Size as shown, without the view's rotation. Errors: malformed (no such page).
  Result<PageSize> page_size(int page_index, pdf::PageBox box) const;
  Result<Placement> place(int page_index, const View& view) const;
  Status set_layer_visible(int layer_index, bool visible);

  /// The page's display list; the last one is kept. Errors: malformed (no such page), limit_exceeded,
  /// cancelled.
  Result<std::shared_ptr<const display::DisplayList>> record(int page_index, const RenderSettings& settings);

  /// The page, or the part of it in `tile` (device pixels; may reach beyond the page, where it shows the
  /// background), RGBA8 premultiplied. Any set of tiles gives the bytes of the whole page. Errors: those of
  /// record, limit_exceeded (kTilePixelsMax), cancelled.
  Result<images::Pixmap> render(int page_index, const RenderSettings& settings,
                                const std::optional<IntRect>& tile = std::nullopt);
  /// The same into memory of the caller: tile.height() rows, `stride_bytes` apart (a multiple of 4).
  Status render_into(int page_index, const RenderSettings& settings, const IntRect& tile, std::uint8_t* rgba,
                     std::size_t stride_bytes);
  /// The same, band after band (BandRenderer).
  Status render_bands(int page_index, const RenderSettings& settings, const std::optional<IntRect>& area,
                      const BandSink& sink);

  /// The page's display list as its text needs it (pdf::RecordPurpose::text), so it must not be drawn. Errors: those of record.
  Result<std::shared_ptr<const display::DisplayList>> record_text(int page_index, const CancelFlag* cancel = nullptr);
  /// The page's text, in the order of the document's structure where it has one. Errors: those of record.
  Result<text::PageText> page_text(int page_index, const CancelFlag* cancel = nullptr);
  /// Of the document's language.
  text::LanguageDirection language_direction();
  /// How the structure orders the page's marked content, and what it says for it where that can be what `list`, the page,
  /// shows; empty for most documents.
  std::span<const text::ContentTag> content_tags(int page_index, const display::DisplayList& list);
  /// The document's logical structure, read once; empty for most documents.
  const pdf::StructureTree& structure();

  /// Plain text in reading order, UTF-8, lines ended by '\n'. Errors: those of record.
  Result<std::string> text(int page_index, const CancelFlag* cancel = nullptr);

  /// What was wrong with the page of the last record, render or text.
  const Diagnostics& diagnostics() const { return diagnostics_; }

 private:
  struct Recorded {
    int page_index = -1;
    pdf::PageBox box = pdf::PageBox::crop;
    Annotations annotations = Annotations::shown;
    pdf::RecordPurpose purpose = pdf::RecordPurpose::drawing;
    pdf::LayerChoice layers = pdf::LayerChoice::visible;
    std::shared_ptr<const display::DisplayList> list;
  };

  Result<std::shared_ptr<const display::DisplayList>> record_with(int page_index, const RenderSettings& settings,
                                                                  pdf::RecordPurpose purpose);
  explicit Session(std::unique_ptr<pdf::Document> document) : document_(std::move(document)) {}

  std::unique_ptr<pdf::Document> document_;
  std::optional<pdf::StructureTree> structure_;
  std::optional<PageTags> tags_;
  std::optional<text::LanguageDirection> language_direction_;
  Recorded last_;
  BandRenderer renderer_;
  Diagnostics diagnostics_;
};

/// Whether the page's paints tell that its picture will not be grey.
images::ColorHint color_hint(const display::DisplayList& list);

}  // namespace ode::api
