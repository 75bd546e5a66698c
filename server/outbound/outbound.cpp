#include "server/outbound/outbound.h"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <memory>

#include "server/base/text.h"
#include "server/outbound/addresses.h"

namespace ode::server {
namespace {

constexpr std::size_t kUrlBytesMax = 2048;
constexpr long kConnect_s = 5, kRedirectsMax = 3;
constexpr long kLeastBytes_s = 1024, kLeastFor_s = 10;

using Curl = std::unique_ptr<CURL, void (*)(CURL*)>;
using Lines = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

/// One transfer, as libcurl's callbacks see it.
struct Transfer {
  const std::vector<std::string>& private_addresses;
  const std::function<Status(std::string_view)>* sink = nullptr;
  CURL* handle = nullptr;
  std::string refused;  ///< address that was not allowed
  Status taken = Ok{};

  static curl_socket_t open_socket(void* self, curlsocktype, curl_sockaddr* to) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::string address = address_text(to->addr);
    const auto& allowed = transfer.private_addresses;
    if (!is_public_address(to->addr) && std::find(allowed.begin(), allowed.end(), address) == allowed.end()) {
      transfer.refused = address;
      return CURL_SOCKET_BAD;
    }
    return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
  }

  static std::size_t write(char* bytes, std::size_t, std::size_t count, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    if (transfer.sink == nullptr) return count;  // what a webhook's receiver says is not kept
    long status = 0;
    curl_easy_getinfo(transfer.handle, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) return count;
    transfer.taken = (*transfer.sink)({bytes, count});
    return transfer.taken ? count : 0;
  }
};

Curl make_handle(Transfer& transfer, const std::string& url, std::int64_t time_s) {
  Curl curl(curl_easy_init(), curl_easy_cleanup);
  transfer.handle = curl.get();
  curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl.get(), CURLOPT_PROXY, "");  // a proxy would resolve names by itself
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, static_cast<long>(time_s));
  curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, kConnect_s);
  curl_easy_setopt(curl.get(), CURLOPT_LOW_SPEED_LIMIT, kLeastBytes_s);
  curl_easy_setopt(curl.get(), CURLOPT_LOW_SPEED_TIME, kLeastFor_s);
  curl_easy_setopt(curl.get(), CURLOPT_USERAGENT, "ode-server");
  curl_easy_setopt(curl.get(), CURLOPT_OPENSOCKETFUNCTION, Transfer::open_socket);
  curl_easy_setopt(curl.get(), CURLOPT_OPENSOCKETDATA, &transfer);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, Transfer::write);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &transfer);
  return curl;
}

/// The status code, or why there is none.
Result<int> perform(const Curl& curl, Transfer& transfer) {
  const CURLcode code = curl_easy_perform(curl.get());
  if (!transfer.taken) return transfer.taken.error();
  // Not which address: that would make this a map of the network inside.
  if (!transfer.refused.empty())
    return Error{ErrorKind::malformed, "\"url\": the host is not on the public Internet"};
  if (code == CURLE_TOO_MANY_REDIRECTS) return Error{ErrorKind::malformed, "\"url\": too many redirects"};
  if (code != CURLE_OK)
    return Error{ErrorKind::unsupported, std::string("\"url\": ") + curl_easy_strerror(code)};
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  return static_cast<int>(status);
}

}  // namespace

Status check_outbound_url(const std::string& url) {
  const Error error{ErrorKind::malformed, "\"url\": expected an http or https URL"};
  if (url.size() > kUrlBytesMax || !is_utf8(url)) return error;
  const std::unique_ptr<CURLU, void (*)(CURLU*)> parsed(curl_url(), curl_url_cleanup);
  if (parsed == nullptr || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK)
    return error;
  const auto part = [&](CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(parsed.get(), which, &text, 0) != CURLUE_OK) return std::string();
    std::string copy = text;
    curl_free(text);
    return copy;
  };
  const std::string scheme = part(CURLUPART_SCHEME);
  if ((scheme != "http" && scheme != "https") || part(CURLUPART_HOST).empty()) return error;
  if (!part(CURLUPART_USER).empty() || !part(CURLUPART_PASSWORD).empty())
    return Error{ErrorKind::malformed, "\"url\": no account in the URL, please"};
  return Ok{};
}

Outbound::Outbound(std::vector<std::string> private_addresses)
    : private_addresses_(std::move(private_addresses)) {
  curl_global_init(CURL_GLOBAL_DEFAULT);
}

Status Outbound::fetch(const std::string& url, std::int64_t time_s,
                       const std::function<Status(std::string_view)>& sink) const {
  ODE_TRY(check_outbound_url(url));
  Transfer transfer{private_addresses_, &sink};
  const Curl curl = make_handle(transfer, url, time_s);
  curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_MAXREDIRS, kRedirectsMax);
  const int status = ODE_TRY(perform(curl, transfer));
  if (status != 200)
    return Error{ErrorKind::malformed, "\"url\": the other side answered " + std::to_string(status)};
  return Ok{};
}

Result<int> Outbound::post(const std::string& url, const std::string& body,
                           const std::vector<std::string>& headers, std::int64_t time_s) const {
  ODE_TRY(check_outbound_url(url));
  Transfer transfer{private_addresses_};
  const Curl curl = make_handle(transfer, url, time_s);
  Lines lines(curl_slist_append(nullptr, "Content-Type: application/json"), curl_slist_free_all);
  for (const std::string& header : headers) curl_slist_append(lines.get(), header.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, lines.get());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  return perform(curl, transfer);
}

}  // namespace ode::server
