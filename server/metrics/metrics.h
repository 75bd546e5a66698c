// Numbers for Prometheus (text format 0.0.4).
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace ode::server {

/// Counters, gauges and histograms by name and labels. Any thread. Names and label names are literals; label
/// values are few and ours, never a client's.
class Metrics {
 public:
  using Labels = std::map<std::string, std::string>;

  /// Says what a name means; once, before it is used. `buckets` makes it a histogram, upper bounds ascending.
  void describe_counter(const std::string& name, const std::string& help);
  void describe_gauge(const std::string& name, const std::string& help);
  void describe_histogram(const std::string& name, const std::string& help, std::vector<double> buckets);

  void add(const std::string& name, const Labels& labels = {}, double amount = 1);
  void set(const std::string& name, const Labels& labels, double value);
  void observe(const std::string& name, const Labels& labels, double value);
  /// Sum over all labels; for the status page.
  double total(const std::string& name) const;

  std::string text() const;

 private:
  struct Series {
    double value = 0;  ///< histogram: sum
    std::vector<std::uint64_t> buckets;
    std::uint64_t count = 0;
  };
  struct Family {
    std::string type, help;
    std::vector<double> bounds;
    std::map<Labels, Series> series;
  };
  void describe(const std::string& name, Family family);
  mutable std::mutex mutex_;
  std::map<std::string, Family> families_;
};

/// Every metric of the batch host, described (docs/operations.md has the list).
void describe_metrics(Metrics& metrics);

}  // namespace ode::server
