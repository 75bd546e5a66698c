// The crew of threads behind `ode render`.
#include "engine/cli/render_workers.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>

#include "engine/base/guard.h"
#include "engine/cli/exit_codes.h"
#include "engine/cli/output/progress.h"
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
  ByteVector buffered;  ///< for an archive, and for standard output when several threads write to it
};

class Crew {
 public:
  Crew(const RenderOptions& options, const std::vector<int>& pages, const Destination& destination,
       const RenderBackend& backend, int threads, const CancelFlag& cancel)
      : options_(options),
        pages_(pages),
        destination_(destination),
        backend_(backend),
        threads_(threads),
        cancel_(cancel),
        outcomes_(pages.size()),
        progress_(static_cast<int>(pages.size())) {}

  RenderSummary run() {
    std::atomic<bool> first_taken{false};
    run_on_threads(threads_, [&] {
      end_if_failed(guarded([&]() -> Status {
        if (!first_taken.exchange(true)) return work(backend_.first);
        // A document that opened once opens again; if not, the others do the work.
        if (auto drawer = backend_.more()) return work(*drawer);
        return Ok{};
      }));
    });
    progress_.clear();
    if (failure_) report_failure();
    return std::move(summary_);
  }

 private:
  /// A recorded page, and where it stands in `pages_`.
  struct Waiting {
    std::size_t k = 0;
    Result<RecordedPage> page;
  };

  /// Records where nobody else does and too few pages wait to be drawn, and draws otherwise.
  Status work(const PageDrawer& drawer) {
    std::unique_lock lock(mutex_);
    for (;;) {
      if (stopped_ || cancel_.cancelled()) {
        changed_.notify_all();
        return Ok{};
      }
      const bool may_record =
          !recording_ && next_ < pages_.size() && waiting_.size() < static_cast<std::size_t>(threads_);
      if (may_record) {
        record(lock);
      } else if (!waiting_.empty()) {
        const Waiting next = std::move(waiting_.front());
        waiting_.pop_front();
        changed_.notify_all();
        lock.unlock();
        publish(next.k, draw(drawer, next));
        lock.lock();
      } else if (!recording_) {
        return Ok{};
      } else {
        changed_.wait(lock);
      }
    }
  }

  /// What is thrown outside of a page, so between them, ends the work of all.
  void end_if_failed(Status status) {
    if (status) return;
    const std::lock_guard lock(mutex_);
    if (!failure_) failure_ = std::move(status).error();
    stopped_ = true;
    changed_.notify_all();
  }

  void report_failure() {
    print_error(options_.file, *failure_);
    summary_.failed.add(*failure_);
  }

  void record(std::unique_lock<std::mutex>& lock) {
    const std::size_t k = next_++;
    recording_ = true;
    lock.unlock();
    Waiting recorded{k, guarded([&] { return backend_.record(pages_[k]); })};
    lock.lock();
    recording_ = false;
    waiting_.push_back(std::move(recorded));
    changed_.notify_all();
  }

  Outcome draw(const PageDrawer& drawer, const Waiting& recorded) {
    Outcome outcome;
    const int page_index = pages_[recorded.k];
    if (!recorded.page) {
      outcome.error = recorded.page.error();
      if (outcome.error->page == 0) outcome.error->page = page_index + 1;
      return outcome;
    }
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
    auto stats = guarded_page(
        page_index, [&] { return write_page(drawer, options_, *recorded.page, sink, outcome.warnings); });
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
      changed_.wait(lock, [&] { return reported_ == k || stopped_; });
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
    changed_.notify_all();
  }

  void write_buffered(Outcome& outcome) {
    Status status = destination_.archive != nullptr
                        ? destination_.archive->add(destination_.names.name_of(outcome.stats->page), outcome.buffered)
                        : to_standard_output(outcome.buffered);
    if (!status) {
      outcome.stats.reset();
      outcome.error = status.error();
      outcome.write_failed = true;
    }
  }

  static Status to_standard_output(ByteView bytes) {
    platform::OutputFile out = platform::OutputFile::standard_output();
    ODE_TRY(out.write(bytes));
    return out.commit();
  }

  void report(const Outcome& outcome) {
    if (outcome.stats) summary_.pages.push_back(*outcome.stats);
    if (outcome.error && outcome.write_failed) {
      summary_.write_error = outcome.error;
    } else if (outcome.error && outcome.error->kind != ErrorKind::cancelled) {
      summary_.failed.add(*outcome.error);
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
  const RenderBackend& backend_;
  const int threads_;
  const CancelFlag& cancel_;

  std::mutex mutex_;  ///< guards all below
  std::condition_variable changed_;
  std::size_t next_ = 0;  ///< page to record
  bool recording_ = false;
  std::deque<Waiting> waiting_;   ///< in order of pages
  std::size_t reported_ = 0;      ///< pages before this one are reported
  bool stopped_ = false;          ///< nothing can be written any more
  std::optional<Error> failure_;  ///< of the crew, not of a page
  std::vector<std::optional<Outcome>> outcomes_;
  RenderSummary summary_;
  Progress progress_;
};

}  // namespace

RenderSummary render_pages(const RenderOptions& options, const std::vector<int>& pages,
                           const Destination& destination, const RenderBackend& backend, int threads,
                           const CancelFlag& cancel) {
  return Crew(options, pages, destination, backend, threads, cancel).run();
}

}  // namespace ode::cli
