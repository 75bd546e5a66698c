// Requests that strangers make this host send: documents by URL, webhooks. libcurl, with every connection
// checked at the moment it is made, so that neither a name that changes its mind nor a redirect leads inside.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace ode::server {

/// http or https, with a host, without an account. Errors: malformed.
Status check_outbound_url(const std::string& url);

/// Any thread.
class Outbound {
 public:
  /// `private_addresses`: addresses that may be connected to although they are not public.
  explicit Outbound(std::vector<std::string> private_addresses);

  /// GET, following at most three redirects. Errors: malformed (URL, an address that is not allowed, an
  /// answer other than 200), those of `sink`; unsupported when the other side does not answer or is too slow.
  Status fetch(const std::string& url, std::int64_t time_s,
               const std::function<Status(std::string_view)>& sink) const;
  /// POST of JSON without redirects. Gives the status code. Errors: as above.
  Result<int> post(const std::string& url, const std::string& body, const std::vector<std::string>& headers,
                   std::int64_t time_s) const;

 private:
  std::vector<std::string> private_addresses_;
};

}  // namespace ode::server
