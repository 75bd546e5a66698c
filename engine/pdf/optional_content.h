// Optional content: which layers are drawn. ISO 32000-2, 8.11. The states of groups are poppler's (default
// configuration, changed by Document::set_layer_visible); membership dictionaries are evaluated here.
#pragma once

#include <unordered_map>

#include "engine/pdf/context.h"

namespace ode::pdf {

/// Remembers answers, so it lives no longer than one recording.
class OptionalContent {
 public:
  explicit OptionalContent(Context& context) : context_(context) {}
  /// `group` is an /OC value as it stands in its dictionary: a reference to, or directly, a group or a
  /// membership dictionary. Whatever is neither is visible.
  bool visible(const Object& group);

 private:
  bool group_on(Ref ref);
  bool evaluate(const Object& group, int depth);
  bool membership(const Object& dictionary, int depth);
  bool expression(const Object& array, int depth);

  Context& context_;
  std::unordered_map<std::uint64_t, bool> known_;
};

}  // namespace ode::pdf
