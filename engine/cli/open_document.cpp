// Opens FILE, with advice on passwords.
#include "engine/cli/open_document.h"

#include "engine/platform/file.h"

namespace ode::cli {

Result<OpenedDocument> open_document(const std::string& file, const std::optional<std::string>& password,
                                     const std::string& font_directory) {
  OpenedDocument document;
  document.bytes = ODE_TRY(file == "-" ? platform::read_stdin() : platform::map_file(file));
  if (document.bytes.empty()) return Error{ErrorKind::malformed, "the file is empty"};
  document.settings.password = password;
  document.settings.fonts = ODE_TRY(api::open_fonts(font_directory));
  auto session = api::Session::open(document.bytes, document.settings);
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

}  // namespace ode::cli
