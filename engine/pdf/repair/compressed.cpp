// See repair/compressed.h.
#include "engine/pdf/repair/compressed.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "engine/base/limits.h"
#include "engine/pdf/objects/object_streams.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/stream_bytes.h"
#include "engine/pdf/repair/scan.h"

namespace ode::pdf {
namespace {

using Place = FoundObject::Place;

/// The text of each object of a stream, by its offset: the next offset ends it. Offsets that several numbers
/// share stand here once, so all texts together are no longer than the stream.
class Texts {
 public:
  Texts(std::string_view body, const std::vector<std::pair<int, int>>& pairs) : body_(body) {
    for (const auto& [number, offset] : pairs) ends_[static_cast<std::size_t>(offset)] = body.size();
    std::size_t end = body.size();
    for (auto at = ends_.rbegin(); at != ends_.rend(); ++at) at->second = std::exchange(end, at->first);
  }
  /// Empty when asked again.
  std::string_view take(int offset) {
    const auto found = ends_.find(static_cast<std::size_t>(offset));
    if (found == ends_.end() || found->first >= body_.size()) return {};
    const std::string_view text = body_.substr(found->first, found->second - found->first);
    ends_.erase(found);
    return text;
  }

 private:
  std::string_view body_;
  std::map<std::size_t, std::size_t> ends_;
};

class Adder {
 public:
  Adder(Context& context, ObjectTable& table, Section& section)
      : context_(context), table_(table), section_(section) {}

  int run() {
    std::vector<std::uint64_t> streams;
    for (std::uint64_t number = 0; number < table_.objects.size(); ++number) {
      const FoundObject* found = table_.find(number);
      if (found != nullptr && (found->hints & kHintObjectStream) != 0) streams.push_back(number);
    }
    std::sort(streams.begin(), streams.end(), [&](std::uint64_t a, std::uint64_t b) {
      return table_.objects[a].offset < table_.objects[b].offset;
    });
    int read = 0;
    for (const std::uint64_t number : streams) read += add(number) ? 1 : 0;
    return read;
  }

 private:
  bool add(std::uint64_t stream) {
    if (left_bytes_ == 0) return false;
    const Object object = context_.xref()->fetch(static_cast<int>(stream), table_.objects[stream].generation);
    if (!object.isStream()) return false;
    const int count = int_or(entry(object, "N"), 0), first = int_or(entry(object, "First"), -1);
    const Result<SharedBytes> bytes = read_all(context_, object, static_cast<int>(stream));
    if (!bytes) return false;
    left_bytes_ -= std::min(left_bytes_, bytes->size());
    const std::string_view text = as_chars(bytes->view());
    if (count <= 0 || first < 0 || static_cast<std::size_t>(first) > text.size()) return false;
    std::vector<std::pair<int, int>> pairs;
    const bool whole =
        read_object_stream_header(text.substr(0, static_cast<std::size_t>(first)), count, pairs);
    const bool ascends = std::is_sorted(pairs.begin(), pairs.end(),
                                        [](const auto& a, const auto& b) { return a.second < b.second; });
    const bool copied = !whole || !ascends;
    if (copied && context_.xref()->isEncrypted()) return false;
    Texts texts(text.substr(static_cast<std::size_t>(first)), pairs);
    for (std::size_t i = 0; i < pairs.size(); ++i)
      place(stream, i, static_cast<std::uint64_t>(pairs[i].first), texts.take(pairs[i].second), copied);
    return true;
  }

  // An object stream is never in an object stream, nor is what holds this one.
  void place(std::uint64_t stream, std::size_t index, std::uint64_t number, std::string_view text,
             bool copied) {
    const FoundObject* known = table_.find(number);
    if (number == 0 || (copied && text.empty())) return;
    const std::uint64_t position = table_.objects[stream].offset;
    if (known != nullptr && ((known->hints & (kHintObjectStream | kHintXrefStream)) != 0 ||
                             position_of(table_, *known) > position))
      return;
    FoundObject* found = table_.at(number);
    if (found == nullptr) return;
    *found = {Place::in_object_stream, hints_of(text), 0, static_cast<std::uint32_t>(index), stream};
    if (copied) section_.objects.emplace_back(number, std::string(text));
  }

  Context& context_;
  ObjectTable& table_;
  Section& section_;
  std::size_t left_bytes_ = kRepairBytesMax;
};

}  // namespace

int add_compressed_objects(Context& context, ObjectTable& table, Section& section) {
  return Adder(context, table, section).run();
}

std::uint64_t position_of(const ObjectTable& table, const FoundObject& object) {
  if (object.place != Place::in_object_stream) return object.offset;
  const FoundObject* stream = table.find(object.offset);
  return stream != nullptr ? stream->offset : 0;
}

}  // namespace ode::pdf
