#include "server/http/message.h"

#include <nlohmann/json.hpp>

namespace ode::server {

std::string Request::header(const std::string& lower_name) const {
  const auto found = headers.find(lower_name);
  return found == headers.end() ? std::string() : found->second;
}

std::string Request::parameter(const std::string& name) const {
  const auto found = parameters.find(name);
  return found == parameters.end() ? std::string() : found->second;
}

Response json_response(int status, const Json& json) {
  return text_response(status, json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n",
                       "application/json");
}

Response text_response(int status, std::string text, const std::string& content_type) {
  Response response;
  response.status = status;
  response.body = std::move(text);
  response.headers = {{"Content-Type", content_type}, {"Cache-Control", "no-store"}};
  return response;
}

}  // namespace ode::server
