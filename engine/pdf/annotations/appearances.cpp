// Appearances of a page's annotations: which ones are seen, which stream shows them and where it lands (ISO
// 32000-2, 12.5.3 and 12.5.5). Appearances that the file leaves out are built by annotation_*.cpp and
// form_fields*.cpp.
#include "engine/pdf/annotations/appearances.h"

#include <algorithm>
#include <iterator>

#include "engine/pdf/annotations/drawing.h"
#include "engine/pdf/annotations/fields.h"
#include "engine/pdf/content/interpreter.h"
#include "engine/pdf/objects/object_streams.h"
#include "engine/pdf/objects/page_tree.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

// 12.5.3, Table 167
constexpr unsigned kInvisible = 1U << 0, kHidden = 1U << 1, kNoRotate = 1U << 4, kNoView = 1U << 5;
constexpr int kAnnotationsMax = 100'000;
/// Content built for one page; annotations may share what they are built from.
constexpr std::size_t kBuiltBytesMax = std::size_t{64} << 20;

/// The kinds of Table 171; `Invisible` counts for the others.
bool is_standard(const std::string& subtype) {
  static constexpr const char* kSubtypes[] = {
      "Text",        "Link",      "FreeText",       "Line",     "Square",    "Circle",     "Polygon",
      "PolyLine",    "Highlight", "Underline",      "Squiggly", "StrikeOut", "Caret",      "Stamp",
      "Ink",         "Popup",     "FileAttachment", "Sound",    "Movie",     "Screen",     "Widget",
      "PrinterMark", "TrapNet",   "Watermark",      "3D",       "Redact",    "Projection", "RichMedia"};
  return std::any_of(std::begin(kSubtypes), std::end(kSubtypes),
                     [&](const char* known) { return subtype == known; });
}

unsigned flags_of(const Object& annotation) {
  return static_cast<unsigned>(int_or(entry(annotation, "F"), 0));
}

bool is_seen(const Object& annotation, const std::string& subtype) {
  if (is_hidden(annotation) || subtype == "Popup") return false;
  return (flags_of(annotation) & kInvisible) == 0 || is_standard(subtype);
}

/// What /AP says: nothing at all (build one), a state without a stream (draw nothing), or a stream.
struct OwnAppearance {
  enum class Kind : std::uint8_t { absent, blank, stream } kind = Kind::absent;
  Object stream;
  Ref ref = Ref::INVALID();
};

/// The name under which /N holds the state in force: /AS, else for buttons the field's value, else Off.
std::string appearance_state(const Object& annotation, const Object& states) {
  const std::string state = name_of(entry(annotation, "AS"));
  if (!state.empty()) return state;
  const std::string value = name_of(inherited_entry(annotation, "V"));
  return !value.empty() && !entry(states, value.c_str()).isNull() ? value : "Off";
}

OwnAppearance own_appearance(const Object& annotation) {
  OwnAppearance own;
  const Object appearances = entry(annotation, "AP");
  Object normal = entry(appearances, "N");
  if (normal.isStream()) {
    own = {OwnAppearance::Kind::stream, std::move(normal), entry_ref(appearances, "N")};
  } else if (normal.isDict() && normal.dictGetLength() > 0) {
    const std::string state = appearance_state(annotation, normal);
    Object stream = entry(normal, state.c_str());
    own.kind = OwnAppearance::Kind::blank;
    if (stream.isStream())
      own = {OwnAppearance::Kind::stream, std::move(stream), entry_ref(normal, state.c_str())};
  }
  return own;
}

DrawingResult build(Context& context, const Object& annotation, const std::string& subtype,
                    const Rect& rect) {
  if (subtype == "Widget") return draw_widget(context, annotation, rect);
  if (subtype == "FreeText") return draw_free_text(context, annotation, rect);
  if (subtype == "Stamp") return draw_stamp(context, annotation, rect);
  struct Builder {
    const char* subtype;
    DrawingResult (*draw)(const Object&, const Rect&);
  };
  static constexpr Builder kBuilders[] = {
      {"Square", draw_square},
      {"Circle", draw_circle},
      {"Polygon", draw_polygon},
      {"PolyLine", draw_poly_line},
      {"Line", draw_line},
      {"Ink", draw_ink},
      {"Highlight", draw_highlight},
      {"Underline", draw_underline},
      {"StrikeOut", draw_strike_out},
      {"Squiggly", draw_squiggly},
      {"Caret", draw_caret},
      {"Text", draw_note},
      {"FileAttachment", draw_file_attachment},
  };
  for (const Builder& builder : kBuilders)
    if (subtype == builder.subtype) return builder.draw(annotation, rect);
  return std::nullopt;
}

