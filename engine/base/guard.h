// Where exceptions end. The engine throws none of its own, but the standard library and what is built on it
// do: when memory is short, or when a number that was not checked reaches a container. They become errors at
// the edges: threads, pages, the C interface.
#pragma once

#include <exception>
#include <new>
#include <thread>
#include <utility>
#include <vector>

#include "engine/base/result.h"

namespace ode {

/// What `work`, a function that gives a Result, gives; an exception becomes an Error: limit_exceeded where
/// memory is short, internal otherwise.
template <class Work>
auto guarded(Work&& work) -> decltype(work()) {
  try {
    return std::forward<Work>(work)();
  } catch (const std::bad_alloc&) {
    return Error{ErrorKind::limit_exceeded, "out of memory"};
  } catch (const std::exception& e) {
    return Error{ErrorKind::internal, e.what()};
  } catch (...) {
    return Error{ErrorKind::internal, "unknown"};
  }
}

/// The same for one page; its errors say which (`page_index` from 0).
template <class Work>
auto guarded_page(int page_index, Work&& work) -> decltype(work()) {
  auto result = guarded(std::forward<Work>(work));
  if (result) return result;
  Error error = std::move(result).error();
  if (error.page == 0) error.page = page_index + 1;
  return error;
}

/// Runs `work` on up to `threads` threads at once, the caller's among them: fewer where the system gives no
/// more. REQUIRES: `work` throws nothing.
template <class Work>
void run_on_threads(int threads, const Work& work) {
  std::vector<std::thread> crew;
  try {
    for (int i = 1; i < threads; ++i) crew.emplace_back(work);
  } catch (const std::exception&) {
    // A thread less, or no room to note it: the others do its work.
  }
  work();
  for (std::thread& thread : crew) thread.join();
}

}  // namespace ode
