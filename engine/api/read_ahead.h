// Pages of a document pass two stages: reading, which only one thread may do at a time, and writing what was
// read. Where there are several threads, one reads ahead while the caller's writes.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/api/convert.h"
#include "engine/base/guard.h"
#include "engine/base/result.h"

namespace ode::api {

/// Pages that are read and not written yet; each holds a display list.
constexpr std::size_t kPagesReadAhead = 2;

/// Calls `read` for each of `pages` in order, on a thread of its own if `threads` > 1 and there is more than
/// one, and `write` with what it gave, in order, on the caller's. `read` must share nothing with `write` that
/// changes. Ends with the first error of `write`; errors of `read` are `write`'s to judge. What either throws
/// is an error of its page.
template <class Page>
Status read_ahead(const std::vector<int>& pages, int threads,
                  const std::function<Result<Page>(int page_index)>& read,
                  const std::function<Status(int page_index, Result<Page> page)>& write) {
  const auto read_one = [&read](int page) { return guarded_page(page, [&] { return read(page); }); };
  const auto write_one = [&write](int page, Result<Page> what) {
    return guarded_page(page, [&] { return write(page, std::move(what)); });
  };
  const auto one_by_one = [&]() -> Status {
    for (const int page : pages) ODE_TRY(write_one(page, read_one(page)));
    return Ok{};
  };
  if (threads < 2 || pages.size() < 2) return one_by_one();
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<Result<Page>> waiting;  // with its room from the start: the reader allocates nothing itself
  waiting.reserve(kPagesReadAhead);
  bool stopped = false;
  std::thread reader;
  const auto read_all = [&] {
    for (const int page : pages) {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return stopped || waiting.size() < kPagesReadAhead; });
      if (stopped) return;
      lock.unlock();
      Result<Page> result = read_one(page);
      lock.lock();
      waiting.push_back(std::move(result));
      changed.notify_all();
    }
  };
  const Status started = guarded([&]() -> Status {
    reader = std::thread(read_all);
    return Ok{};
  });
  if (!started) return one_by_one();  // the system gives no thread
  Status status = Ok{};
  for (std::size_t i = 0; i < pages.size() && status.ok(); ++i) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return !waiting.empty(); });
    Result<Page> page = std::move(waiting.front());
    waiting.erase(waiting.begin());
    changed.notify_all();
    lock.unlock();
    status = write_one(pages[i], std::move(page));
  }
  {
    const std::lock_guard lock(mutex);
    stopped = true;
    changed.notify_all();
  }
  reader.join();
  return status;
}

/// The same for a conversion: pages that cannot be read are told to the settings and left out. Errors:
/// cancelled, those of `write`.
template <class Page>
Status read_pages(const ConvertSettings& settings, const std::function<Result<Page>(int page_index)>& read,
                  const std::function<Status(int page_index, const Page& page)>& write) {
  return read_ahead<Page>(settings.pages, settings.threads, read,
                          [&](int index, Result<Page> page) -> Status {
                            if (page) return write(index, *page);
                            if (page.error().kind == ErrorKind::cancelled) return page.error();
                            if (settings.failed) settings.failed(index, page.error());
                            return Ok{};
                          });
}

}  // namespace ode::api
