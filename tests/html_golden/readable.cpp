#include "tests/html_golden/readable.h"

#include <webp/decode.h>

#include <memory>
#include <span>

#include "engine/export/markup.h"
#include "tests/support/picture.h"

namespace ode::testing {
namespace {

ByteVector from_base64(std::string_view text) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  ByteVector out;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t digit = kDigits.find(c);
    if (digit == std::string_view::npos) break;  // the padding
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    if ((count += 6) < 8) continue;
    count -= 8;
    out.push_back(static_cast<std::byte>(bits >> count & 0xff));
  }
  return out;
}

std::string identity_of(int width_px, int height_px, ByteView samples) {
  return std::to_string(width_px) + "×" + std::to_string(height_px) + "," + exporter::hash_name(samples);
}

std::string webp_identity(ByteView bytes) {
  int width_px = 0, height_px = 0;
  const std::unique_ptr<std::uint8_t, decltype(&WebPFree)> rgba(
      WebPDecodeRGBA(as_u8(bytes.data()), bytes.size(), &width_px, &height_px), WebPFree);
  if (rgba == nullptr) return "damaged";
  const std::size_t size = std::size_t{4} * static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px);
  return identity_of(width_px, height_px, std::as_bytes(std::span(rgba.get(), size)));
}

std::string identity_of(std::string_view mime_type, std::string_view base64) {
  if (mime_type == "font/woff2") return "…";
  const ByteVector bytes = from_base64(base64);
  if (mime_type == "image/webp") return webp_identity(bytes);
  if (mime_type != "image/png") return exporter::hash_name(bytes);
  const auto picture = read_png(bytes);
  if (!picture) return to_string(picture.error());
  return identity_of(picture->width_px, picture->height_px, std::as_bytes(std::span(picture->samples)));
}

}  // namespace

std::string readable(std::string_view markup) {
  constexpr std::string_view kStyle = "<style>\n", kStyleEnd = "</style>\n</head>",
                             kData = "data:", kBase64 = ";base64,";
  std::string out;
  if (const std::size_t end = markup.find(kStyleEnd); end != std::string_view::npos) {
    out += std::string(markup.substr(0, markup.find(kStyle))) + "<style>…";
    markup.remove_prefix(end);
  }
  for (std::size_t at = 0; (at = markup.find(kData)) != std::string_view::npos;) {
    const std::size_t base64 = markup.find(kBase64, at);
    if (base64 == std::string_view::npos) break;
    const std::string_view mime_type = markup.substr(at + kData.size(), base64 - at - kData.size());
    const std::size_t begin = base64 + kBase64.size(), end = markup.find_first_of(")\"", begin);
    out += std::string(markup.substr(0, begin)) + identity_of(mime_type, markup.substr(begin, end - begin));
    markup.remove_prefix(end);
  }
  return out += markup;
}

}  // namespace ode::testing
