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
// Sections begin with "== ". `page` and `stream` take dictionary entries and then contents, `object` takes a
// body, `catalog` and `trailer` take entries. `data NAME FILE` is a stream whose bytes are FILE's of the
// case's files, then dictionary entries. `damage HOW` spoils the finished file: no_table, wrong_offsets,
// cut_end. `file FILE [PASSWORD]` stands alone: the case is that PDF file. tests/golden/make_files writes the
// files. @name is the reference of the object or stream of that name, @page1 of the first page.
// `== differs REASON` says why poppler's picture is not the measure for this case. For tests/html_golden, `copies` has
// the text that is copied from the pages, and `writes` the formats besides HTML that are kept: txt, json, hocr,
// md, svg.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/bytes.h"
#include "engine/base/result.h"

namespace ode::testing {

struct PdfCase {
  SharedBytes pdf;
  std::string password;  ///< empty when none is needed
  std::string differs;   ///< empty when poppler draws the same
  std::string copies;    ///< UTF-8
  std::string writes;    ///< names of formats, separated by spaces
};

/// `files` is the directory of the files that cases name. Errors: malformed, with the line that is wrong; io.
Result<PdfCase> parse_case(std::string_view text, const std::string& files);

}  // namespace ode::testing
