#include "engine/pdf/objects/object_streams.h"

#include <Array.h>
#include <Dict.h>
#include <XRef.h>

#include <charconv>
#include <utility>

#include "engine/base/limits.h"
#include "engine/pdf/objects/context.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/stream_bytes.h"

namespace ode::pdf {
namespace {

// Parsed objects take about eight times their text.
constexpr std::size_t kTextKept_bytes = std::size_t{192} << 10;
constexpr std::size_t kTextMax_bytes = std::size_t{1} << 20;
constexpr int kObjectsMax = 20'000;
constexpr int kTreeObjectsMax = 64;

XRefEntry* compressed_entry(XRef& xref, int number) {
  if (number <= 0 || number >= xref.getNumObjects()) return nullptr;
  XRefEntry* entry = xref.getEntry(number, false);
  return entry != nullptr && entry->type == xrefEntryCompressed ? entry : nullptr;
}

/// ISO 32000-2, 7.5.8.3: an entry has the index in the stream, too. Writers get it wrong (cairo wraps it at
/// 65,536), and poppler then finds nothing; which number is where, the stream itself says.
void correct_indices(XRef& xref, int stream, const std::vector<std::pair<int, int>>& pairs) {
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const int number = pairs[i].first;
    XRefEntry* entry = compressed_entry(xref, number);
    if (entry == nullptr || entry->offset != stream) continue;
    const auto index = static_cast<std::size_t>(entry->gen);
    if (index >= pairs.size() || pairs[index].first != number) entry->gen = static_cast<int>(i);
  }
}

}  // namespace

bool read_object_stream_header(std::string_view header, int count, std::vector<std::pair<int, int>>& pairs) {
  const char* at = header.data();
  const char* const end = at + header.size();
  const auto number = [&](int& out) {
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) ++at;
    const auto [next, error] = std::from_chars(at, end, out);
    at = next;
    return error == std::errc() && out >= 0;
  };
  for (int i = 0; i < count; ++i) {
    std::pair<int, int> pair;
    if (!number(pair.first) || !number(pair.second)) return false;
    pairs.push_back(pair);
  }
  return true;
}

ObjectStreams::~ObjectStreams() {
  for (const Kept& kept : kept_) forget(kept);
}

void ObjectStreams::forget(const Kept& kept) {
  for (const int number : kept.numbers) {
    XRefEntry* entry = compressed_entry(*context_.xref(), number);
    if (entry != nullptr && entry->offset == kept.stream) entry->obj = Object(objNull);
  }
}

bool ObjectStreams::knows(int stream) const {
  if (declined_.contains(stream)) return true;
  for (const Kept& kept : kept_) {
    if (kept.stream == stream) return true;
  }
  return false;
}

void ObjectStreams::prepare(const Object& reference) {
  if (!reference.isRef()) return;
  const XRefEntry* entry = compressed_entry(*context_.xref(), reference.getRefNum());
  if (entry == nullptr || !entry->obj.isNull() || entry->offset >= context_.xref()->getNumObjects()) return;
  const int stream = static_cast<int>(entry->offset);
  if (knows(stream)) return;
  if (!read(stream)) declined_.insert(stream);
}

Object ObjectStreams::entry(const Object& holder, const char* key) {
  if (holder.isDict()) prepare(holder.dictLookupNF(key));
  return pdf::entry(holder, key);
}

Object ObjectStreams::element(const Object& array, int i) {
  if (i >= 0 && i < element_count(array)) prepare(array.arrayGetNF(i));
  return pdf::element(array, i);
}

