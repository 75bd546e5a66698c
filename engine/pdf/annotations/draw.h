// Drawing the annotations of a page over its contents.
#pragma once

#include "engine/pdf/content/interpreter.h"

namespace ode::pdf {

/// One by one, in states of their own (ISO 32000-2, 12.5.5). `page` has interpreted the page's contents.
void draw_annotations(ContentInterpreter& page, int page_index);

}  // namespace ode::pdf
