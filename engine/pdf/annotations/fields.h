// Form fields as things to draw: ISO 32000-2, 12.7. Values, inheritance and the appearances of widgets that
// have none. Nothing here changes a field.
#pragma once

#include <string>
#include <vector>

#include "engine/pdf/annotations/default_appearance.h"
#include "engine/pdf/annotations/drawing.h"
#include "engine/pdf/annotations/field_font.h"

namespace ode::pdf {

/// /Ff, 12.7.5: bit positions of the standard less one.
namespace field_flag {
inline constexpr unsigned kReadOnly = 1U << 0, kRequired = 1U << 1, kMultiline = 1U << 12, kPassword = 1U << 13,
                          kRadio = 1U << 15, kPushButton = 1U << 16, kCombo = 1U << 17, kEdit = 1U << 18,
                          kFileSelect = 1U << 20, kMultiSelect = 1U << 21, kComb = 1U << 24;
}  // namespace field_flag

/// An entry of the widget or, where inheritable, of the nearest field above it; null when there is none.
Object inherited_entry(const Object& widget, const char* key);

enum class FieldType : std::uint8_t { none, text, choice, check_box, radio_button, push_button, signature };
FieldType field_type(const Object& widget);

/// The text of a field from /V or /DV, cut at kFieldTextMax (annotations/text_block.h).
std::u32string field_text(Context& context, const Object& widget, const char* key);

struct ChoiceOption {
  std::u32string export_value, text;  ///< each cut at kFieldTextMax
  bool selected = false;
};
/// /Opt, at most `max` of them and 2,000,000 code points. `selected` follows /I or, without it, the strings in /V.
std::vector<ChoiceOption> choice_options(const Object& widget, int max);

/// The state of a check box or radio button that is shown: /AS, else the field's value; "" for none.
std::string button_state(const Object& widget);

/// The interactive form dictionary, or null.
Object acro_form(const Context& context);
/// /NeedAppearances: the widgets' own appearances are not up to date.
bool needs_appearances(const Context& context);

/// What a widget is drawn from. Form space has (0, 0) at the widget's lower left corner before /MK /R turns
/// it.
struct WidgetFrame {
  Rect box;                        ///< form space
  Matrix matrix;                   ///< form /Matrix: the rotation
  BorderStyle border;              ///< width 0 when /MK has no border colour
  Color border_color, background;  ///< empty: none
  double inset = 0;                ///< what border and bevel take on each side
  double padding = 1;              ///< between them and text
};
WidgetFrame widget_frame(const Object& widget, const Rect& rect);
/// Background and border as a rectangle.
void draw_frame(ContentWriter& content, const WidgetFrame& frame);

/// /DA of the widget, its field or the form.
DefaultAppearance widget_default_appearance(Context& context, const Object& widget);
/// A font by its name in the form's /DR, then by the short names everyone uses (Helv, HeBo, ZaDb, …), then
/// Helvetica.
FieldFont default_appearance_font(Context& context, const std::string& name);

/// The appearance of a widget of any field type; nullopt for signatures and what is no field.
DrawingResult draw_widget(Context& context, const Object& widget, const Rect& rect);
DrawingResult draw_text_field(Context& context, const Object& widget, const Rect& rect);
DrawingResult draw_choice_field(Context& context, const Object& widget, const Rect& rect);
DrawingResult draw_push_button(Context& context, const Object& widget, const Rect& rect);
DrawingResult draw_check_or_radio(Context& context, const Object& widget, const Rect& rect, FieldType type);

}  // namespace ode::pdf
