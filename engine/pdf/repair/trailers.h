// Role: the trailers of a damaged file (ISO 32000-2, 7.5.5): dictionaries behind the word "trailer" and those
// of cross-reference streams, the newest first.
#pragma once

#include <Object.h>

#include <string>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/pdf/repair/object_table.h"

namespace ode::pdf {

class Trailers {
 public:
  Trailers(ByteView file, const ObjectTable& table);

  /// References to catalogues, the newest first.
  std::vector<Ref> roots() const;
  /// Entries that a new trailer takes over: /Encrypt, with the /ID its key is made of, and /Info.
  std::string entries() const;

 private:
  std::vector<Object> newest_first_;
};

}  // namespace ode::pdf
