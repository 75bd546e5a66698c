// The crew of threads behind `ode render`.
#include "engine/cli/render_workers.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "engine/cli/exit_codes.h"
#include "engine/cli/progress.h"
#include "engine/platform/file.h"

namespace ode::cli {
namespace {

/// Of one page; the rest are summed up.
constexpr std::size_t kWarningsShown = 4;

/// What became of one page.
struct Outcome {
  std::optional<PageStats> stats;
  std::optional<Error> error;
  bool write_failed = false;
  bool cut_short = false;  ///< on a stream: what follows would not be understood
  Diagnostics warnings;
  ByteVector buffered;  ///< for standard output, when several threads write to it
};

class Crew {
 public:
  Crew(const RenderOptions& options, const std::vector<int>& pages, const Destination& destination,
       int threads, const CancelFlag& cancel)
      : options_(options),
        pages_(pages),
        destination_(destination),
        threads_(threads),
        cancel_(cancel),
        outcomes_(pages.size()),
        progress_(static_cast<int>(pages.size())) {}

  RenderSummary run(PageDrawer first, const DrawerFactory& more) {
    std::vector<std::thread> crew;
    for (int i = 1; i < threads_; ++i) {
      crew.emplace_back([this, &more] {
        // A document that opened once opens again; if not, the others do the work.
        if (auto drawer = more()) work(*drawer);
      });
    }
    work(first);
    for (std::thread& thread : crew) thread.join();
    progress_.clear();
    return std::move(summary_);
  }

 private:
  void work(const PageDrawer& drawer) {
    for (;;) {
      std::size_t k = 0;
      {
        const std::lock_guard lock(mutex_);
        if (next_ == pages_.size() || stopped_ || cancel_.cancelled()) return;
        k = next_++;
      }
      Outcome outcome = draw(drawer, pages_[k]);
      publish(k, std::move(outcome));
    }
  }

  Outcome draw(const PageDrawer& drawer, int page_index) {
    Outcome outcome;
    std::optional<platform::OutputFile> file;
    if (destination_.kind == Destination::Kind::files) {
      auto created = platform::OutputFile::create(destination_.names.name_of(page_index + 1));
      if (!created) return failed_write(std::move(outcome), created.error());
      file.emplace(std::move(*created));
    }
    const bool direct = destination_.kind == Destination::Kind::standard_output && threads_ == 1;
    if (direct) file.emplace(platform::OutputFile::standard_output());

    const images::ByteSink sink = [&](ByteView bytes) -> Status {
      if (!file) {
        outcome.buffered.insert(outcome.buffered.end(), bytes.begin(), bytes.end());
        return Ok{};
      }
      Status status = file->write(bytes);
      outcome.write_failed = !status.ok();
      return status;
    };
    auto stats = write_page(drawer, options_, page_index, sink, outcome.warnings);
    if (!stats) {
      outcome.error = stats.error();
      outcome.cut_short = direct && file->size_bytes() > 0;
      return outcome;
    }
    if (file) {
      Status committed = file->commit();
      if (!committed) return failed_write(std::move(outcome), committed.error());
    }
    outcome.stats = *stats;
    return outcome;
  }

  static Outcome failed_write(Outcome outcome, Error error) {
    outcome.error = std::move(error);
    outcome.write_failed = true;
    return outcome;
  }

  /// Stores what became of page `k`, and reports it and those after it that waited for it. A buffered page
  /// waits for its turn, so that no thread runs far ahead.
  void publish(std::size_t k, Outcome outcome) {
    std::unique_lock lock(mutex_);
    if (!outcome.buffered.empty()) {
      turn_changed_.wait(lock, [&] { return reported_ == k || stopped_; });
      if (!outcome.error && !stopped_) write_buffered(outcome);
    }
    outcome.buffered = {};
    if (outcome.write_failed || outcome.cut_short) stopped_ = true;
    outcomes_[k] = std::move(outcome);
    while (reported_ < outcomes_.size() && outcomes_[reported_]) {
      report(*outcomes_[reported_]);
      outcomes_[reported_++] = Outcome{};
    }
    progress_.show(static_cast<int>(reported_));
    turn_changed_.notify_all();
  }

  void write_buffered(Outcome& outcome) {
    platform::OutputFile out = platform::OutputFile::standard_output();
    Status status = out.write(outcome.buffered);
    if (status) status = out.commit();
    if (!status) {
      outcome.stats.reset();
      outcome.error = status.error();
      outcome.write_failed = true;
    }
  }

  void report(const Outcome& outcome) {
    if (outcome.stats) summary_.pages.push_back(*outcome.stats);
    if (outcome.error && outcome.write_failed) {
      summary_.write_error = outcome.error;
    } else if (outcome.error && outcome.error->kind != ErrorKind::cancelled) {
      ++summary_.failed;
      if (outcome.error->kind == ErrorKind::limit_exceeded) ++summary_.failed_by_limit;
    }
    const bool silent = outcome.error && outcome.error->kind == ErrorKind::cancelled;
    if (!silent && (outcome.error || !outcome.warnings.empty())) print(outcome);
  }

  void print(const Outcome& outcome) {
    progress_.clear();
    const std::vector<Error>& warnings = outcome.warnings.items();
    const std::size_t shown = std::min(warnings.size(), kWarningsShown);
    for (std::size_t i = 0; i < shown; ++i) print_warning(options_.file, warnings[i]);
    const std::size_t more = warnings.size() - shown + static_cast<std::size_t>(outcome.warnings.dropped());
    if (more > 0) {
      print_warning(options_.file,
                    {ErrorKind::malformed, std::to_string(more) + " more of this page", warnings[0].page, 0});
    }
    if (outcome.error) print_error(options_.file, *outcome.error);
  }

  const RenderOptions& options_;
  const std::vector<int>& pages_;
  const Destination& destination_;
  const int threads_;
  const CancelFlag& cancel_;

  std::mutex mutex_;  ///< guards all below
  std::condition_variable turn_changed_;
  std::size_t next_ = 0;      ///< page to hand out
  std::size_t reported_ = 0;  ///< pages before this one are reported
  bool stopped_ = false;      ///< nothing can be written any more
  std::vector<std::optional<Outcome>> outcomes_;
  RenderSummary summary_;
  Progress progress_;
};

}  // namespace

RenderSummary render_pages(const RenderOptions& options, const std::vector<int>& pages,
                           const Destination& destination, PageDrawer first, const DrawerFactory& more,
                           int threads, const CancelFlag& cancel) {
  return Crew(options, pages, destination, threads, cancel).run(std::move(first), more);
}

}  // namespace ode::cli
