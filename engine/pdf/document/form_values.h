// FormField: an interactive field as one widget of a page shows it (ISO 32000-2, 12.7), as plain values.
// Document::fields makes them; whoever writes a form for filling in, not for looking at, starts here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/geometry/geometry.h"

namespace ode::pdf {

struct FormOption {
  std::string value;  ///< what is exported when it is chosen
  std::string label;  ///< what is shown
  bool selected = false;
  bool operator==(const FormOption&) const = default;
};

/// Strings are UTF-8 and whatever the document says: escape them.
struct FormField {
  enum class Kind : std::uint8_t {
    text,
    multiline_text,
    password,
    file,  ///< `values` has the text; of a password nothing is told
    check_box,
    radio_button,
    push_button,
    combo_box,
    list_box,
    signature,
  } kind = Kind::text;
  enum class Alignment : std::uint8_t { left, center, right };

  std::string name;     ///< fully qualified (12.7.4.2): "order.address.city". Widgets of one field share it
  std::string tooltip;  ///< /TU: what to call the field where people read or hear it
  std::string caption;  ///< of push buttons
  /// Text; the values chosen of a combo box (one, perhaps none of `options` when `editable`) or list box; the
  /// value in force of check boxes and radio buttons, "" or nothing when all are off; the name in a
  /// signature. Lines are ended by "\n".
  std::vector<std::string> values;
  std::vector<std::string> default_values;  ///< what resetting the form gives; as `values`
  std::vector<FormOption> options;          ///< of combo and list boxes
  std::string on_state;                     ///< of check boxes and radio buttons: the name of the state "on"
  /// The value that "on" exports: `on_state`, or what /Opt has for this widget.
  std::string on_value;
  bool checked = false;
  bool read_only = false, required = false;
  bool editable = false;      ///< of combo boxes: takes other text than its options
  bool multi_select = false;  ///< of list boxes
  bool comb = false;          ///< text in `max_length` cells of equal width
  int max_length = 0;         ///< characters; 0: no limit
  double font_size_pt = 0;    ///< of /DA, in user space units; 0: as large as fits
  Alignment alignment = Alignment::left;
  Rect area;       ///< page space, as Link::area; empty for fields that show nothing
  int object = 0;  ///< number of the widget, as in StructureChild::object; 0 when it is no object
};

}  // namespace ode::pdf
