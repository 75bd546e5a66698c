// See repair/trailers.h.
#include "engine/pdf/repair/trailers.h"

#include <Lexer.h>
#include <Parser.h>
#include <Stream.h>

#include <algorithm>
#include <utility>

#include "engine/pdf/objects/read.h"
#include "engine/pdf/repair/section.h"

namespace ode::pdf {
namespace {

constexpr std::size_t kXrefStreamsMax = 64;
constexpr std::size_t kTrailerBytesMax = std::size_t{64}
                                         << 10;  // an unfinished one may go on to the file's end

enum class Before : std::uint8_t { nothing, object_words };

Object read_dictionary(ByteView file, std::uint64_t offset, Before before) {
  if (offset >= file.size()) return Object(objNull);
  const auto size = static_cast<Goffset>(std::min<std::uint64_t>(kTrailerBytesMax, file.size() - offset));
  Parser parser(nullptr,
                new MemStream(as_chars(file).data(), static_cast<Goffset>(offset), size, Object(objNull)),
                false);
  for (int words = before == Before::object_words ? 3 : 0; words > 0; --words) parser.getObj();  // "7 0 obj"
  return parser.getObj();
}

}  // namespace

Trailers::Trailers(ByteView file, const ObjectTable& table) {
  std::vector<std::pair<std::uint64_t, Before>> places;
  for (const FoundObject& object : table.objects) {
    if (object.place == FoundObject::Place::in_file && (object.hints & kHintXrefStream) != 0)
      places.emplace_back(object.offset, Before::object_words);
  }
  const auto newest_first = [](const auto& a, const auto& b) { return a.first > b.first; };
  std::sort(places.begin(), places.end(), newest_first);
  places.resize(std::min(places.size(), kXrefStreamsMax));
  for (const std::uint64_t offset : table.trailers) places.emplace_back(offset, Before::nothing);
  std::sort(places.begin(), places.end(), newest_first);
  for (const auto& [offset, before] : places) {
    Object dictionary = read_dictionary(file, offset, before);
    if (dictionary.isDict()) newest_first_.push_back(std::move(dictionary));
  }
}

std::vector<Ref> Trailers::roots() const {
  std::vector<Ref> roots;
  for (const Object& trailer : newest_first_) {
    const Ref root = entry_ref(trailer, "Root");
    if (root != Ref::INVALID() && std::find(roots.begin(), roots.end(), root) == roots.end())
      roots.push_back(root);
  }
  return roots;
}

std::string Trailers::entries() const {
  std::string text;
  for (const Object& trailer : newest_first_) {
    const Object encrypt = raw_entry(trailer, "Encrypt");
    if (encrypt.isNull()) continue;
    text += "/Encrypt " + object_text(encrypt) + " /ID " + object_text(raw_entry(trailer, "ID")) + " ";
    break;
  }
  for (const Object& trailer : newest_first_) {
    const Object info = raw_entry(trailer, "Info");
    if (!info.isRef()) continue;
    return text + "/Info " + object_text(info) + " ";
  }
  return text;
}

}  // namespace ode::pdf
