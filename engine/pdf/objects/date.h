// Dates of a PDF (ISO 32000-2, 7.9.4) as ISO 8601.
#pragma once

#include <string>
#include <string_view>

namespace ode::pdf {

/// "D:20200131235959+02'00'" → "2020-01-31T23:59:59+02:00". What the date leaves out is left out: a year, a
/// year and month, a day or a full time come back. Text that is no date comes back unchanged.
std::string iso_date_from_pdf_date(std::string_view date);

}  // namespace ode::pdf
