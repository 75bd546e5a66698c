// ode convert: a document as HTML, one page as SVG.
#include "engine/api/convert.h"
#include "engine/cli/commands.h"
#include "engine/cli/exit_codes.h"
#include "engine/cli/open_document.h"
#include "engine/cli/page_ranges.h"
#include "engine/platform/file.h"
#include "engine/platform/process.h"

namespace ode::cli {
namespace {

/// "dir/paper.pdf" → "paper.html".
std::string default_output(const std::string& file, const char* extension) {
  std::string name = file == "-" ? "stdin" : file.substr(file.find_last_of('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot != std::string::npos && dot > 0) name.resize(dot);
  return name + extension;
}

Status write_document(const ConvertOptions& options, api::Session& session, const std::vector<int>& pages,
                      const CancelFlag& cancel, platform::OutputFile& out, int& failed) {
  if (options.format == ConvertOptions::Format::svg) {
    const std::string svg = ODE_TRY(api::convert_to_svg(session, pages.front(), &cancel));
    return out.write(as_byte_view(svg));
  }
  const api::ConvertSettings settings{pages, &cancel};
  return api::convert_to_html(
      session, settings, [&out](std::string_view text) { return out.write(as_byte_view(text)); },
      [&](int, const Error& error) {
        ++failed;
        print_error(options.file, error);
      });
}

}  // namespace

int run_convert(const ConvertOptions& options, const CancelFlag& cancel) {
  auto document = open_document(options.file, options.password, options.font_directory);
  if (!document) {
    print_error(options.file, document.error());
    return exit_code_of_open(document.error());
  }
  const auto pages = parse_pages(options.pages, document->session->page_count());
  if (!pages) {
    print_error(options.file, pages.error());
    return kUsage;
  }
  const bool svg = options.format == ConvertOptions::Format::svg;
  if (svg && pages->size() > 1) {
    print_error(options.file,
                Error{ErrorKind::unsupported, "--to svg writes one page: choose it with --pages"});
    return kUsage;
  }
  const std::string name =
      options.output.empty() ? default_output(options.file, svg ? ".svg" : ".html") : options.output;
  auto out = name == "-" ? platform::OutputFile::standard_output() : platform::OutputFile::create(name);
  if (!out) {
    print_error(options.file, out.error());
    return kCannotWrite;
  }
  int failed = 0;
  Status written = write_document(options, *document->session, *pages, cancel, *out, failed);
  if (cancel.cancelled()) return kInterrupted;
  if (written) written = out->commit();
  if (!written) {
    print_error(options.file, written.error());
    return written.error().kind == ErrorKind::io ? kCannotWrite : exit_code_of_open(written.error());
  }
  return failed == 0 ? kDone : kSomePagesFailed;
}

}  // namespace ode::cli
