// Object streams (ISO 32000-2, 7.5.7), read in one go from contiguous bytes. Poppler reads every object of
// such a stream, character by character through its filters, to answer for one of them, and keeps five
// streams: on a manual of pdfTeX's that was half the time of a page. What is read here is put where poppler
// looks first, the cross-reference entry, so that all who ask poppler find it. Only plain syntax is
// understood; a stream with anything else in it is left to poppler as a whole.
#pragma once

#include <Object.h>

#include <deque>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/base/result.h"

namespace ode::pdf {

struct Context;

class ObjectStreams {
 public:
  /// REQUIRES: `context` and its poppler document outlive this.
  explicit ObjectStreams(Context& context) : context_(context) {}
  ~ObjectStreams();
  ObjectStreams(const ObjectStreams&) = delete;
  ObjectStreams& operator=(const ObjectStreams&) = delete;

  /// To be called before poppler is asked for an object. Does nothing for what is in no object stream.
  void prepare(const Object& reference);
  /// The same for an entry of a dictionary and an element of an array; then the object itself.
  Object entry(const Object& holder, const char* key);
  Object element(const Object& array, int i);
  /// Prepares all that `object` refers to, `depth` references deep: what a font is made of.
  void prepare_tree(const Object& object, int depth);

 private:
  struct Kept {
    int stream = 0;
    std::size_t text_bytes = 0;
    std::vector<int> numbers;
  };

  bool knows(int stream) const;
  Result<SharedBytes> text_of(int stream, int& count, int& first);
  bool read(int stream);
  bool read_objects(std::string_view text, const std::vector<std::pair<int, int>>& pairs, std::size_t first,
                    Kept& into);
  void forget(const Kept& kept);

  Context& context_;
  std::deque<Kept> kept_;  ///< in the order they were read
  std::size_t kept_bytes_ = 0;
  std::unordered_set<int> declined_;  ///< left to poppler
  int tree_budget_ = 0;
};

/// Those of the document; made when first asked for.
ObjectStreams& object_streams(Context& context);

/// The pairs of object number and offset that an object stream begins with. False when there are fewer than
/// `count`: `pairs` has those.
bool read_object_stream_header(std::string_view header, int count, std::vector<std::pair<int, int>>& pairs);

/// Reads one object at the start of `text`, in plain syntax: numbers of up to nine digits, names, strings,
/// arrays, dictionaries, references. Numbers are rounded as poppler rounds them. False when there is anything
/// else.
bool read_plain_object(std::string_view text, XRef* xref, Object& out);

}  // namespace ode::pdf
