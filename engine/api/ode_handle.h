// What the parts of the C interface share: the document handle, and how results become statuses. No exception
// leaves: what the standard library throws becomes a status.
#pragma once

#include <exception>
#include <memory>
#include <new>
#include <string>

#include "engine/api/ode.h"
#include "engine/api/session.h"

/// What a client holds. Each function that gives out a string keeps the latest one in a slot of its own.
struct ode_document {
  std::unique_ptr<ode::api::Session> session;
  ode::CancelFlag cancel;
  std::string label, metadata, info, pages, outline, links, attachments, layers, fonts, diagnostics, text,
      formatted_text, html, svg;
  ode::SharedBytes attachment;
};

namespace ode::api {

inline constexpr const char* kNoDocument = "no document";

ode_status status_of(ErrorKind kind);

/// Fills `error` (may be null); gives `status` back.
int report(ode_status status, const std::string& message, int page, int object, ode_error* error);
int bad_argument(const char* message, ode_error* error);

/// Runs `work`, a function that gives a Status.
template <class Work>
int guarded(ode_error* error, Work&& work) {
  try {
    const Status status = work();
    if (status) return ODE_OK;
    const Error& e = status.error();
    return report(status_of(e.kind), e.message, e.page, e.object, error);
  } catch (const std::bad_alloc&) {
    return report(ODE_LIMIT_EXCEEDED, "out of memory", 0, 0, error);
  } catch (const std::exception& e) {
    return report(ODE_INTERNAL, e.what(), 0, 0, error);
  }
}

}  // namespace ode::api
