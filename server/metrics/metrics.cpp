#include "server/metrics/metrics.h"

#include <cassert>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace ode::server {
namespace {

/// Whole numbers as such; the C locale is never changed in this program.
std::string number(double value) {
  if (value == std::floor(value) && std::abs(value) < 1e15)
    return std::to_string(static_cast<long long>(value));
  char text[40];
  std::snprintf(text, sizeof text, "%.9g", value);
  return text;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '"') out.push_back('\\');
    out += c == '\n' ? std::string("\\n") : std::string(1, c);
  }
  return out;
}

std::string label_text(const Metrics::Labels& labels, const std::string& bound) {
  std::string out;
  for (const auto& [name, value] : labels)
    out += (out.empty() ? "" : ",") + name + "=\"" + escaped(value) + "\"";
  if (!bound.empty()) out += (out.empty() ? "le=\"" : ",le=\"") + bound + "\"";
  return out.empty() ? "" : "{" + out + "}";
}

}  // namespace

void Metrics::describe(const std::string& name, Family family) {
  const std::lock_guard lock(mutex_);
  families_.emplace(name, std::move(family));
}
void Metrics::describe_counter(const std::string& name, const std::string& help) {
  describe(name, {"counter", help, {}, {}});
}
void Metrics::describe_gauge(const std::string& name, const std::string& help) {
  describe(name, {"gauge", help, {}, {}});
}
void Metrics::describe_histogram(const std::string& name, const std::string& help,
                                 std::vector<double> buckets) {
  describe(name, {"histogram", help, std::move(buckets), {}});
}

void Metrics::add(const std::string& name, const Labels& labels, double amount) {
  const std::lock_guard lock(mutex_);
  assert(families_.count(name) == 1);
  families_[name].series[labels].value += amount;
}

void Metrics::set(const std::string& name, const Labels& labels, double value) {
  const std::lock_guard lock(mutex_);
  assert(families_.count(name) == 1);
  families_[name].series[labels].value = value;
}

void Metrics::observe(const std::string& name, const Labels& labels, double value) {
  const std::lock_guard lock(mutex_);
  assert(families_.count(name) == 1);
  Family& family = families_[name];
  Series& series = family.series[labels];
  series.buckets.resize(family.bounds.size());
  for (std::size_t i = 0; i < family.bounds.size(); ++i) {
    if (value <= family.bounds[i]) ++series.buckets[i];
  }
  ++series.count;
  series.value += value;
}

double Metrics::total(const std::string& name) const {
  const std::lock_guard lock(mutex_);
  const auto family = families_.find(name);
  double sum = 0;
  if (family == families_.end()) return sum;
  for (const auto& [labels, series] : family->second.series) sum += series.value;
  return sum;
}

std::string Metrics::text() const {
  const std::lock_guard lock(mutex_);
  std::string out;
  for (const auto& [name, family] : families_) {
    out += "# HELP " + name + " " + family.help + "\n# TYPE " + name + " " + family.type + "\n";
    for (const auto& [labels, series] : family.series) {
      if (family.type != "histogram") {
        out += name + label_text(labels, "") + " " + number(series.value) + "\n";
        continue;
      }
      for (std::size_t i = 0; i < family.bounds.size(); ++i)
        out += name + "_bucket" + label_text(labels, number(family.bounds[i])) + " " +
               std::to_string(series.buckets[i]) + "\n";
      out += name + "_bucket" + label_text(labels, "+Inf") + " " + std::to_string(series.count) + "\n";
      out += name + "_sum" + label_text(labels, "") + " " + number(series.value) + "\n";
      out += name + "_count" + label_text(labels, "") + " " + std::to_string(series.count) + "\n";
    }
  }
  return out;
}

void describe_metrics(Metrics& metrics) {
  const std::vector<double> seconds = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120};
  metrics.describe_histogram("ode_http_request_seconds",
                             "Requests by route and status class, first byte to last", seconds);
  metrics.describe_counter("ode_jobs_created_total", "Jobs accepted, by target");
  metrics.describe_counter("ode_jobs_finished_total", "Jobs ended, by state");
  metrics.describe_counter("ode_job_errors_total", "Jobs that failed, by error code");
  metrics.describe_counter("ode_job_retries_total", "Attempts put off for an error that may pass");
  metrics.describe_counter("ode_cache_hits_total", "Jobs answered with the result of an equal one");
  metrics.describe_histogram("ode_job_seconds", "From claim to end, by target", seconds);
  metrics.describe_histogram("ode_job_wait_seconds", "From creation to first claim", seconds);
  metrics.describe_counter("ode_child_ends_total", "Sandboxed children, by how they ended");
  metrics.describe_counter("ode_child_cpu_seconds_total", "Processor time of children");
  metrics.describe_counter("ode_leases_lost_total", "Results thrown away because the lease was another's");
  metrics.describe_counter("ode_webhooks_total", "Webhook deliveries, by outcome");
  metrics.describe_counter("ode_rejected_total", "Requests turned away, by reason");
  metrics.describe_gauge("ode_queue_depth",
                         "Jobs waiting or running whose time has come: scale workers by this");
  metrics.describe_gauge("ode_jobs", "Jobs by state");
  metrics.describe_gauge("ode_queue_oldest_seconds", "Age of the job that has waited longest");
  metrics.describe_gauge("ode_outbox_lag", "Jobs the queue has not been told of, and webhooks to be sent");
  metrics.describe_gauge("ode_workers_busy", "Children running in this process");
  metrics.describe_gauge("ode_build_info", "1; version and engine in the labels");
}

}  // namespace ode::server
