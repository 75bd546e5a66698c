// The tables of fold.cpp: small and capital letters, forms that stand for plain letters, letters with marks.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ode::text {

/// Characters first, first + step … last fold to themselves plus `offset`. Sorted; ranges of step 2 may lie
/// in pairs, one of each parity, never within each other.
struct CaseRange {
  std::uint32_t first, last;
  std::int32_t step, offset;
};
extern const CaseRange kCaseRanges[];
extern const std::size_t kCaseRangeCount;

/// `character` stands for `length` characters of kPlainText from `begin`. Sorted.
struct PlainForm {
  char16_t character;
  std::uint16_t begin, length;
};
extern const PlainForm kPlainForms[];
extern const std::size_t kPlainFormCount;
extern const char16_t kPlainText[];

/// `letter` followed by the combining `mark` is `composed`. Sorted.
struct ComposedPair {
  char16_t letter, mark, composed;
};
extern const ComposedPair kComposedPairs[];
extern const std::size_t kComposedPairCount;

}  // namespace ode::text
