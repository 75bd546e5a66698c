// Role: the table of objects that repair makes of a damaged file: where the newest definition of each number
// stands, and what it seems to be. Bytes are looked at in scan.cpp, object streams in stream_headers.cpp.
#pragma once

#include <cstdint>
#include <vector>

namespace ode::pdf {

/// What the text of an object promises; poppler's parser has the last word.
enum Hint : std::uint8_t {
  kHintObjectStream = 1,
  kHintXrefStream = 2,
  kHintCatalog = 4,
  kHintPageNode = 8,
  kHintPage = 16,
};

struct FoundObject {
  enum class Place : std::uint8_t { none, in_file, in_object_stream, added } place = Place::none;
  std::uint8_t hints = 0;  ///< of Hint
  std::uint16_t generation = 0;
  std::uint32_t index = 0;  ///< in its object stream
  std::uint64_t offset =
      0;  ///< of "N G obj" in the file, or among what is added; the number of the object stream
};

struct ObjectTable {
  std::vector<FoundObject> objects;     ///< by number
  std::vector<std::uint64_t> trailers;  ///< offsets behind the word "trailer", in the order of the file
  std::uint64_t number_max = 0;         ///< numbers above are not believed

  const FoundObject* find(std::uint64_t number) const {
    return number < objects.size() && objects[number].place != FoundObject::Place::none ? &objects[number]
                                                                                        : nullptr;
  }
  /// Grows the table. Null for a number that is not believed.
  FoundObject* at(std::uint64_t number);
};

}  // namespace ode::pdf
