// Opening the FILE of a command line, with the messages and exit codes it can come to.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "engine/api/session.h"
#include "engine/base/bytes.h"

namespace ode::cli {

/// A document that is open on this thread, and what other threads need to open it too.
struct OpenedDocument {
  SharedBytes bytes;
  api::OpenSettings settings;  ///< fonts included
  std::unique_ptr<api::Session> session;
};

/// "-" reads standard input. Errors come with advice where there is some.
Result<OpenedDocument> open_document(const std::string& file, const std::optional<std::string>& password,
                                     const std::string& font_directory);

}  // namespace ode::cli
