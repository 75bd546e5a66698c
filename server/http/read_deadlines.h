// Ends the reading of bodies whose time is over. civetweb waits for a whole block however slowly it trickles
// in, and tells nobody which socket it reads: so the socket is found by its peer, and its receiving side
// shut, which ends the wait and leaves the answer possible.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace ode::server {

class ReadDeadlines {
 public:
  ReadDeadlines();
  ~ReadDeadlines();

  /// One body being read. From its making to its end the connection must not be closed by others.
  class Entry {
   public:
    Entry(ReadDeadlines& all, std::string address, int port, std::int64_t deadline_ms);
    ~Entry();
    Entry(const Entry&) = delete;
    Entry& operator=(const Entry&) = delete;
    void move_to(std::int64_t deadline_ms) { deadline_ms_.store(deadline_ms); }

   private:
    friend class ReadDeadlines;
    ReadDeadlines& all_;
    const std::string address_;
    const int port_;
    std::atomic<std::int64_t> deadline_ms_;  ///< of steady_ms()
    bool ended_ = false;
  };

 private:
  void watch();
  std::mutex mutex_;  ///< guards all below; held while a socket is shut, so that its entry stays
  std::condition_variable changed_;
  std::list<Entry*> entries_;
  bool stopping_ = false;
  std::thread watcher_;
};

}  // namespace ode::server
