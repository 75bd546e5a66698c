// Which handler answers which method and path. The table is also what the OpenAPI document is compared with.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "server/http/message.h"

namespace ode::server {

using Handler = std::function<Response(Request&)>;

struct Route {
  enum class Access : std::uint8_t { open, keyed };
  std::string method, pattern;  ///< "GET", "/v1/jobs/{id}"; a last segment {rest*} takes all that is left
  Access access = Access::keyed;
  Handler handler;
};

class Router {
 public:
  void add(Route route) { routes_.push_back(std::move(route)); }
  const std::vector<Route>& routes() const { return routes_; }

  struct Match {
    const Route* route = nullptr;      ///< nullptr: no such path, or not with this method
    std::vector<std::string> allowed;  ///< methods the path knows
    std::map<std::string, std::string> parameters;
  };
  /// HEAD is answered by GET.
  Match find(const std::string& method, const std::string& path) const;

 private:
  std::vector<Route> routes_;
};

}  // namespace ode::server
