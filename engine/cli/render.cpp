// ode render: pages as pictures.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/api/json.h"
#include "engine/cli/commands.h"
#include "engine/cli/exit_codes.h"
#include "engine/cli/open_document.h"
#include "engine/cli/oracle_poppler.h"
#include "engine/cli/render_workers.h"
#include "engine/platform/file.h"
#include "engine/platform/process.h"

namespace ode::cli {
namespace {

Result<Destination> destination_of(const RenderOptions& options, std::size_t page_count) {
  Destination destination;
  if (!options.format) return destination;
  const char* extension = images::extension_of(*options.format, options.channels);
  if (options.zip) {
    destination.kind = Destination::Kind::archive;
    destination.names = ODE_TRY(OutputNames::parse(std::string("page-%03d.") + extension));
    destination.archive = std::make_shared<ZipWriter>(ODE_TRY(open_archive(options.output, options.file)));
    return destination;
  }
  if (options.output == "-") {
    if (page_count > 1 && !images::holds_several_pages(*options.format)) {
      return Error{ErrorKind::unsupported, std::string("standard output takes one page of ") + extension +
                                               "; choose it with --pages, or use --format ppm or pam"};
    }
    destination.kind = Destination::Kind::standard_output;
    return destination;
  }
  destination.kind = Destination::Kind::files;
  destination.names = options.output.empty() ? OutputNames::standard(options.file, extension)
                                             : ODE_TRY(OutputNames::parse(options.output));
  if (page_count > 1 && !destination.names.numbered()) {
    return Error{ErrorKind::unsupported, "-o " + options.output + ": " + std::to_string(page_count) +
                                             " pages need a %d in the name, or choose one with --pages"};
  }
  return destination;
}

std::string stats_text(const RenderOptions& options, const RenderSummary& summary, double open_ms,
                       double total_ms, int threads) {
  const auto rounded = [](double ms) {
    return static_cast<double>(static_cast<std::int64_t>(ms * 1000 + 0.5)) / 1000;
  };
  api::Json json;
  json["file"] = options.file;
  json["backend"] = options.backend == Backend::ode ? "ode" : "poppler";
  json["threads"] = threads;
  json["open_ms"] = rounded(open_ms);
  json["total_ms"] = rounded(total_ms);
  json["peak_memory_bytes"] = platform::peak_memory_bytes();
  json["failed"] = summary.failed.count;
  json["pages"] = api::Json::array();
  for (const PageStats& page : summary.pages) {
    json["pages"].push_back({{"page", page.page},
                             {"width_px", page.width_px},
                             {"height_px", page.height_px},
                             {"parse_ms", rounded(page.parse_ms)},
                             {"raster_ms", rounded(page.raster_ms)},
                             {"encode_ms", rounded(page.encode_ms)},
                             {"size_bytes", page.size_bytes}});
  }
  return api::to_text(json, api::JsonStyle::indented) + "\n";
}

ExitCode exit_code_of(const RenderOptions& options, const RenderSummary& summary, const CancelFlag& cancel) {
  if (summary.write_error) return kCannotWrite;
  if (cancel.cancelled()) {
    print_error(options.file, {ErrorKind::cancelled, "interrupted"});
    return kInterrupted;
  }
  const PageFailures& failed = summary.failed;
  if (summary.pages.empty() && failed.count > 0 && failed.count == failed.by_limit) return kLimitExceeded;
  return failed.exit_code();
}

/// Threads asked for, or one per processor; never more than pages, except that a single page can be split.
int thread_count(const RenderOptions& options, std::size_t pages) {
  const int wanted = platform::threads_for(options.threads);
  return std::clamp(wanted, 1, static_cast<int>(std::min<std::size_t>(pages, 256)));
}

Result<RenderBackend> make_backend(const RenderOptions& options, OpenedDocument& document, std::size_t pages,
                                   const CancelFlag& cancel) {
  RenderBackend backend;
  if (options.backend == Backend::poppler) {
    backend.record = [](int page_index) -> Result<RecordedPage> { return RecordedPage{page_index, {}, {}}; };
    backend.more = [&options, bytes = document.bytes] { return poppler_drawer(options, bytes); };
    backend.first = ODE_TRY(backend.more());
    return backend;
  }
  backend.record = ode_recorder(options, std::move(document.session), cancel);
  if (pages == 1 && options.threads > 1) {
    backend.first = split_drawer(options, cancel, options.threads);
    return backend;
  }
  const auto glyphs = thread_count(options, pages) > 1 ? raster::make_glyph_pool() : nullptr;
  backend.more = [&options, &cancel, glyphs]() -> Result<PageDrawer> { return ode_drawer(options, glyphs, cancel); };
  backend.first = ODE_TRY(backend.more());
  return backend;
}

ExitCode write_stats(const RenderOptions& options, const Destination& destination, const std::string& text) {
  if (destination.kind == Destination::Kind::standard_output) {
    std::fputs(text.c_str(), stderr);
    return kDone;
  }
  platform::OutputFile out = platform::OutputFile::standard_output();
  Status status = out.write(as_byte_view(text));
  if (status) status = out.commit();
  if (status) return kDone;
  print_error(options.file, status.error());
  return kCannotWrite;
}

void warn_of_ignored(const RenderOptions& options) {
  if (options.quality && options.format != images::FileFormat::jpeg &&
      options.format != images::FileFormat::webp) {
    print_warning(options.file, {ErrorKind::unsupported, "--quality says nothing to this format"});
  }
}

}  // namespace

int run_render(const RenderOptions& options, const CancelFlag& cancel) {
  const std::int64_t start_us = platform::monotonic_us();
  auto opened = open_pages(options.file, options.password, options.font_directory, options.pages);
  if (const auto* code = std::get_if<ExitCode>(&opened)) return *code;
  auto& [document, pages] = std::get<OpenedPages>(opened);
  const auto destination = destination_of(options, pages.size());
  if (!destination) {
    print_error(options.file, destination.error());
    return kUsage;
  }
  warn_of_ignored(options);
  const auto backend = make_backend(options, document, pages.size(), cancel);
  if (!backend) {
    print_error(options.file, backend.error());
    return exit_code_of_open(backend.error());
  }
  const double open_ms = static_cast<double>(platform::monotonic_us() - start_us) / 1000;
  const int threads = thread_count(options, pages.size());
  const RenderSummary summary =
      render_pages(options, pages, *destination, *backend, threads, cancel);
  ExitCode code = exit_code_of(options, summary, cancel);
  if (destination->archive != nullptr && (code == kDone || code == kSomePagesFailed)) {
    if (const Status finished = destination->archive->finish(); !finished) {
      print_error(options.file, finished.error());
      code = kCannotWrite;
    }
  }
  if (options.stats && code != kInterrupted) {
    const double total_ms = static_cast<double>(platform::monotonic_us() - start_us) / 1000;
    const int used = pages.size() == 1 ? std::max(1, options.threads) : threads;
    const ExitCode written =
        write_stats(options, *destination, stats_text(options, summary, open_ms, total_ms, used));
    if (code == kDone) code = written;
  }
  return code;
}

}  // namespace ode::cli
