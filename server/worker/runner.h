// One attempt at one job: document out of the blob store, child, result into the blob store.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>

#include "server/blobs/blob_store.h"
#include "server/config/config.h"
#include "server/jobs/conversion.h"
#include "server/jobs/job.h"
#include "server/jobs/job_hub.h"
#include "server/metrics/metrics.h"
#include "server/sandbox/child.h"

namespace ode::server {

/// The child program as this host uses it.
struct Engine {
  std::string program;      ///< path
  std::string fonts;        ///< directory of the font pack
  std::string fingerprint;  ///< digest of the program and the names of its fonts: part of every cache key

  /// Finds the program as configured. Errors: io, when it is not there.
  static Result<Engine> find(const Config& config);
};

/// How an attempt ended, and what to do about it.
struct Attempt {
  enum class Next : std::uint8_t { finish, retry, hand_back, forget } next = Next::finish;
  JobOutcome outcome;
};

/// Why an attempt is to stop; the first reason counts.
enum class StopReason : std::uint8_t { none, asked, lease_lost, shutdown, too_many_pages };

/// Shared by the thread that runs an attempt and the one that keeps its lease.
struct AttemptState {
  std::atomic<bool> stop{false};
  std::atomic<StopReason> reason{StopReason::none};
  std::atomic<int> pages_done{0}, pages_total{0};

  void stop_for(StopReason why) {
    StopReason none = StopReason::none;
    reason.compare_exchange_strong(none, why);
    stop.store(true);
  }
};

/// Any thread.
class Runner {
 public:
  Runner(const Config& config, const Engine& engine, const Sandbox& sandbox, BlobStore& blobs,
         Metrics& metrics)
      : config_(config), engine_(engine), sandbox_(sandbox), blobs_(blobs), metrics_(metrics) {}

  /// `progress` may be called from this thread while it runs.
  Attempt run(const Job& job, AttemptState& state, const std::function<void(PageProgress)>& progress) const;

  /// A conversion whose result is small and goes back at once; nothing is stored. `document` is a sealed
  /// memory file.
  ChildReport run_now(const Conversion& conversion, int document, const BlobSink& output) const;

 private:
  ChildTask task_for(const Conversion& conversion, int document) const;
  Attempt judged(const Job& job, const Conversion& conversion, const ChildReport& report,
                 const AttemptState& state) const;
  void count(const ChildReport& report) const;

  const Config& config_;
  const Engine& engine_;
  const Sandbox& sandbox_;
  BlobStore& blobs_;
  Metrics& metrics_;
};

/// What a child said, for the client: its first message without the program's name, valid UTF-8.
std::string message_of(const ChildReport& report);

}  // namespace ode::server
