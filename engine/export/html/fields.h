// Form fields as HTML controls. The page shows each as the document draws it; the control lies over it unseen until
// somebody uses it, which the style sheet knows without a script.
#pragma once

#include <string>

#include "engine/geometry/geometry.h"
#include "engine/pdf/document/form_values.h"

namespace ode::exporter {

/// Push buttons and signatures, which do nothing outside a viewer, become nothing. Radio buttons of one
/// field are one group over all pages.
void append_field(std::string& out, const pdf::FormField& field, const Matrix& screen_from_page);

}  // namespace ode::exporter
