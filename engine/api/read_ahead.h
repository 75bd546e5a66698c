// Pages of a document pass two stages: reading, which only one thread may do at a time, and writing what was
// read. Where there are several threads, one reads ahead while the caller's writes.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/api/convert.h"
#include "engine/base/result.h"

namespace ode::api {

/// Pages that are read and not written yet; each holds a display list.
constexpr std::size_t kPagesReadAhead = 2;

/// Calls `read` for each of `pages` in order, on a thread of its own if `threads` > 1 and there is more than
/// one, and `write` with what it gave, in order, on the caller's. `read` must share nothing with `write` that
/// changes. Ends with the first error of `write`; errors of `read` are `write`'s to judge.
template <class Page>
Status read_ahead(const std::vector<int>& pages, int threads,
                  const std::function<Result<Page>(int page_index)>& read,
                  const std::function<Status(int page_index, Result<Page> page)>& write) {
  if (threads < 2 || pages.size() < 2) {
    for (const int page : pages) ODE_TRY(write(page, read(page)));
    return Ok{};
  }
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Result<Page>> waiting;
  bool stopped = false;
  std::thread reader([&] {
    for (const int page : pages) {
      std::unique_lock lock(mutex);
      changed.wait(lock, [&] { return stopped || waiting.size() < kPagesReadAhead; });
      if (stopped) return;
      lock.unlock();
      Result<Page> result = read(page);
      lock.lock();
      waiting.push_back(std::move(result));
      changed.notify_all();
    }
  });
  Status status = Ok{};
  for (std::size_t i = 0; i < pages.size() && status.ok(); ++i) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return !waiting.empty(); });
    Result<Page> page = std::move(waiting.front());
    waiting.pop_front();
    changed.notify_all();
    lock.unlock();
    status = write(pages[i], std::move(page));
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
