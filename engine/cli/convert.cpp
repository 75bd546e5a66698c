// ode convert: a document as HTML, one page as SVG; text formats are written by `ode text`.
#include "engine/api/convert.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <nlohmann/json.hpp>

#include "engine/api/json.h"
#include "engine/base/guard.h"
#include "engine/cli/commands.h"
#include "engine/cli/exit_codes.h"
#include "engine/cli/open_document.h"
#include "engine/cli/output/output_names.h"
#include "engine/cli/output/progress.h"
#include "engine/cli/output/zip_writer.h"
#include "engine/platform/file.h"
#include "engine/platform/process.h"

namespace ode::cli {
namespace {

constexpr std::size_t kWarningsShown = 4;

/// Work on as many threads as asked for. The first exception of it is the caller's.
exporter::ParallelFor parallel_for(int threads) {
  return [threads](std::size_t count, const std::function<void(std::size_t)>& work) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::exception_ptr thrown;
    run_on_threads(static_cast<int>(std::min(count, static_cast<std::size_t>(threads))), [&] {
      try {
        for (std::size_t i = next++; i < count; i = next++) work(i);
      } catch (...) {
        next = count;
        const std::lock_guard lock(mutex);
        if (!thrown) thrown = std::current_exception();
      }
    });
    if (thrown) std::rethrow_exception(thrown);
  };
}

Status write_file(const std::string& path, ByteView bytes) {
  auto out = ODE_TRY(platform::OutputFile::create(path));
  ODE_TRY(out.write(bytes));
  return out.commit();
}

class Conversion {
 public:
  Conversion(const ConvertOptions& options, api::Session& session, std::vector<int> pages, const CancelFlag& cancel)
      : options_(options), session_(session), progress_(static_cast<int>(pages.size())) {
    settings_.pages = std::move(pages);
    settings_.cancel = &cancel;
    settings_.fonts = options.web_fonts;
    settings_.images = options.images;
    settings_.threads = platform::threads_for(options.threads);
    settings_.parallel = parallel_for(settings_.threads);
    settings_.failed = [this](int, const Error& error) { report_failure(error); };
    settings_.warned = [this](const Error& warning) {
      progress_.clear();
      print_warning(options_.file, warning);
    };
    settings_.done = [this](int page, std::size_t size_bytes, const Diagnostics& diagnostics) {
      report_page(page, size_bytes, diagnostics);
    };
  }

  Status run() {
    const bool svg = options_.format == ConvertOptions::Format::svg;
    if (options_.zip) return archive(svg);
    if (options_.split) return split();
    const std::string name = options_.output.empty() ? stem_of(options_.file) + (svg ? ".svg" : ".html") : options_.output;
    auto out = name == "-" ? platform::OutputFile::standard_output() : ODE_TRY(platform::OutputFile::create(name));
    if (!options_.embed) settings_.files = beside(name);
    if (svg) {
      const std::string text = ODE_TRY(api::convert_to_svg(session_, settings_.pages.front(), settings_.cancel));
      ODE_TRY(out.write(as_byte_view(text)));
    } else {
      ODE_TRY(api::convert_to_html(session_, settings_, [&out](std::string_view text) { return out.write(as_byte_view(text)); }));
    }
    size_bytes_ += out.size_bytes();
    progress_.clear();
    return out.commit();
  }

  const PageFailures& failed() const { return failed_; }

  std::string stats(double open_ms, double total_ms) const {
    api::Json json{{"file", options_.file},       {"open_ms", open_ms},
                   {"total_ms", total_ms},        {"peak_memory_bytes", platform::peak_memory_bytes()},
                   {"size_bytes", size_bytes_},   {"files", files_ + (options_.split ? 0 : 1)},
                   {"failed", failed_.count},           {"pages", pages_}};
    return api::to_text(json, api::JsonStyle::indented) + "\n";
  }

 private:
  /// Everything into one archive: what --split writes, or a picture of each page.
  Status archive(bool svg) {
    ZipWriter zip = ODE_TRY(open_archive(options_.output, options_.file));
    settings_.asset_folder = "assets/";
    settings_.files = [this, &zip](const std::string& name, ByteView bytes) {
      ++files_;
      return zip.add(name, bytes);
    };
    ODE_TRY(svg ? pages_as_svg() : api::convert_to_fragments(session_, settings_));
    progress_.clear();
    ODE_TRY(zip.finish());
    size_bytes_ = zip.size_bytes();
    return Ok{};
  }

