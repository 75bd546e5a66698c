// What a typed password may be in a file: ISO 32000-2, 7.6.4.3.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ode::pdf {

/// The byte strings to try for a password typed as `utf8`, most likely first, none twice: as it is; prepared
/// by SASLprep (RFC 4013), for revision 6; in PDFDocEncoding and in Latin-1, for revisions up to 4.
std::vector<std::string> password_candidates(const std::string& utf8);

}  // namespace ode::pdf
