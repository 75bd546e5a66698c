#include "server/worker/webhooks.h"

#include <array>
#include <nlohmann/json.hpp>

#include "server/base/clock.h"
#include "server/base/digest.h"

namespace ode::server {
namespace {

constexpr int kThreads = 4;  // one slow receiver does not hold up the others
constexpr int kPoll_ms = 500;
constexpr std::int64_t kTime_s = 15, kLease_ms = 60'000;
// After the first, second … failure; then it is given up.
constexpr std::array<std::int64_t, 8> kPauses_s = {5, 30, 120, 600, 1800, 7200, 18000, 36000};

}  // namespace

std::vector<std::string> webhook_headers(const std::string& secret, const std::string& id,
                                         std::int64_t timestamp_s, const std::string& body) {
  constexpr std::string_view kPrefix = "whsec_";
  const auto decoded = secret.rfind(kPrefix, 0) == 0
                           ? from_base64(std::string_view(secret).substr(kPrefix.size()))
                           : std::nullopt;
  const std::string time = std::to_string(timestamp_s);
  const std::string signature =
      to_base64(hmac_sha256(decoded.value_or(secret), id + "." + time + "." + body));
  return {"webhook-id: " + id, "webhook-timestamp: " + time, "webhook-signature: v1," + signature};
}

WebhookSender::WebhookSender(const WorkerParts& parts, const Outbound& outbound)
    : parts_(parts), outbound_(outbound) {
  for (int i = 0; i < kThreads; ++i) threads_.emplace_back([this] { loop(); });
}

WebhookSender::~WebhookSender() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopping_changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void WebhookSender::loop() {
  for (;;) {
    const auto taken = parts_.store.take_webhooks(1, kLease_ms);
    if (!taken) parts_.log.warning("webhooks_unreachable", {{"error", taken.error().message}});
    if (taken && !taken.value().empty()) send(taken.value().front());
    const bool more = taken && !taken.value().empty();
    std::unique_lock lock(mutex_);
    if (stopping_changed_.wait_for(lock, std::chrono::milliseconds(more ? 0 : kPoll_ms),
                                   [this] { return stopping_; }))
      return;
  }
}

void WebhookSender::send(const Webhook& webhook) {
  const auto headers =
      webhook_headers(parts_.config.webhook_secret, webhook.id, wall_ms() / 1000, webhook.body);
  const auto status = outbound_.post(webhook.url, webhook.body, headers, kTime_s);
  const bool taken = status && *status >= 200 && *status < 300;
  const std::string why = status ? "answered " + std::to_string(*status) : status.error().message;
  // 410: the receiver wants no more of it (Standard Webhooks).
  const auto failures = static_cast<std::size_t>(webhook.attempts);
  const bool over = (status && *status == 410) || failures > kPauses_s.size();
  const Status kept =
      taken ? parts_.store.webhook_done(webhook.id)
            : parts_.store.webhook_failed(webhook, why, over ? -1 : kPauses_s[failures - 1] * 1000);
  if (!kept)
    parts_.log.warning("webhook_not_noted", {{"webhook", webhook.id}, {"error", kept.error().message}});
  parts_.metrics.add("ode_webhooks_total", {{"outcome", taken  ? "taken"
                                                        : over ? "given_up"
                                                               : "to_be_retried"}});
  if (!taken)
    parts_.log.warning("webhook_failed",
                       {{"webhook", webhook.id}, {"attempt", webhook.attempts}, {"error", why}});
}

}  // namespace ode::server
