// Powers whose every bit is the same on every platform: pow() of the C libraries differs in the last place,
// and gamma curves end in pixels (docs: deterministic pixels). Neighbours: srgb, cie.
#pragma once

namespace ode::color {

/// base^exponent for base >= 0, to about 1e-14 relative. 0 for a base of 0 and a positive exponent, 1 for an
/// exponent of 0, infinity on overflow. Only +, −, ×, ÷ and floor are used, so no C library has a say in the
/// result.
double power(double base, double exponent);

}  // namespace ode::color
