// StructureBudget: reads entries of a structure tree's dictionaries within what the tree may cost (limits.h).
// Any number of elements may share an object, which is parsed again each time it is asked for; so what counts
// is the size of what is looked at, not of what there is.
#pragma once

#include <optional>
#include <string>

#include "engine/pdf/objects/context.h"

namespace ode::pdf {

class StructureBudget {
 public:
  /// Both outlive it.
  StructureBudget(Context& context, Diagnostics& diagnostics)
      : context_(context), diagnostics_(diagnostics) {}

  /// True when nothing is left; everything is null from then on.
  bool ended() const { return ended_; }
  /// An entry of a dictionary, an element of an array, or the object referred to, resolved.
  Object entry(const Object& holder, const char* key);
  Object element(const Object& array, int i);
  Object fetch(const Object& raw);
  /// The bytes of a string, at most 65,536: nobody's alternative text is a book. nullopt for what is no
  /// string.
  std::optional<std::string> bytes_of(const Object& string);
  /// An entry as UTF-8.
  std::optional<std::string> text_entry(const Object& holder, const char* key);
  /// A diagnostic that a limit was reached.
  void complain(const char* what) { diagnostics_.add(ErrorKind::limit_exceeded, what); }

 private:
  Object charged(Object object);

  Context& context_;
  Diagnostics& diagnostics_;
  std::int64_t steps_left_ = kStructureStepsMax;
  std::int64_t text_left_ = kStructureTextMax;
  bool ended_ = false;
};

}  // namespace ode::pdf
