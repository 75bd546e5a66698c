// Opening the FILE of a command line, with the messages and exit codes it can come to.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/api/session.h"
#include "engine/base/bytes.h"
#include "engine/cli/exit_codes.h"

namespace ode::cli {

/// A document that is open, and its bytes for a second opinion.
struct OpenedDocument {
  SharedBytes bytes;
  std::unique_ptr<api::Session> session;
};

/// "-" reads standard input. Errors come with advice where there is some.
Result<OpenedDocument> open_document(const std::string& file, const std::optional<std::string>& password,
                                     const std::string& font_directory);

/// What a command on pages works with.
struct OpenedPages {
  OpenedDocument document;
  std::vector<int> pages;  ///< 0-based, as `ranges` asks for them; not empty
};

/// Opens the document and chooses its pages; when either fails it has been said, and this is the code to exit with.
std::variant<OpenedPages, ExitCode> open_pages(const std::string& file, const std::optional<std::string>& password,
                                               const std::string& font_directory, const std::string& ranges);

}  // namespace ode::cli
