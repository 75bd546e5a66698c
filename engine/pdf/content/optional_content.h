// Optional content: which layers are drawn. ISO 32000-2, 8.11. The states of groups are poppler's (default
// configuration, changed by Document::set_layer_visible); membership dictionaries are evaluated here.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "engine/base/limits.h"
#include "engine/display/visibility.h"
#include "engine/pdf/objects/context.h"

namespace ode::pdf {

/// Remembers answers, so it lives no longer than one recording.
class OptionalContent {
 public:
  explicit OptionalContent(Context& context) : context_(context) {}
  /// `group` is an /OC value as it stands in its dictionary: a reference to, or directly, a group or a
  /// membership dictionary. Whatever is neither is visible.
  bool visible(const Object& group);
  /// When it is not; nullopt for what is always or never visible, and for expressions that are too long to tell.
  std::optional<display::Visibility> condition(const Object& group);

 private:
  /// States of layers, all of which must hold; any one of several such.
  using Terms = std::vector<std::vector<display::LayerState>>;
  std::optional<Terms> terms_of(const Object& group, bool shown, int depth);
  std::optional<Terms> terms_of_membership(const Object& dictionary, bool shown, int depth);
  std::optional<Terms> terms_of_expression(const Object& array, bool shown, int depth);
  std::optional<Terms> terms_of_group(Ref ref, bool shown);

  bool group_on(Ref ref);
  bool evaluate(const Object& group, int depth);
  bool membership(const Object& dictionary, int depth);
  bool expression(const Object& array, int depth);

  Context& context_;
  std::unordered_map<std::uint64_t, bool> known_;
  std::int64_t steps_left_ = kVisibilityStepsMax;
};

}  // namespace ode::pdf
