#include "engine/pdf/objects/poppler_globals.h"

#include <Error.h>
#include <GlobalParams.h>

#include <cstddef>
#include <new>

namespace ode::pdf {
namespace {

// Where poppler-data installs its CMaps on every system we package for.
constexpr const char* kPopplerData = "/usr/share/poppler";

// Poppler reports every repaired fault through one callback for the whole process; what matters to a page is
// found again by our own checks and becomes a diagnostic there. Without a callback poppler would write to
// stderr.
void swallow(ErrorCategory, Goffset, const char*) {}

struct Globals {
  Globals() : initer((GlobalParamsIniter::setCustomDataDir(kPopplerData), &swallow)) {
    globalParams->setErrQuiet(true);
  }
  GlobalParamsIniter initer;
};

}  // namespace

// Never destroyed: taking its tables down costs a short run a tenth of its time, and gives back what the process gives back.
void ensure_poppler_globals() {
  alignas(Globals) static std::byte room[sizeof(Globals)];
  [[maybe_unused]] static const Globals* const globals = new (room) Globals;
}

}  // namespace ode::pdf
