// Document::fields: the widgets of a page as FormFields.
#include "engine/pdf/document/form_values.h"

#include <algorithm>
#include <unordered_map>

#include "engine/pdf/annotations/appearances.h"
#include "engine/pdf/annotations/fields.h"
#include "engine/pdf/annotations/text_block.h"
#include "engine/pdf/content/optional_content.h"
#include "engine/pdf/document/targets.h"
#include "engine/pdf/objects/object_streams.h"
#include "engine/pdf/objects/page_tree.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/text_string.h"

namespace ode::pdf {
namespace {

constexpr int kAnnotationsMax = 100'000;
/// Values of one field, states of one button.
constexpr int kValuesMax = 100;
/// Names, tooltips and captions are cut here, bytes.
constexpr std::size_t kLabelMax = 4'000;

FormField::Kind kind_of(FieldType type, unsigned flags) {
  switch (type) {
    case FieldType::check_box:
      return FormField::Kind::check_box;
    case FieldType::radio_button:
      return FormField::Kind::radio_button;
    case FieldType::push_button:
      return FormField::Kind::push_button;
    case FieldType::choice:
      return (flags & field_flag::kCombo) != 0 ? FormField::Kind::combo_box : FormField::Kind::list_box;
    case FieldType::signature:
      return FormField::Kind::signature;
    case FieldType::text:
    case FieldType::none:
      break;
  }
  // 12.7.5.3, Table 231: at most one of the three should be set.
  if ((flags & field_flag::kPassword) != 0) return FormField::Kind::password;
  if ((flags & field_flag::kFileSelect) != 0) return FormField::Kind::file;
  return (flags & field_flag::kMultiline) != 0 ? FormField::Kind::multiline_text : FormField::Kind::text;
}

std::string with_line_feeds(std::u32string_view text) {
  std::u32string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == U'\r' && i + 1 < text.size() && text[i + 1] == U'\n') continue;
    out += text[i] == U'\r' ? U'\n' : text[i];
  }
  return utf8_from_u32(out);
}

std::string label_of_text(std::u32string_view text) { return utf8_from_u32(text.substr(0, kLabelMax)); }
std::string label_of(const Object& string) { return label_of_text(u32_from_object(string)); }
std::string utf8_of_name(const std::string& name) { return label_of_text(u32_from_utf8(name)); }

/// The strings of /V or /DV: one or an array.
std::vector<std::string> strings_of(const Object& value) {
  std::vector<std::string> strings;
  const auto add = [&](const Object& string) {
    if (!string.isString() && !string.isName()) return;
    strings.push_back(with_line_feeds(std::u32string_view(u32_from_object(string)).substr(0, kFieldTextMax)));
  };
  add(value);
  for (int i = 0; i < std::min(element_count(value), kValuesMax); ++i) add(element(value, i));
  return strings;
}

/// The key of /AP /N that is not Off (12.7.5.2.3). Buttons without appearances are on in the state they are
/// in.
std::string on_state_of(const Object& widget) {
  const Object states = entry(entry(widget, "AP"), "N");
  if (states.isDict()) {
    for (int i = 0; i < std::min(states.dictGetLength(), kValuesMax); ++i)
      if (const std::string name = states.dictGetKey(i); name != "Off") return name;
  }
  const std::string state = button_state(widget);
  return state.empty() || state == "Off" ? "Yes" : state;
}

/// 12.7.4.2: partial names joined by periods. Widgets and fields between them may have none.
std::string joined_name(const std::string& above, const Object& field) {
  const std::string own = label_of(entry(field, "T"));
  if (own.empty() || above.size() > kLabelMax) return above;
  return above.empty() ? own : above + '.' + own;
}

std::int64_t bytes_of(const FormField& field) {
  std::size_t bytes = field.name.size() + field.tooltip.size() + field.caption.size() + field.on_value.size();
  for (const auto* values : {&field.values, &field.default_values})
    for (const std::string& value : *values) bytes += value.size();
  for (const FormOption& option : field.options) bytes += option.value.size() + option.label.size();
  return static_cast<std::int64_t>(bytes);
}

/// 12.7.4.1, Table 226, and those of the kinds of fields. /TU is not, but writers rely on it.
constexpr const char* kInheritable[] = {"FT", "Ff", "V", "DV", "MaxLen", "Opt", "DA", "Q", "TU", "I"};

/// A field above widgets, with what it inherits: read once, for its kids may be many.
struct ParentField {
  Object entries;                               ///< the inheritable ones, resolved
  std::string name;                             ///< fully qualified
  std::unordered_map<std::uint64_t, int> kids;  ///< places by key_of(reference)
};

class FieldReader {
 public:
  FieldReader(Context& context, const PageGeometry& geometry) : context_(context), geometry_(geometry) {}

