// Results carry values or errors, and ODE_TRY passes errors on.
#include "engine/base/result.h"

#include <gtest/gtest.h>

#include <memory>

#include "engine/base/diagnostics.h"
#include "engine/base/limits.h"

namespace ode {
namespace {

Result<int> half(int n) {
  if (n % 2 != 0) return Error{ErrorKind::malformed, "odd number", 3, 17};
  return n / 2;
}

Result<int> quarter(int n) { return ODE_TRY(half(ODE_TRY(half(n)))); }

TEST(Result, TryPassesValuesOn) {
  const Result<int> result = quarter(12);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.value(), 3);
}

TEST(Result, TryReturnsTheFirstError) {
  const Result<int> result = quarter(6);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind, ErrorKind::malformed);
}

TEST(Result, HoldsMoveOnlyValues) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
  const std::unique_ptr<int> taken = std::move(result).value();
  EXPECT_EQ(*taken, 5);
}

TEST(Error, NamesPageAndObjectWhereKnown) {
  EXPECT_EQ(to_string({ErrorKind::malformed, "bad", 3, 17}), "malformed: bad (page 3, object 17)");
  EXPECT_EQ(to_string({ErrorKind::io, "gone", 0, 0}), "io: gone");
  EXPECT_EQ(to_string({ErrorKind::unsupported, "x", 0, 4}), "unsupported: x (object 4)");
}

TEST(Diagnostics, KeepEachComplaintOnceAndStopAtTheirLimit) {
  Diagnostics diagnostics;
  for (int repeat = 0; repeat < 3; ++repeat) diagnostics.add(ErrorKind::malformed, "same", 1, 2);
  EXPECT_EQ(diagnostics.items().size(), 1u);
  for (int i = 0; i < 1000; ++i) diagnostics.add(ErrorKind::malformed, "different", 1, i);
  EXPECT_EQ(diagnostics.items().size(), kDiagnosticsMax);
  EXPECT_EQ(diagnostics.dropped(), 1001 - static_cast<int>(kDiagnosticsMax));
}

}  // namespace
}  // namespace ode
