// The single owner of poppler's process globals: the parameters (encodings, CMap directory) and the error
// callback.
#pragma once

namespace ode::pdf {

/// Sets poppler's globals up on the first call; they live until the process ends. Thread-safe. Must be called
/// before any other use of poppler.
void ensure_poppler_globals();

}  // namespace ode::pdf
