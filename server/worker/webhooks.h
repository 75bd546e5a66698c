// Sends webhooks (Standard Webhooks: id, timestamp, HMAC signature) from the store, until they are taken or
// given up. At least once each: receivers know a repeated one by its id.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "server/outbound/outbound.h"
#include "server/worker/worker.h"

namespace ode::server {

/// The three headers. `secret`: "whsec_" and base64, or any text.
std::vector<std::string> webhook_headers(const std::string& secret, const std::string& id,
                                         std::int64_t timestamp_s, const std::string& body);

class WebhookSender {
 public:
  WebhookSender(const WorkerParts& parts, const Outbound& outbound);
  ~WebhookSender();

 private:
  void loop();
  void send(const Webhook& webhook);

  const WorkerParts parts_;
  const Outbound& outbound_;
  std::mutex mutex_;
  std::condition_variable stopping_changed_;
  bool stopping_ = false;  ///< guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace ode::server
