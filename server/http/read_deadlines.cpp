#include "server/http/read_deadlines.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <chrono>

#include "server/base/clock.h"
#include "server/base/text.h"

namespace ode::server {
namespace {

constexpr std::chrono::milliseconds kLook{250};

bool is_peer(int fd, const std::string& address, int port) {
  sockaddr_storage peer{};
  socklen_t size = sizeof peer;
  if (::getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &size) != 0) return false;
  char text[INET6_ADDRSTRLEN] = "";
  if (peer.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(peer);
    return ntohs(v4.sin_port) == port && ::inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text) != nullptr &&
           address == text;
  }
  if (peer.ss_family != AF_INET6) return false;
  const auto& v6 = reinterpret_cast<const sockaddr_in6&>(peer);
  return ntohs(v6.sin6_port) == port && ::inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text) != nullptr &&
         address == text;
}

/// Rare, so a look through all descriptors does no harm.
void shut_reading(const std::string& address, int port) {
  DIR* const folder = ::opendir("/proc/self/fd");
  if (folder == nullptr) return;
  while (const dirent* entry = ::readdir(folder)) {
    const auto fd = to_integer(entry->d_name);
    if (fd && is_peer(static_cast<int>(*fd), address, port)) ::shutdown(static_cast<int>(*fd), SHUT_RD);
  }
  ::closedir(folder);
}

}  // namespace

ReadDeadlines::ReadDeadlines() : watcher_([this] { watch(); }) {}

ReadDeadlines::~ReadDeadlines() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  watcher_.join();
}

void ReadDeadlines::watch() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, kLook, [this] { return stopping_; })) {
    const std::int64_t now_ms = steady_ms();
    for (Entry* const entry : entries_) {
      if (entry->ended_ || now_ms < entry->deadline_ms_.load()) continue;
      entry->ended_ = true;
      shut_reading(entry->address_, entry->port_);
    }
  }
}

ReadDeadlines::Entry::Entry(ReadDeadlines& all, std::string address, int port, std::int64_t deadline_ms)
    : all_(all), address_(std::move(address)), port_(port), deadline_ms_(deadline_ms) {
  const std::lock_guard lock(all_.mutex_);
  all_.entries_.push_back(this);
}

ReadDeadlines::Entry::~Entry() {
  const std::lock_guard lock(all_.mutex_);
  all_.entries_.remove(this);
}

}  // namespace ode::server
