// OpenType 1.9, "Font file"; W3C WOFF File Format 2.0. Our own writer: the tables are ours already, and with
// what is known of their outlines the transformed glyf table needs no parsing.
#include "engine/fonts/web/woff2.h"

#include <brotli/encode.h>

#include <algorithm>
#include <array>
#include <bit>

#include "engine/fonts/sfnt.h"

namespace ode::fonts {
namespace {

/// Of 11, which takes ten times as long for 3 to 10 % less (three pages of R-exts, lshort-zh-cn, cwttf-cjk) and was most of
/// the time of a short document; 9 fills tables of 32 MiB for one percent.
constexpr int kBrotliQuality = 7;

/// Of a window that holds all of it, with the sixteen bytes that the format keeps for itself.
int window_bits(std::size_t size_bytes) {
  return std::clamp(static_cast<int>(std::bit_width(size_bytes + 16)), BROTLI_MIN_WINDOW_BITS, BROTLI_MAX_WINDOW_BITS);
}

std::uint32_t checksum(const std::vector<std::uint8_t>& bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    sum += static_cast<std::uint32_t>(bytes[i]) << (8 * (3 - i % 4));
  return sum;
}

/// WOFF2, 4.2: seven bits a byte, the high bit for "more follows".
void base128(FontBytes& out, std::size_t v) {
  int bytes = 1;
  for (std::size_t rest = v >> 7; rest != 0; rest >>= 7) ++bytes;
  for (int k = bytes - 1; k >= 0; --k)
    out.u8(static_cast<unsigned>(v >> (7 * k) & 0x7f) | (k > 0 ? 0x80 : 0));
}

/// WOFF2, 5 (table of known tags): the ones we write.
constexpr std::array<std::pair<std::uint32_t, unsigned>, 14> kKnownTags{{
    {tag_of("cmap"), 0},
    {tag_of("head"), 1},
    {tag_of("hhea"), 2},
    {tag_of("hmtx"), 3},
    {tag_of("maxp"), 4},
    {tag_of("name"), 5},
    {tag_of("OS/2"), 6},
    {tag_of("post"), 7},
    {tag_of("glyf"), 10},
    {tag_of("loca"), 11},
    {tag_of("CFF "), 13},
    {tag_of("GDEF"), 26},
    {tag_of("GPOS"), 27},
    {tag_of("GSUB"), 28},
}};

unsigned known_tag(std::uint32_t tag) {
  const auto* at =
      std::find_if(kKnownTags.begin(), kKnownTags.end(), [tag](const auto& k) { return k.first == tag; });
  return at->second;
}

/// For glyf and loca version 0 means transformed; for hmtx it is 1.
unsigned transform_bits(const FontTable& table) {
  if (!table.is_transformed) return 0;
  return table.tag == tag_of("hmtx") ? 0x40 : 0;
}

Result<std::vector<std::uint8_t>> compress(const FontBytes& bytes) {
  std::vector<std::uint8_t> out(BrotliEncoderMaxCompressedSize(bytes.size()));
  std::size_t size = out.size();
  if (BrotliEncoderCompress(kBrotliQuality, window_bits(bytes.size()), BROTLI_MODE_FONT, bytes.size(),
                            bytes.bytes().data(), &size, out.data()) != BROTLI_TRUE)
    return Error{ErrorKind::internal, "brotli did not compress a web font"};
  out.resize(size);
  return out;
}

std::size_t padded(std::size_t size) { return (size + 3) / 4 * 4; }

}  // namespace

std::vector<std::uint8_t> wrap_open_type(std::uint32_t flavour, const std::vector<FontTable>& tables) {
  const auto count = static_cast<unsigned>(tables.size());
  unsigned log = 0;
  while ((2u << log) <= count) ++log;
  FontBytes file, body;
  file.u32(flavour).u16(count).u16(16u << log).u16(log).u16(16 * count - (16u << log));
  const std::size_t begin = 12 + 16 * tables.size();
  std::size_t head_at = 0;
  for (const FontTable& table : tables) {
    if (table.tag == tag_of("head")) head_at = begin + body.size();
    file.u32(table.tag)
        .u32(checksum(table.bytes.bytes()))
        .u32(static_cast<std::uint32_t>(begin + body.size()));
    file.u32(static_cast<std::uint32_t>(table.bytes.size()));
    body.add(table.bytes).zeros(padded(table.bytes.size()) - table.bytes.size());
  }
  file.add(body);
  file.set_u32(head_at + 8, 0xb1b0afba - checksum(file.bytes()));
  return std::move(file).take();
}

Result<std::vector<std::uint8_t>> wrap_woff2(std::uint32_t flavour, const std::vector<FontTable>& tables) {
  FontBytes directory, body;
  std::size_t open_type_size = 12 + 16 * tables.size();
  for (const FontTable& table : tables) {
    directory.u8(known_tag(table.tag) | transform_bits(table));
    base128(directory, table.bytes.size());
    if (table.is_transformed) base128(directory, table.transformed.size());
    body.add(table.is_transformed ? table.transformed : table.bytes);
    open_type_size += padded(table.bytes.size());
  }
  auto compressed = compress(body);
  if (!compressed) return compressed.error();
  const std::size_t size = padded(48 + directory.size() + compressed->size());
  FontBytes file;
  file.text("wOF2")
      .u32(flavour)
      .u32(static_cast<std::uint32_t>(size))
      .u16(static_cast<unsigned>(tables.size()))
      .u16(0);
  file.u32(static_cast<std::uint32_t>(open_type_size)).u32(static_cast<std::uint32_t>(compressed->size()));
  file.u16(1).u16(0).zeros(20).add(directory).add(*compressed);
  return std::move(file.zeros(size - file.size())).take();
}

}  // namespace ode::fonts
