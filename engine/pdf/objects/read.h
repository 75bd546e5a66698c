// Reading values out of PDF objects whatever they turn out to be: wrong types give the fallback, numbers are
// finite. Used by annotations, form fields and the document_*.cpp files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/pdf/objects/context.h"

namespace ode::pdf {

/// Entry of a dictionary or of a stream's dictionary, resolved; a null object when there is none.
Object entry(const Object& holder, const char* key);
/// The entry as it stands: perhaps a reference.
Object raw_entry(const Object& holder, const char* key);
/// Ref::INVALID() when the entry is direct or absent.
Ref entry_ref(const Object& holder, const char* key);
/// Element `i` of an array, resolved; null when there is none.
Object element(const Object& array, int i);
/// 0 for everything that is no array.
int element_count(const Object& array);

/// Finite and within ±1e9; nullopt for everything that is no number.
std::optional<double> number_of(const Object& object);
double number_or(const Object& object, double fallback);
/// Reals are truncated.
int int_or(const Object& object, int fallback);
/// "" for everything that is no name.
std::string name_of(const Object& object);
bool is_true(const Object& object);

/// The numbers of an array; what is no number counts as 0. At most `max` are read.
std::vector<double> numbers_of(const Object& array, std::size_t max);
/// Corners in order. nullopt when there are not four numbers.
std::optional<Rect> rect_of(const Object& array);
/// Identity when there are not six numbers.
Matrix matrix_of(const Object& array);

/// A new array of numbers.
Object array_object(XRef* xref, const std::vector<double>& numbers);

}  // namespace ode::pdf
