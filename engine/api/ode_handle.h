// What the parts of the C interface share: the document handle, and how results become statuses. No exception
// leaves: what the standard library throws becomes a status.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/api/ode.h"
#include "engine/api/session.h"
#include "engine/base/guard.h"

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
int report(ode_status status, std::string_view message, int page, int object, ode_error* error);
int bad_argument(const char* message, ode_error* error);

/// Runs `work`, a function that gives a Status, of the page with this index, or of none.
template <class Work>
int to_status(ode_error* error, Work&& work, int page_index = -1) {
  const Status status = guarded_page(page_index, std::forward<Work>(work));
  if (status) return ODE_OK;
  const Error& e = status.error();
  return report(status_of(e.kind), e.message, e.page, e.object, error);
}

}  // namespace ode::api
