// Asking for the type of a structure element.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

namespace ode::pdf {

inline bool is_one_of(std::string_view type, std::initializer_list<std::string_view> types) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

/// A standard type of PDF 1.7 (14.8.6.2), and so final in its namespace, which is the default one.
bool is_pdf17_type(const std::string& type);

/// H, H1 to H9 and Title.
inline bool is_heading(std::string_view type) {
  return type == "H" || type == "Title" || (type.size() >= 2 && type[0] == 'H' && type[1] >= '1' && type[1] <= '9');
}

}  // namespace ode::pdf