/// NoRotate: the upper left corner stays, the rest turns against the page's rotation (12.5.3).
Matrix against_rotation(const Rect& rect, int rotate_deg) {
  const int turns = (rotate_deg / 90 % 4 + 4) % 4;
  static constexpr Matrix kTurns[] = {
      {1, 0, 0, 1, 0, 0}, {0, 1, -1, 0, 0, 0}, {-1, 0, 0, -1, 0, 0}, {0, -1, 1, 0, 0, 0}};
  return Matrix::translation(rect.x0, rect.y1) * kTurns[turns] * Matrix::translation(-rect.x0, -rect.y1);
}

/// False: nothing to draw.
bool place_own(Context& context, const Rect& rect, OwnAppearance own, Appearance& out) {
  const std::optional<Rect> bbox = rect_of(entry(own.stream, "BBox"));
  if (!bbox) {
    context.complain(ErrorKind::malformed, "an annotation's appearance has no /BBox",
                     std::max(own.ref.num, 0));
    return false;
  }
  out.user_from_form = appearance_matrix(*bbox, matrix_of(entry(own.stream, "Matrix")), rect);
  out.form = std::move(own.stream);
  out.ref = own.ref;
  return out.user_from_form.invertible();
}

bool place_built(Context& context, const Object& annotation, const std::string& subtype, const Rect& rect,
                 std::size_t& built_bytes_left, Appearance& out) {
  DrawingResult drawing = build(context, annotation, subtype, rect);
  if (!drawing) return false;
  // Markup is drawn where its points are, so it needs no fitting; widgets have their own space.
  if (subtype == "Widget") out.user_from_form = appearance_matrix(drawing->box, drawing->matrix, rect);
  const std::size_t size = drawing->content.text().size();
  if (size > built_bytes_left) {
    context.complain(ErrorKind::limit_exceeded, "too much to build for the annotations of one page");
    return false;
  }
  built_bytes_left -= size;
  out.blend = drawing->blend;
  out.form = to_form(context, std::move(*drawing));
  return true;
}

/// Text and choice fields only: the rest of the appearances are as good as what would be built.
bool is_stale(const Context& context, const Object& annotation, const std::string& subtype) {
  if (subtype != "Widget" || !needs_appearances(context)) return false;
  const FieldType type = field_type(annotation);
  return type == FieldType::text || type == FieldType::choice;
}

bool appearance_of(Context& context, const Object& annotation, int rotate_deg, std::size_t& built_bytes_left,
                   Appearance& out) {
  const std::string subtype = name_of(entry(annotation, "Subtype"));
  if (!is_seen(annotation, subtype)) return false;
  const std::optional<Rect> rect = rect_of(entry(annotation, "Rect"));
  if (!rect) {
    context.complain(ErrorKind::malformed, "an annotation has no /Rect");
    return false;
  }
  OwnAppearance own;
  if (!is_stale(context, annotation, subtype)) own = own_appearance(annotation);
  if (own.kind == OwnAppearance::Kind::blank) return false;
  const bool placed = own.kind == OwnAppearance::Kind::stream
                          ? place_own(context, *rect, std::move(own), out)
                          : place_built(context, annotation, subtype, *rect, built_bytes_left, out);
  if (!placed) return false;
  if ((flags_of(annotation) & kNoRotate) != 0) out.user_from_form = against_rotation(*rect, rotate_deg) * out.user_from_form;
  out.optional_content = raw_entry(annotation, "OC");
  out.widget = subtype == "Widget";
  // PDF 2.0, 12.5.2, Table 166.
  const Object blend = entry(annotation, "BM");
  if (blend.isName()) out.blend = blend_mode_of(blend);
  return true;
}

}  // namespace

bool is_hidden(const Object& annotation) { return (flags_of(annotation) & (kHidden | kNoView)) != 0; }

std::vector<Appearance> page_appearances(Context& context, int page_index) {
  std::vector<Appearance> appearances;
  const PageNode* page = page_tree(context).find(page_index);
  if (page == nullptr) return appearances;
  ObjectStreams& streams = object_streams(context);
  const Object annotations = streams.entry(page->dictionary, "Annots");
  const int rotate_deg = int_or(page->rotate, 0);
  const int count = element_count(annotations);
  if (count > kAnnotationsMax)
    context.complain(ErrorKind::limit_exceeded, "too many annotations on one page");
  std::size_t built_bytes_left = kBuiltBytesMax;
  for (int i = 0; i < std::min(count, kAnnotationsMax); ++i) {
    if (is_cancelled(context.cancel)) break;
    const Object annotation = streams.element(annotations, i);
    Appearance appearance;
    if (annotation.isDict() && appearance_of(context, annotation, rotate_deg, built_bytes_left, appearance))
      appearances.push_back(std::move(appearance));
  }
  return appearances;
}

}  // namespace ode::pdf
