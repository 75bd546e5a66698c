// Cases: small PDFs written as text files that a person can read and edit (docs/HACKING.md, "Golden tests").
//
//   # One sentence: what the picture must show.
//   == page /MediaBox [0 0 100 100] /Resources << /ExtGState << /G @state >> >>
//   /G gs 0 0 50 50 re f
//   == object state
//   << /ca 0.5 >>
//   == stream form /Type /XObject /Subtype /Form /BBox [0 0 10 10]
//   0 0 5 5 re f
//
// Sections begin with "== ". `page` and `stream` take dictionary entries and then contents, `object` takes a body,
// `catalog` and `trailer` take entries. @name is the reference of the object or stream of that name.
// `== differs REASON` says why poppler's picture is not the measure for this case.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/bytes.h"
#include "engine/base/result.h"

namespace ode::testing {

struct PdfCase {
  SharedBytes pdf;
  std::string differs;  ///< empty when poppler draws the same
};

/// Errors: malformed, with the line that is wrong.
Result<PdfCase> parse_case(std::string_view text);

}  // namespace ode::testing