  /// False when nothing more may be read.
  bool add(const Object& annotation, Ref ref);
  std::vector<FormField> take() { return std::move(fields_); }

 private:
  const ParentField* parent_of(const Object& field, int depth);
  ParentField read_parent(const Object& field, int depth);
  Object with_inherited(const Object& annotation, const ParentField* parent) const;
  void charge(const Object& looked_at);
  void read_text(FormField& field, const Object& widget, unsigned flags);
  void read_choice(FormField& field, const Object& widget, unsigned flags);
  void read_button(FormField& field, const Object& widget, int place);
  void read_values(FormField& field, const Object& widget, FieldType type, unsigned flags, int place);
  std::optional<Rect> area_of(const Object& widget) const;

  Context& context_;
  const PageGeometry& geometry_;
  std::vector<FormField> fields_;
  std::unordered_map<std::uint64_t, ParentField> parents_;
  int options_left_ = kFieldOptionsMax;
  std::int64_t steps_left_ = kFieldStepsMax;
  std::int64_t bytes_left_ = kFieldBytesMax;
};

std::optional<Rect> FieldReader::area_of(const Object& widget) const {
  const std::optional<Rect> rect = rect_of(entry(widget, "Rect"));
  return rect ? std::optional(on_page(geometry_, *rect)) : std::nullopt;
}

/// The widget as if it stood alone.
Object FieldReader::with_inherited(const Object& annotation, const ParentField* parent) const {
  Object widget(annotation.getDict()->copy(context_.xref()));
  widget.dictSet("Parent", Object(objNull));
  for (const char* key : kInheritable) {
    if (parent == nullptr || !raw_entry(widget, key).isNull()) continue;
    if (Object value = entry(parent->entries, key); !value.isNull()) widget.dictSet(key, std::move(value));
  }
  return widget;
}

/// Objects may be shared by all widgets and are parsed each time: their size counts.
void FieldReader::charge(const Object& looked_at) {
  steps_left_ -= 1 + element_count(looked_at) + (looked_at.isDict() ? looked_at.dictGetLength() : 0);
}

/// A parent that is no object of its own could not have kids that know it: there is none.
const ParentField* FieldReader::parent_of(const Object& field, int depth) {
  const Ref ref = entry_ref(field, "Parent");
  if (ref == Ref::INVALID() || depth >= kTreeDepthMax) return nullptr;
  const auto known = parents_.find(key_of(ref));
  if (known != parents_.end()) return &known->second;
  parents_[key_of(ref)];  // ends loops
  return &(parents_[key_of(ref)] = read_parent(entry(field, "Parent"), depth + 1));
}

ParentField FieldReader::read_parent(const Object& field, int depth) {
  ParentField read;
  const ParentField* above = parent_of(field, depth);
  auto* entries = new Dict(context_.xref());
  for (const char* key : kInheritable) {
    Object own = entry(field, key);
    if (own.isNull() && above != nullptr) own = entry(above->entries, key);
    if (!own.isNull()) entries->set(key, std::move(own));
  }
  read.entries = Object(entries);
  read.name = joined_name(above != nullptr ? above->name : "", field);
  const Object kids = entry(field, "Kids");
  for (int i = 0; i < element_count(kids); ++i)
    if (const Object& kid = kids.arrayGetNF(i); kid.isRef()) read.kids.emplace(key_of(kid.getRef()), i);
  return read;
}

void FieldReader::read_text(FormField& field, const Object& widget, unsigned flags) {
  field.max_length = std::max(0, int_or(inherited_entry(widget, "MaxLen"), 0));
  field.comb =
      field.kind == FormField::Kind::text && (flags & field_flag::kComb) != 0 && field.max_length > 0;
  // 12.7.5.3: a password is not to be stored; one that is, is nobody's business.
  if (field.kind == FormField::Kind::password) return;
  for (const auto& [key, values] : {std::pair{"V", &field.values}, std::pair{"DV", &field.default_values}}) {
    std::string text = with_line_feeds(field_text(context_, widget, key));
    if (!text.empty()) values->push_back(std::move(text));
  }
}

void FieldReader::read_choice(FormField& field, const Object& widget, unsigned flags) {
  field.editable = field.kind == FormField::Kind::combo_box && (flags & field_flag::kEdit) != 0;
  field.multi_select = field.kind == FormField::Kind::list_box && (flags & field_flag::kMultiSelect) != 0;
  for (const char* key : {"V", "I", "Opt"}) charge(entry(widget, key));
  field.values = strings_of(inherited_entry(widget, "V"));
  field.default_values = strings_of(inherited_entry(widget, "DV"));
  for (const ChoiceOption& option : choice_options(widget, options_left_)) {
    FormOption out{label_of_text(option.export_value), label_of_text(option.text), option.selected};
    // A combo box has one value, whatever /I says.
    if (field.kind == FormField::Kind::combo_box)
      out.selected = !field.values.empty() && out.value == field.values[0];
    bytes_left_ -= static_cast<std::int64_t>(option.export_value.size() + option.text.size());
    field.options.push_back(std::move(out));
  }
  options_left_ -= static_cast<int>(field.options.size());
}

