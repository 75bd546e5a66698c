// ode text, and ode convert to the same formats: pages as text. In plain text each page is ended by a form
// feed as pdftotext does.
#include "engine/api/text_output.h"
#include "engine/cli/commands.h"
#include "engine/cli/exit_codes.h"
#include "engine/cli/open_document.h"
#include "engine/cli/output/output_names.h"
#include "engine/platform/file.h"
#include "engine/platform/process.h"

namespace ode::cli {

int run_text(const TextOptions& options, const CancelFlag& cancel) {
  auto opened = open_pages(options.file, options.password, options.font_directory, options.pages);
  if (const auto* code = std::get_if<ExitCode>(&opened)) return *code;
  auto& [document, pages] = std::get<OpenedPages>(opened);
  auto out = options.output == "-" ? platform::OutputFile::standard_output()
                                   : platform::OutputFile::create(options.output);
  if (!out) {
    print_error(options.file, out.error());
    return kCannotWrite;
  }
  PageFailures failed;
  api::ConvertSettings settings;
  settings.pages = std::move(pages);
  settings.name = name_of_document(options.file);
  settings.cancel = &cancel;
  settings.threads = platform::threads_for(options.threads);
  settings.failed = [&](int, const Error& error) {
    failed.add(error);
    print_error(options.file, error);
  };
  Status written = api::write_text(*document.session, options.format, settings,
                                   [&out](std::string_view text) { return out->write(as_byte_view(text)); });
  if (cancel.cancelled()) return kInterrupted;
  if (written) written = out->commit();
  if (!written) {
    print_error(options.file, written.error());
    return written.error().kind == ErrorKind::internal ? kInternal : kCannotWrite;
  }
  return failed.exit_code();
}

}  // namespace ode::cli
