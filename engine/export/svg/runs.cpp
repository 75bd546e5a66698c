#include "engine/export/svg/runs.h"

namespace ode::exporter {
namespace {

constexpr std::string_view kPath = "<path", kData = " d=\"", kEnd = "\"/>";
constexpr int kRunMin = 3;

/// `<path attributes d="data"/>`, the form in which SvgWriter writes all paths.
struct PathElement {
  std::string_view attributes, data;
  std::size_t size = 0;  ///< of the element; 0: there is none here
};

PathElement path_at(std::string_view body, std::size_t at) {
  if (body.substr(at, kPath.size()) != kPath) return {};
  const std::size_t begin = at + kPath.size();
  const std::size_t data = body.find(kData, begin);
  if (data == std::string_view::npos || data > body.find('>', begin)) return {};
  const std::size_t end = body.find(kEnd, data + kData.size());
  if (end == std::string_view::npos) return {};
  return {body.substr(begin, data - begin), body.substr(data + kData.size(), end - data - kData.size()), end + kEnd.size() - at};
}

/// What has an effect on each path by itself cannot be said of all together.
bool can_share(std::string_view attributes) {
  return attributes.find(" opacity=") == std::string_view::npos && attributes.find(" style=") == std::string_view::npos;
}

/// Opaque strokes of one colour show the same where they cross, drawn one by one or at once.
bool is_opaque_stroke(std::string_view attributes) {
  return attributes.find(" fill=\"none\"") == 0 && attributes.find(" stroke=\"#") != std::string_view::npos &&
         attributes.find("opacity=") == std::string_view::npos;
}

}  // namespace

std::string merge_runs(std::string_view body) {
  std::string out;
  out.reserve(body.size());
  std::size_t at = 0;
  while (at < body.size()) {
    const PathElement first = path_at(body, at);
    if (first.size == 0) {
      const std::size_t next = body.find(kPath, at + 1);
      out += body.substr(at, next - at);
      at = next == std::string_view::npos ? body.size() : next;
      continue;
    }
    int count = 1;
    std::size_t end = at + first.size;
    for (PathElement next = path_at(body, end); next.size > 0 && next.attributes == first.attributes; next = path_at(body, end)) {
      ++count;
      end += next.size;
    }
    const bool shared = count >= kRunMin && can_share(first.attributes);
    if (!shared) {
      out += body.substr(at, first.size);
      at += first.size;
      continue;
    }
    const bool one_path = is_opaque_stroke(first.attributes);
    out += one_path ? "<path" : "<g";
    out += first.attributes;
    out += one_path ? " d=\"" : ">";
    while (at < end) {
      const PathElement path = path_at(body, at);
      if (one_path) {
        out += path.data;
      } else {
        out.append("<path d=\"").append(path.data).append("\"/>");
      }
      at += path.size;
    }
    out += one_path ? "\"/>" : "</g>";
  }
  return out;
}

}  // namespace ode::exporter