void FieldReader::read_button(FormField& field, const Object& widget, int place) {
  charge(entry(entry(widget, "AP"), "N"));
  const std::string state = on_state_of(widget);
  field.on_state = utf8_of_name(state);
  field.checked = button_state(widget) == state;
  // 12.7.5.2.3: with /Opt, states are named by numbers, and what they mean stands there.
  const Object exported = inherited_entry(widget, "Opt");
  const Object own = exported.isArray() ? element(exported, place) : Object(objNull);
  field.on_value = own.isString() ? label_of(own) : field.on_state;
  for (const auto& [key, values] : {std::pair{"V", &field.values}, std::pair{"DV", &field.default_values}}) {
    const std::string value = name_of(inherited_entry(widget, key));
    if (!value.empty() && value != "Off")
      values->push_back(value == state ? field.on_value : utf8_of_name(value));
  }
}

void FieldReader::read_values(FormField& field, const Object& widget, FieldType type, unsigned flags,
                              int place) {
  switch (type) {
    case FieldType::text:
      return read_text(field, widget, flags);
    case FieldType::choice:
      return read_choice(field, widget, flags);
    case FieldType::check_box:
    case FieldType::radio_button:
      return read_button(field, widget, place);
    case FieldType::push_button:
      field.caption = label_of(entry(entry(widget, "MK"), "CA"));
      return;
    case FieldType::signature:
      if (std::string name = label_of(entry(inherited_entry(widget, "V"), "Name")); !name.empty())
        field.values.push_back(std::move(name));
      return;
    case FieldType::none:
      return;
  }
}

bool FieldReader::add(const Object& annotation, Ref ref) {
  const ParentField* parent = parent_of(annotation, 0);
  const Object widget = with_inherited(annotation, parent);
  const FieldType type = field_type(widget);
  const std::optional<Rect> area = area_of(widget);
  if (type == FieldType::none || !area) return true;
  const auto flags = static_cast<unsigned>(int_or(inherited_entry(widget, "Ff"), 0));
  FormField field;
  field.kind = kind_of(type, flags);
  field.name = joined_name(parent != nullptr ? parent->name : "", widget);
  field.tooltip = label_of(inherited_entry(widget, "TU"));
  field.read_only = (flags & field_flag::kReadOnly) != 0;
  field.required = (flags & field_flag::kRequired) != 0;
  field.font_size_pt = widget_default_appearance(context_, widget).size;
  const Quadding quadding = quadding_of(int_or(inherited_entry(widget, "Q"), 0));
  if (quadding == Quadding::center) field.alignment = FormField::Alignment::center;
  if (quadding == Quadding::right) field.alignment = FormField::Alignment::right;
  field.area = *area;
  field.object = std::max(ref.num, 0);
  int place = -1;  // among the kids of its field
  if (parent != nullptr && parent->kids.contains(key_of(ref))) place = parent->kids.at(key_of(ref));
  read_values(field, widget, type, flags, place);
  bytes_left_ -= bytes_of(field);
  if (bytes_left_ < 0 || steps_left_ < 0) return false;
  fields_.push_back(std::move(field));
  return fields_.size() < static_cast<std::size_t>(kFieldsMax);
}

}  // namespace

std::vector<FormField> Document::fields(int page_index) {
  const Result<PageGeometry> geometry = page_geometry(page_index);
  if (!geometry) return {};
  Context& context = impl_->context;
  ObjectStreams& streams = object_streams(context);
  OptionalContent layers(context);
  FieldReader reader(context, *geometry);
  const PageNode* page = page_tree(context).find(page_index);
  const Object annotations = page != nullptr ? streams.entry(page->dictionary, "Annots") : Object(objNull);
  for (int i = 0; i < std::min(element_count(annotations), kAnnotationsMax); ++i) {
    const Object widget = streams.element(annotations, i);
    if (!widget.isDict()) continue;
    if (name_of(entry(widget, "Subtype")) != "Widget") continue;
    if (is_hidden(widget)) continue;
    if (!layers.visible(raw_entry(widget, "OC"))) continue;
    const Object& raw = annotations.arrayGetNF(i);
    if (!reader.add(widget, raw.isRef() ? raw.getRef() : Ref::INVALID())) break;
  }
  return reader.take();
}

}  // namespace ode::pdf
