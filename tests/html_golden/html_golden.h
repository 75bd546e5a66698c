// What the tests of written documents share.
#pragma once

#include "engine/api/convert.h"
#include "tests/support/golden_folder.h"

namespace ode::testing {

const GoldenFolder& html_golden_folder();
/// All pages; one that fails, fails the test.
api::ConvertSettings settings_of(const api::Session& session);

}  // namespace ode::testing
