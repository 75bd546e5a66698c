// Annotations and form fields as things to draw: ISO 32000-2, 12.5.5 and 12.7.4.3.
#pragma once

#include <string>
#include <vector>

#include "engine/pdf/objects/context.h"

namespace ode::pdf {

/// One appearance, in drawing order. The interpreter draws `form` as a form XObject does, so with its own
/// /Matrix, where the current transformation matrix is page_from_user * user_from_form.
struct Appearance {
  Object form;               ///< a form XObject stream: the annotation's own, or one built in memory
  Ref ref = Ref::INVALID();  ///< of an own appearance, for caches
  Matrix user_from_form;     ///< A of the algorithm in 12.5.5: transformed appearance box onto /Rect; /Matrix
                             ///< not in it
  Object optional_content;   ///< /OC of the annotation as it stands (a reference), or null
  display::BlendMode blend = display::BlendMode::normal;  ///< /BM, else multiply for highlights built here
  bool widget = false;       ///< a form field's
};

/// Hidden, or not for the screen (12.5.3, Table 167).
bool is_hidden(const Object& annotation);

/// Appearances of the page's annotations that are to be seen (hidden, no-view and popup ones are left out).
/// Missing appearances of markup annotations and form fields are built; what cannot be is a diagnostic.
std::vector<Appearance> page_appearances(Context& context, int page_index);

}  // namespace ode::pdf
