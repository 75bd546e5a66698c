// The routes of the port for operators.
#pragma once

#include "server/handlers/context.h"

namespace ode::server {

/// Probes and /metrics.
Router make_metrics_router(Context& context);

}  // namespace ode::server
