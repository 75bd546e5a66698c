// `ode-server admin`: what operators do at the database, without the API.
#pragma once

#include <string>
#include <vector>

#include "server/config/config.h"

namespace ode::server {

/// Gives the exit code; prints JSON, one object a line.
int run_admin(const Config& config, const std::vector<std::string>& words);

}  // namespace ode::server
