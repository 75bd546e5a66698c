// Role: what repair adds behind a damaged file: objects of its own and one cross-reference stream (ISO
// 32000-2, 7.5.8) for everything that was found, as an update of the file would.
#pragma once

#include <Object.h>

#include <string>
#include <utility>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/pdf/repair/object_table.h"

namespace ode::pdf {

struct Section {
  std::vector<std::pair<std::uint64_t, std::string>> objects;  ///< number, text between "obj" and "endobj"
  std::string trailer;                                         ///< entries: /Root, /Encrypt …
};

/// The bytes that follow a file of `file_size` bytes. Numbers of the section's objects replace those of the
/// table.
SharedBytes write_section(const ObjectTable& table, const Section& section, std::uint64_t file_size);

/// An object as PDF syntax; streams and what is nested too deeply are null.
std::string object_text(const Object& object, int depth = 0);

}  // namespace ode::pdf
