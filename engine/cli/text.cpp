// ode text, and ode convert to the same formats: pages as text. In plain text each page is ended by a form
// feed as pdftotext does.
#include "engine/api/text_output.h"
#include "engine/cli/commands.h"
#include "engine/cli/exit_codes.h"
#include "engine/cli/open_document.h"
#include "engine/cli/page_ranges.h"
#include "engine/platform/file.h"
#include "engine/platform/process.h"

namespace ode::cli {

int run_text(const TextOptions& options, const CancelFlag& cancel) {
  auto document = open_document(options.file, options.password, options.font_directory);
  if (!document) {
    print_error(options.file, document.error());
    return exit_code_of_open(document.error());
  }
  if (document->session->page_count() == 0) return no_pages(options.file);
  const auto pages = parse_pages(options.pages, document->session->page_count());
  if (!pages) {
    print_error(options.file, pages.error());
    return kUsage;
  }
  auto out = options.output == "-" ? platform::OutputFile::standard_output()
                                   : platform::OutputFile::create(options.output);
  if (!out) {
    print_error(options.file, out.error());
    return kCannotWrite;
  }
  int failed = 0;
  Status written = api::write_text(
      *document->session, options.format, {*pages, &cancel},
      [&out](std::string_view text) { return out->write(as_byte_view(text)); },
      [&](int, const Error& error) {
        ++failed;
        print_error(options.file, error);
      });
  if (cancel.cancelled()) return kInterrupted;
  if (written) written = out->commit();
  if (!written) {
    print_error(options.file, written.error());
    return kCannotWrite;
  }
  return failed == 0 ? kDone : kSomePagesFailed;
}

}  // namespace ode::cli