  /// A page that fails is said and left out, as in HTML.
  Status pages_as_svg() {
    const OutputNames names = ODE_TRY(OutputNames::parse("page-%03d.svg"));
    for (const int page : settings_.pages) {
      auto text = api::convert_to_svg(session_, page, settings_.cancel);
      if (is_cancelled(settings_.cancel)) return Error{ErrorKind::cancelled, "interrupted"};
      if (!text) {
        report_failure(text.error());
        continue;
      }
      ODE_TRY(settings_.files(names.name_of(page + 1), as_byte_view(*text)));
      report_page(page, text->size(), {});
    }
    return Ok{};
  }

  Status split() {
    const std::string directory = options_.output.empty() ? stem_of(options_.file) : options_.output;
    settings_.asset_folder = "assets/";
    ODE_TRY(platform::make_directory(directory + "/assets"));
    settings_.files = [this, directory](const std::string& name, ByteView bytes) { return keep(directory + "/" + name, bytes); };
    Status status = api::convert_to_fragments(session_, settings_);
    progress_.clear();
    return status;
  }

  /// Assets in "<name>_files" beside the document.
  exporter::FileSink beside(const std::string& name) {
    const std::string directory = platform::directory_of(name);
    settings_.asset_folder = stem_of(name) + "_files/";
    const std::string folder = directory + "/" + settings_.asset_folder;
    return [this, directory, folder](const std::string& file, ByteView bytes) -> Status {
      ODE_TRY(platform::make_directory(folder));
      return keep(directory + "/" + file, bytes);
    };
  }

  Status keep(const std::string& path, ByteView bytes) {
    ++files_;
    size_bytes_ += bytes.size();
    return write_file(path, bytes);
  }

  void report_failure(const Error& error) {
    failed_.add(error);
    ++seen_;
    progress_.clear();
    print_error(options_.file, error);
  }

  void report_page(int page_index, std::size_t size_bytes, const Diagnostics& diagnostics) {
    const std::vector<Error>& warnings = diagnostics.items();
    if (!warnings.empty()) progress_.clear();
    const std::size_t shown = std::min(warnings.size(), kWarningsShown);
    for (std::size_t i = 0; i < shown; ++i) {
      Error warning = warnings[i];
      if (warning.page == 0) warning.page = page_index + 1;
      print_warning(options_.file, warning);
    }
    const std::size_t more = warnings.size() - shown + static_cast<std::size_t>(diagnostics.dropped());
    if (more > 0) print_warning(options_.file, {ErrorKind::malformed, std::to_string(more) + " more of this page", page_index + 1});
    pages_.push_back({{"page", page_index + 1}, {"size_bytes", size_bytes}});
    progress_.show(++seen_);
  }

  const ConvertOptions& options_;
  api::Session& session_;
  api::ConvertSettings settings_;
  Progress progress_;
  api::Json pages_ = api::Json::array();
  std::size_t size_bytes_ = 0;
  PageFailures failed_;
  int files_ = 0, seen_ = 0;
};

double elapsed_ms(std::int64_t since_us) { return static_cast<double>(platform::monotonic_us() - since_us) / 1000; }

}  // namespace

int run_convert(const ConvertOptions& options, const CancelFlag& cancel) {
  if (options.text) {
    return run_text({.file = options.file,
                     .pages = options.pages,
                     .output = options.output.empty() ? stem_of(options.file) + "." + api::extension_of(*options.text) : options.output,
                     .password = options.password,
                     .font_directory = options.font_directory,
                     .format = *options.text,
                     .threads = options.threads},
                    cancel);
  }
  const std::int64_t start_us = platform::monotonic_us();
  auto opened = open_pages(options.file, options.password, options.font_directory, options.pages);
  if (const auto* code = std::get_if<ExitCode>(&opened)) return *code;
  auto& [document, pages] = std::get<OpenedPages>(opened);
  if (options.format == ConvertOptions::Format::svg && !options.zip && pages.size() > 1) {
    print_error(options.file, Error{ErrorKind::unsupported, "--to svg writes one page: choose it with --pages, or take --zip"});
    return kUsage;
  }
  const double open_ms = elapsed_ms(start_us);
  Conversion conversion(options, *document.session, std::move(pages), cancel);
  const Status written = guarded([&] { return conversion.run(); });
  if (cancel.cancelled()) return kInterrupted;
  if (!written) {
    print_error(options.file, written.error());
    return written.error().kind == ErrorKind::io ? kCannotWrite : exit_code_of_open(written.error());
  }
  if (options.stats) std::fputs(conversion.stats(open_ms, elapsed_ms(start_us)).c_str(), stderr);
  return conversion.failed().exit_code();
}

}  // namespace ode::cli
