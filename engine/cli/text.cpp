// ode text: plain text, page after page, each ended by a form feed as pdftotext does.
#include "engine/cli/commands.h"
#include "engine/cli/exit_codes.h"
#include "engine/cli/open_document.h"
#include "engine/cli/page_ranges.h"
#include "engine/platform/file.h"
#include "engine/platform/process.h"

namespace ode::cli {
namespace {

/// Writes all pages; counts those that failed.
Status write_pages(const TextOptions& options, api::Session& session, const std::vector<int>& pages,
                   const CancelFlag& cancel, platform::OutputFile& out, int& failed) {
  for (const int page : pages) {
    if (cancel.cancelled()) break;
    auto text = session.text(page, &cancel);
    if (!text) {
      ++failed;
      if (!cancel.cancelled()) print_error(options.file, text.error());
      continue;
    }
    text->push_back('\f');
    ODE_TRY(out.write(as_byte_view(*text)));
  }
  return Ok{};
}

}  // namespace

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
  Status written = write_pages(options, *document->session, *pages, cancel, *out, failed);
  if (cancel.cancelled()) return kInterrupted;
  if (written) written = out->commit();
  if (!written) {
    print_error(options.file, written.error());
    return kCannotWrite;
  }
  return failed == 0 ? kDone : kSomePagesFailed;
}

}  // namespace ode::cli
