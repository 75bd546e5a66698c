// Where the data of an inline image ends (ISO 32000-2, 8.9.7): nothing in the stream says so. Without filters
// the dictionary promises a size; ASCII filters have an end mark; for all else an EI is looked for that is
// followed by what reads as a content stream.
#include <algorithm>
#include <string_view>

#include "engine/pdf/color/space.h"
#include "engine/pdf/images/image.h"
#include "engine/pdf/images/params.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0'; }

/// "EI" at `at`, set apart by white space or the end.
bool is_end(std::string_view rest, std::size_t at) {
  if (at + 2 > rest.size() || rest[at] != 'E' || rest[at + 1] != 'I') return false;
  return at + 2 == rest.size() || is_space(rest[at + 2]);
}

/// Text as content streams have it, for a few bytes after an EI.
bool reads_as_content(std::string_view after) {
  constexpr std::size_t kLooked = 24;
  const std::string_view head = after.substr(0, kLooked);
  return std::all_of(head.begin(), head.end(),
                     [](char c) { return is_space(c) ? c != '\0' : c >= 0x20 && c < 0x7f; });
}

std::size_t skip_spaces(std::string_view rest, std::size_t at) {
  while (at < rest.size() && is_space(rest[at])) ++at;
  return at;
}

/// The first EI from `from` on that stands behind white space and before content; else the first that stands
/// apart; else the end.
std::size_t find_end(std::string_view rest, std::size_t from) {
  std::size_t apart = rest.size();
  for (std::size_t at = rest.find("EI", from); at != std::string_view::npos; at = rest.find("EI", at + 1)) {
    if (!is_end(rest, at) || (at > from && !is_space(rest[at - 1]))) continue;
    if (reads_as_content(rest.substr(at + 2))) return at;
    apart = std::min(apart, at);
  }
  return apart;
}

std::string first_filter(Dict& dict) {
  Object filter = dict.lookup("Filter");
  if (filter.isNull()) filter = dict.lookup("F");
  return filter.isArray() ? name_of(element(filter, 0)) : name_of(filter);
}

/// Bytes that an unfiltered image has; 0 when the dictionary does not tell.
std::size_t promised_size(Context& context, Dict& dict, const Resources* resources) {
  const Object holder(dict.copy(context.xref()));
  const auto params = read_image_params(context, holder, 0);
  if (!params.ok()) return 0;
  std::size_t components = 1;
  std::size_t bits = params->stencil ? 1 : static_cast<std::size_t>(params->bits);
  if (!params->stencil && !params->color_space.isNull()) {
    const auto space = ColorSpace::parse(context, params->color_space, resources);
    if (!space.ok()) return 0;
    components = static_cast<std::size_t>((*space)->components());
  }
  if (bits == 0) bits = 8;
  if (bits > 16) return 0;
  return (static_cast<std::size_t>(params->width) * components * bits + 7) / 8 *
         static_cast<std::size_t>(params->height);
}

}  // namespace

std::size_t inline_image_length(Context& context, Dict& dict, ByteView rest_bytes,
                                const Resources* resources) {
  const std::string_view rest = as_chars(rest_bytes);
  const std::string filter = first_filter(dict);
  std::size_t from = 0;
  if (filter.empty()) {
    from = promised_size(context, dict, resources);
    if (from > rest.size()) from = 0;
    if (from > 0) {
      const std::size_t at = skip_spaces(rest, from);
      if (is_end(rest, at)) return at;
      from = 0;  // the dictionary was wrong
    }
  } else if (filter == "ASCII85Decode" || filter == "A85") {
    if (const std::size_t mark = rest.find("~>"); mark != std::string_view::npos) from = mark + 2;
  } else if (filter == "ASCIIHexDecode" || filter == "AHx") {
    if (const std::size_t mark = rest.find('>'); mark != std::string_view::npos) from = mark + 1;
  }
  return find_end(rest, from);
}

}  // namespace ode::pdf