void ObjectStreams::prepare_tree(const Object& object, int depth) {
  if (depth <= 0) return;
  const bool outermost = tree_budget_ == 0;
  if (outermost) tree_budget_ = kTreeObjectsMax;
  const auto follow = [&](const Object& value) {
    if (tree_budget_ <= 1) return;
    if (value.isRef()) {
      if (compressed_entry(*context_.xref(), value.getRefNum()) == nullptr) return;
      --tree_budget_;
      prepare(value);
      if (depth > 1) prepare_tree(value.fetch(context_.xref()), depth - 1);
    } else if (value.isArray() || value.isDict()) {
      prepare_tree(value, depth - 1);
    }
  };
  if (object.isDict()) {
    for (int i = 0; i < object.dictGetLength(); ++i) follow(object.dictGetValNF(i));
  } else if (object.isArray()) {
    const int count = std::min(object.arrayGetLength(), kTreeObjectsMax);
    for (int i = 0; i < count; ++i) follow(object.arrayGetNF(i));
  }
  if (outermost) tree_budget_ = 0;
}

Result<SharedBytes> ObjectStreams::text_of(int stream, int& count, int& first) {
  const XRefEntry* entry = context_.xref()->getEntry(stream, false);
  if (entry == nullptr || entry->type != xrefEntryUncompressed)
    return Error{ErrorKind::malformed, "an object stream is in another"};
  const Object object = context_.xref()->fetch(stream, entry->gen);
  if (!object.isStream()) return Error{ErrorKind::malformed, "no object stream"};
  count = int_or(pdf::entry(object, "N"), 0), first = int_or(pdf::entry(object, "First"), -1);
  // No complaints and no charge to the page: a damaged stream is poppler's to judge.
  Diagnostics* const diagnostics = std::exchange(context_.diagnostics, nullptr);
  Result<SharedBytes> text = read_all(context_, object, stream);
  context_.diagnostics = diagnostics;
  return text;
}

bool ObjectStreams::read(int stream) {
  int count = 0, first = 0;
  const Result<SharedBytes> bytes = text_of(stream, count, first);
  if (!bytes || count <= 0 || first < 0 || static_cast<std::size_t>(first) > bytes->size()) return false;
  const std::string_view text = as_chars(bytes->view());
  std::vector<std::pair<int, int>> pairs;
  if (!read_object_stream_header(text.substr(0, static_cast<std::size_t>(first)), count, pairs)) return false;
  correct_indices(*context_.xref(), stream, pairs);
  if (text.size() > kTextMax_bytes || count > kObjectsMax) return false;
  Kept fresh{stream, text.size(), {}};
  if (!read_objects(text, pairs, static_cast<std::size_t>(first), fresh)) {
    forget(fresh);
    return false;
  }
  kept_bytes_ += fresh.text_bytes;
  kept_.push_back(std::move(fresh));
  while (kept_bytes_ > kTextKept_bytes && kept_.size() > 1) {
    forget(kept_.front());
    kept_bytes_ -= kept_.front().text_bytes;
    kept_.pop_front();
  }
  return true;
}

bool ObjectStreams::read_objects(std::string_view text, const std::vector<std::pair<int, int>>& pairs,
                                 std::size_t first, Kept& into) {
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (i > 0 && pairs[i].second < pairs[i - 1].second) return false;
    XRefEntry* entry = compressed_entry(*context_.xref(), pairs[i].first);
    // An update of the file may have moved the object elsewhere.
    if (entry == nullptr || entry->offset != into.stream || entry->gen != static_cast<int>(i)) continue;
    if (!entry->obj.isNull()) continue;
    const std::size_t begin = first + static_cast<std::size_t>(pairs[i].second);
    const std::size_t end =
        i + 1 < pairs.size() ? first + static_cast<std::size_t>(pairs[i + 1].second) : text.size();
    if (begin >= end || end > text.size()) return false;
    Object object;
    if (!read_plain_object(text.substr(begin, end - begin), context_.xref(), object)) return false;
    entry->obj = std::move(object);
    into.numbers.push_back(pairs[i].first);
  }
  return true;
}

ObjectStreams& object_streams(Context& context) {
  if (context.object_streams == nullptr) context.object_streams = std::make_shared<ObjectStreams>(context);
  return *context.object_streams;
}

}  // namespace ode::pdf
