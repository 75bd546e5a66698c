// Opens FILE, with advice on passwords.
#include "engine/cli/open_document.h"

#include "engine/cli/page_ranges.h"
#include "engine/platform/file.h"

namespace ode::cli {

Result<OpenedDocument> open_document(const std::string& file, const std::optional<std::string>& password,
                                     const std::string& font_directory) {
  OpenedDocument document;
  document.bytes = ODE_TRY(file == "-" ? platform::read_stdin() : platform::map_file(file));
  if (document.bytes.empty()) return Error{ErrorKind::malformed, "the file is empty"};
  api::OpenSettings settings;
  settings.password = password;
  settings.fonts = ODE_TRY(api::open_fonts(font_directory));
  auto session = api::Session::open(document.bytes, settings);
  if (!session) {
    Error error = std::move(session).error();
    if (error.kind == ErrorKind::encrypted) {
      error.message = password ? "the password is wrong" : "a password is needed; give it with --password";
    }
    return error;
  }
  document.session = std::move(session).value();
  return document;
}

std::variant<OpenedPages, ExitCode> open_pages(const std::string& file, const std::optional<std::string>& password,
                                               const std::string& font_directory, const std::string& ranges) {
  auto document = open_document(file, password, font_directory);
  if (!document) {
    print_error(file, document.error());
    return exit_code_of_open(document.error());
  }
  if (document->session->page_count() == 0) return no_pages(file);
  auto pages = parse_pages(ranges, document->session->page_count());
  if (!pages) {
    print_error(file, pages.error());
    return kUsage;
  }
  return OpenedPages{std::move(*document), std::move(*pages)};
}

}  // namespace ode::cli
