#include "engine/export/links.h"

#include <algorithm>

namespace ode::exporter {
namespace {

constexpr std::string_view kSchemes[] = {"http:", "https:", "mailto:", "ftp:", "tel:", "news:"};
constexpr std::size_t kUrlBytesMax = 8192;

bool starts_with_ignoring_case(std::string_view text, std::string_view lower_case_prefix) {
  if (text.size() < lower_case_prefix.size()) return false;
  return std::equal(lower_case_prefix.begin(), lower_case_prefix.end(), text.begin(), [](char p, char c) {
    return p == (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  });
}

}  // namespace

std::string safe_url(std::string_view uri) {
  while (!uri.empty() && static_cast<unsigned char>(uri.front()) <= ' ') uri.remove_prefix(1);
  while (!uri.empty() && static_cast<unsigned char>(uri.back()) <= ' ') uri.remove_suffix(1);
  if (uri.size() > kUrlBytesMax) return {};
  // Browsers drop controls inside a scheme, so a URI that has any is not what it seems.
  if (std::any_of(uri.begin(), uri.end(), [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7f; })) return {};
  if (starts_with_ignoring_case(uri, "www.")) return "http://" + std::string(uri);
  for (const std::string_view scheme : kSchemes) {
    if (starts_with_ignoring_case(uri, scheme)) return std::string(uri);
  }
  return {};
}

}  // namespace ode::exporter
