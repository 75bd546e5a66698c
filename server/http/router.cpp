#include "server/http/router.h"

#include <optional>

#include "server/base/text.h"

namespace ode::server {
namespace {

std::optional<std::map<std::string, std::string>> matched(const std::string& pattern,
                                                          const std::string& path) {
  const auto wanted = split(pattern, '/'), given = split(path, '/');
  std::map<std::string, std::string> parameters;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (i >= given.size()) return std::nullopt;
    const std::string_view name = wanted[i];
    if (name.empty() || name.front() != '{') {
      if (name != given[i]) return std::nullopt;
      continue;
    }
    const bool rest = name.size() > 3 && name[name.size() - 2] == '*';
    const std::size_t start = static_cast<std::size_t>(given[i].data() - path.data());
    const auto value = percent_decode(rest ? std::string_view(path).substr(start) : given[i], Plus::plus);
    if (!value || value->empty()) return std::nullopt;
    parameters[std::string(name.substr(1, name.size() - (rest ? 3 : 2)))] = *value;
    if (rest) return parameters;
  }
  if (given.size() != wanted.size()) return std::nullopt;
  return parameters;
}

}  // namespace

Router::Match Router::find(const std::string& method, const std::string& path) const {
  Match match;
  for (const Route& route : routes_) {
    const auto parameters = matched(route.pattern, path);
    if (!parameters) continue;
    match.allowed.push_back(route.method);
    if (route.method == "GET") match.allowed.emplace_back("HEAD");
    if (match.route != nullptr || (route.method != method && !(method == "HEAD" && route.method == "GET")))
      continue;
    match.route = &route;
    match.parameters = *parameters;
  }
  return match;
}

}  // namespace ode::server
