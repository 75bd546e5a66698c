// A thread with a stack of the usual size beside each of civetweb's, which have 100 KiB: enough for it, not
// for a handler with a database and JSON below it. The one sleeps while the other works.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace ode::server {

class Partner {
 public:
  Partner() : thread_([this] { loop(); }) {}
  ~Partner() {
    {
      const std::lock_guard lock(mutex_);
      ended_ = true;
    }
    changed_.notify_all();
    thread_.join();
  }
  Partner(const Partner&) = delete;
  Partner& operator=(const Partner&) = delete;

  /// Runs it there and waits. One caller at a time.
  void run(const std::function<void()>& task) {
    std::unique_lock lock(mutex_);
    task_ = &task;
    changed_.notify_all();
    changed_.wait(lock, [this] { return task_ == nullptr; });
  }

 private:
  void loop() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return task_ != nullptr || ended_; });
      if (task_ == nullptr) return;
      const std::function<void()>& task = *task_;
      lock.unlock();
      task();
      lock.lock();
      task_ = nullptr;
      changed_.notify_all();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  const std::function<void()>* task_ = nullptr;  ///< guarded by mutex_, as `ended_`
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace ode::server
