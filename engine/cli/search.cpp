// ode search: where a document says something. One line per hit, or JSON.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "engine/api/json.h"
#include "engine/api/text_output.h"
#include "engine/base/guard.h"
#include "engine/cli/commands.h"
#include "engine/cli/exit_codes.h"
#include "engine/cli/open_document.h"
#include "engine/platform/file.h"
#include "engine/platform/process.h"

namespace ode::cli {
namespace {

/// Tenths of points: "72.5". No locale has a say.
std::string number(double v) {
  const auto tenths = static_cast<long long>(std::floor(std::clamp(v, -1e9, 1e9) * 10 + 0.5));
  std::string out = std::to_string(std::llabs(tenths) / 10);
  if (tenths % 10 != 0) out += "." + std::to_string(std::llabs(tenths) % 10);
  return tenths < 0 ? "-" + out : out;
}

Rect on_screen(const Matrix& screen_from_page, const text::Quad& quad) {
  return screen_from_page.apply(text::bounds_of(quad));
}

/// Text of a document cannot steer the terminal: its control characters are spaces.
std::string printable(const std::string& utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto c = static_cast<unsigned char>(utf8[i]);
    const bool c1 = c == 0xc2 && i + 1 < utf8.size() && static_cast<unsigned char>(utf8[i + 1]) < 0xa0;
    if (c1) ++i;
    out.push_back(c1 || c < 0x20 || c == 0x7f ? ' ' : utf8[i]);
  }
  return out;
}

/// What is found stands out on a terminal.
std::string line_of(int page, const Matrix& screen_from_page, const text::Hit& hit) {
  std::string line = std::to_string(page) + ":";
  for (std::size_t i = 0; i < hit.quads.size(); ++i) {
    const Rect box = on_screen(screen_from_page, hit.quads[i]);
    if (i > 0) line += ";";
    line += number(box.x0) + "," + number(box.y0) + "," + number(box.x1) + "," + number(box.y1);
  }
  const bool marked = platform::stdout_is_terminal();
  line += ": " + printable(hit.before) + (marked ? "\x1b[1m" : "") + printable(hit.text) +
          (marked ? "\x1b[0m" : "") + printable(hit.after);
  return line + "\n";
}

std::string json_of(int page, const Matrix& screen_from_page, const text::Hit& hit) {
  const auto rounded = [](double v) { return std::round(v * 100) / 100; };
  api::Json out = {{"page", page}, {"text", hit.text}, {"before", hit.before}, {"after", hit.after}};
  api::Json& boxes = out["boxes"] = api::Json::array();
  for (const text::Quad& quad : hit.quads) {
    const Rect box = on_screen(screen_from_page, quad);
    boxes.push_back({rounded(box.x0), rounded(box.y0), rounded(box.x1), rounded(box.y1)});
  }
  return api::to_text(out, api::JsonStyle::compact);
}

class Report {
 public:
  explicit Report(const SearchOptions& options) : options_(options) {}

  Status begin(platform::OutputFile& out) const {
    return options_.json ? out.write(as_byte_view(std::string_view("{\"hits\":["))) : Status(Ok{});
  }
  Status add(platform::OutputFile& out, int page, const Matrix& screen_from_page, const text::Hit& hit) {
    ++count_;
    if (!options_.json) return out.write(as_byte_view(line_of(page, screen_from_page, hit)));
    return out.write(as_byte_view((count_ > 1 ? ",\n" : "\n") + json_of(page, screen_from_page, hit)));
  }
  Status end(platform::OutputFile& out) const {
    if (options_.json) ODE_TRY(out.write(as_byte_view("\n],\"count\":" + std::to_string(count_) + "}\n")));
    return out.commit();
  }
  std::size_t count() const { return count_; }

 private:
  const SearchOptions& options_;
  std::size_t count_ = 0;
};

Status search_page(const SearchOptions& options, api::Session& session, const text::Searcher& searcher,
                   int page, const CancelFlag& cancel, platform::OutputFile& out, Report& report,
                   PageFailures& failed) {
  const auto hits = guarded_page(page, [&] { return api::search_page(session, searcher, page, &cancel); });
  const auto placement = guarded_page(page, [&] { return session.place(page, {}); });
  if (!hits || !placement) {
    const Error& error = hits ? placement.error() : hits.error();
    failed.add(error);
    if (!cancel.cancelled()) print_error(options.file, error);
    return Ok{};
  }
  for (const text::Hit& hit : hits->hits)
    ODE_TRY(report.add(out, page + 1, placement->device_from_page, hit));
  if (hits->truncated)
    print_warning(options.file,
                  Error{ErrorKind::limit_exceeded, "there are more hits than are told", page + 1});
  return Ok{};
}

Status search_pages(const SearchOptions& options, api::Session& session, const text::Searcher& searcher,
                    const std::vector<int>& pages, const CancelFlag& cancel, Report& report,
                    PageFailures& failed) {
  platform::OutputFile out = platform::OutputFile::standard_output();
  ODE_TRY(report.begin(out));
  for (const int page : pages) {
    if (cancel.cancelled()) break;
    ODE_TRY(search_page(options, session, searcher, page, cancel, out, report, failed));
  }
  return report.end(out);
}

}  // namespace

int run_search(const SearchOptions& options, const CancelFlag& cancel) {
  const auto searcher = text::Searcher::make(options.query);
  if (!searcher) return usage_error(searcher.error().message);
  auto opened = open_pages(options.file, options.password, options.font_directory, options.pages);
  if (const auto* code = std::get_if<ExitCode>(&opened)) return *code;
  auto& [document, pages] = std::get<OpenedPages>(opened);
  PageFailures failed;
  Report report(options);
  const Status written = search_pages(options, *document.session, *searcher, pages, cancel, report, failed);
  if (cancel.cancelled()) return kInterrupted;
  if (!written) {
    print_error(options.file, written.error());
    return kCannotWrite;
  }
  if (report.count() == 0 && failed.count == 0 && !options.json && platform::stderr_is_terminal())
    std::fputs("ode: not found\n", stderr);
  return failed.exit_code();
}

}  // namespace ode::cli
