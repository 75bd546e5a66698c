// PageContents: the content stream and the resources of a page. ISO 32000-2, 7.7.3.3 and 7.8.2.
#pragma once

#include "engine/pdf/objects/context.h"

namespace ode::pdf {

struct PageContents {
  SharedBytes content;  ///< the streams of /Contents as one, inflated
  Object resources;     ///< a dictionary, or null
};

/// What cannot be read is left out, with a diagnostic.
PageContents read_page_contents(Context& context, int page_index);

}  // namespace ode::pdf
