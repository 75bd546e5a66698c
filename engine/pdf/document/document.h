// Document: a PDF opened through poppler's object layer, and its pages recorded as display lists.
// The one header of this folder that other floors include: no poppler type appears in it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/cancel.h"
#include "engine/base/result.h"
#include "engine/display/display_list.h"
#include "engine/fonts/resolver.h"
#include "engine/pdf/document/form_values.h"
#include "engine/pdf/document/note.h"
#include "engine/pdf/structure/tree.h"

namespace ode::pdf {

struct OpenOptions {
  /// Tried as user, then as owner password. UTF-8.
  std::optional<std::string> password;
  fonts::FontSource fonts;
};

enum class PageBox : std::uint8_t { crop, media };

/// `box` is in default user space units already multiplied by UserUnit, so points.
struct PageGeometry {
  Rect media_box, crop_box;
  int rotate_deg = 0;  ///< 0, 90, 180 or 270, clockwise
  double user_unit = 1;
  std::string label;   ///< page label, or the page number
};

/// Which optional content is recorded: what is on, or all, with its display::Visibility.
enum class LayerChoice : std::uint8_t { visible, all };

/// What a recording is for. One for text leaves out whatever is not text, and no outline is loaded for its bounds.
enum class RecordPurpose : std::uint8_t { drawing, text };

/// What is recorded of a page.
struct RecordOptions {
  PageBox box = PageBox::crop;
  bool annotations = true;
  const CancelFlag* cancel = nullptr;
  RecordPurpose purpose = RecordPurpose::drawing;
  LayerChoice layers = LayerChoice::visible;
};

/// A destination in the document or outside it.
struct Target {
  enum class Kind : std::uint8_t { none, page, uri, file, named } kind = Kind::none;
  int page = 0;                       ///< 1-based, for Kind::page
  std::optional<Point> top_left;      ///< page space of that page
  std::optional<double> zoom;
  std::string text;                   ///< URI, file or action name, UTF-8
};

struct OutlineItem {
  std::string title;  ///< UTF-8
  Target target;
  bool open = false;
  int depth = 0;      ///< 0: top level; items come in document order
};

struct Link {
  Rect area;  ///< page space
  Target target;
  int object = 0;  ///< number of the annotation, as in StructureChild::object; 0 for one that is no object
};

struct Attachment {
  std::string name, description, mime_type;  ///< UTF-8
  std::size_t size_bytes = 0;
  int index = 0;
};

struct Layer {
  std::string name;
  bool visible = true;
  int object = 0;
};

struct FontInfo {
  std::string name, type, encoding;
  bool embedded = false, subset = false, has_to_unicode = false;
  int object = 0;
};

struct Information {
  std::string pdf_version;
  std::map<std::string, std::string> metadata;  ///< Info dictionary, UTF-8; dates as ISO 8601
  bool encrypted = false, linearized = false, tagged = false, has_forms = false, has_javascript = false;
  std::string encryption;                       ///< "AES-256" …, or ""
  std::string repair;  ///< what was done about a damaged file, with counts; "" for a sound one
  bool may_print = true, may_copy = true, may_change = true, may_annotate = true;
};

/// One thread at a time. Parallel work opens one Document per thread over the same SharedBytes.
/// Page indices are 0-based.
class Document {
 public:
  /// Errors: malformed (not a PDF, beyond repair), encrypted (password needed or wrong), limit_exceeded.
  static Result<std::unique_ptr<Document>> open(SharedBytes bytes, const OpenOptions& options);
  ~Document();
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  int page_count() const;
  Result<PageGeometry> page_geometry(int page_index);
  /// The page box's lower left corner is (0, 0) in the list. Damage becomes diagnostics in the list.
  /// Errors: malformed (no such page object), limit_exceeded, cancelled.
  Result<std::shared_ptr<const display::DisplayList>> record_page(int page_index, const RecordOptions& options);

  Information information();
  std::vector<OutlineItem> outline();
  std::vector<Link> links(int page_index);
  /// Form fields that the page shows, one for each widget, in the order of its annotations. Empty when there are
  /// none or no such page.
  std::vector<FormField> fields(int page_index);
  /// Texts of the page's markup annotations that are to be seen, in their order; at most kNoteBytesMax of them.
  std::vector<Note> notes(int page_index);
  /// Read anew at each call. Empty for documents without structure.
  StructureTree structure();
  /// Natural language of the document, as objects/language_tag.h cleans it; "" when it names none.
  std::string language();
  std::vector<Attachment> attachments();
  Result<SharedBytes> attachment_bytes(int index);
  std::vector<Layer> layers();
  /// Changes what record_page draws from now on. Errors: malformed when there is no such layer.
  Status set_layer_visible(int layer_index, bool visible);
  /// Fonts of the pages [first, last), each once.
  std::vector<FontInfo> fonts(int first_page_index, int last_page_index);

  struct Impl;  ///< pdf/context.h

 private:
  explicit Document(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ode::pdf
