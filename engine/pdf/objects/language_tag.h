// Language tags (/Lang; ISO 32000-2, 14.9.2) fit to be passed on.
#pragma once

#include <string>
#include <string_view>

namespace ode::pdf {

/// `tag` when it has the shape of a BCP 47 tag: parts of one to eight ASCII letters and digits joined by
/// hyphens, the first of letters alone and more than one of them unless others follow, 64 characters in all. An underscore, which some write, becomes a
/// hyphen. "" for anything else.
std::string language_tag(std::string_view tag);

}  // namespace ode::pdf
