// See encode/png_file.h. W3C PNG specification, third edition; RFC 1950 for the frame of the data.
#include "engine/images/encode/png_file.h"

#include <libdeflate.h>

#include <algorithm>
#include <memory>
#include <new>
#include <string_view>

namespace ode::images {
namespace {

enum class ColorType : std::uint8_t { gray = 0, rgb = 2, palette = 3 };

constexpr std::uint8_t kSignature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
/// Deflate with the largest window, whatever window the document's own header promises.
constexpr std::uint8_t kZlibHeader[] = {0x78, 0x01};
constexpr std::size_t kFilterMax = 4;
/// Bilevel pictures are small once packed, and their patterns repeat at odd distances: worth a better search
/// than RowDeflater's.
constexpr int kPackedLevel = 5;

using Palette = std::vector<std::array<std::uint8_t, 4>>;

void append_u32(ByteVector& out, std::uint32_t v) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::byte>(v >> shift));
}
void append(ByteVector& out, ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }
template <std::size_t N>
void append(ByteVector& out, const std::uint8_t (&bytes)[N]) {
  append(out, std::as_bytes(std::span(bytes)));
}

/// Where the chunk begins, for end_chunk.
std::size_t begin_chunk(ByteVector& out, std::string_view type) {
  const std::size_t at = out.size();
  append_u32(out, 0);
  append(out, as_byte_view(type));
  return at;
}

void end_chunk(ByteVector& out, std::size_t at) {
  const auto size = static_cast<std::uint32_t>(out.size() - at - 8);
  for (std::size_t i = 0; i < 4; ++i) out[at + i] = static_cast<std::byte>(size >> (24 - 8 * i));
  append_u32(out, libdeflate_crc32(0, out.data() + at + 4, out.size() - at - 4));
}

void append_palette(ByteVector& out, const Palette& palette) {
  const std::size_t colors = begin_chunk(out, "PLTE");
  for (const auto& color : palette) append(out, std::as_bytes(std::span(color).first(3)));
  end_chunk(out, colors);
  if (std::all_of(palette.begin(), palette.end(), [](const auto& color) { return color[3] == 255; })) return;
  const std::size_t alphas = begin_chunk(out, "tRNS");
  for (const auto& color : palette) out.push_back(static_cast<std::byte>(color[3]));
  end_chunk(out, alphas);
}

struct Head {
  int width_px, height_px, bits;
  ColorType type;
};

/// A file of one IDAT: `deflated` without a frame, `adler` of what it holds.
ByteVector file_of(const Head& head, const Palette& palette, ByteView deflated, std::uint32_t adler) {
  ByteVector out;
  out.reserve(deflated.size() + 4 * palette.size() + 128);
  append(out, kSignature);
  const std::size_t ihdr = begin_chunk(out, "IHDR");
  append_u32(out, static_cast<std::uint32_t>(head.width_px));
  append_u32(out, static_cast<std::uint32_t>(head.height_px));
  const std::uint8_t kinds[] = {static_cast<std::uint8_t>(head.bits), static_cast<std::uint8_t>(head.type), 0,
                                0, 0};
  append(out, kinds);
  end_chunk(out, ihdr);
  if (!palette.empty()) append_palette(out, palette);
  const std::size_t idat = begin_chunk(out, "IDAT");
  append(out, kZlibHeader);
  append(out, deflated);
  append_u32(out, adler);
  end_chunk(out, idat);
  end_chunk(out, begin_chunk(out, "IEND"));
  return out;
}

ByteView without_header(ByteView stream) {
  const std::uint8_t* p = as_u8(stream.data());
  const bool framed =
      stream.size() >= 2 && (p[0] & 0x0f) == 8 && (p[0] * 256 + p[1]) % 31 == 0 && (p[1] & 0x20) == 0;
  return framed ? stream.subspan(2) : stream;
}

/// `packed` holds filtered rows.
Result<ByteVector> packed_file(const Head& head, const Palette& palette,
                               const std::vector<std::uint8_t>& packed) {
  const std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor(
      libdeflate_alloc_compressor(kPackedLevel), libdeflate_free_compressor);
  if (compressor == nullptr) return Error{ErrorKind::limit_exceeded, "no memory to compress an image"};
  ByteVector deflated(libdeflate_deflate_compress_bound(compressor.get(), packed.size()));
  deflated.resize(libdeflate_deflate_compress(compressor.get(), packed.data(), packed.size(), deflated.data(),
                                              deflated.size()));
  return file_of(head, palette, deflated, libdeflate_adler32(1, packed.data(), packed.size()));
}

/// Rows of a bit a pixel, set where there is 255, each behind a filter byte of none.
std::vector<std::uint8_t> packed_rows(const Pixmap& gray) {
  const std::size_t row_bytes = (static_cast<std::size_t>(gray.width_px) + 7) / 8;
  std::vector<std::uint8_t> out((row_bytes + 1) * static_cast<std::size_t>(gray.height_px));
  std::uint8_t* to = out.data();
  for (int y = 0; y < gray.height_px; ++y) {
    const std::uint8_t* row = gray.row(y);
    ++to;
    for (int x = 0; x < gray.width_px; x += 8, ++to) {
      const int count = std::min(8, gray.width_px - x);
      for (int i = 0; i < count; ++i) *to = static_cast<std::uint8_t>(*to | (row[x + i] & 0x80) >> i);
    }
  }
  return out;
}

}  // namespace

Result<ByteVector> png_of_rows(const DeflatedRows& rows) {
  const SharedBytes stream = ODE_TRY(rows.read());
  const ByteView deflated = without_header(stream.view());
  const std::size_t row_bytes =
      (static_cast<std::size_t>(rows.width_px) * static_cast<std::size_t>(rows.channels * rows.bits) + 7) /
          8 +
      1;
  const std::size_t size = row_bytes * static_cast<std::size_t>(rows.height_px);
  const std::unique_ptr<std::uint8_t[]> filtered(new (std::nothrow) std::uint8_t[size]);
  const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> decompressor(
      libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
  if (filtered == nullptr || decompressor == nullptr)
    return Error{ErrorKind::limit_exceeded, "image too large"};
  std::size_t used = 0;
  // Without a place for the size of the output, fewer bytes than there is room for are an error.
  if (libdeflate_deflate_decompress_ex(decompressor.get(), deflated.data(), deflated.size(), filtered.get(),
                                       size, &used, nullptr) != LIBDEFLATE_SUCCESS) {
    return Error{ErrorKind::malformed, "image data that is no PNG's"};
  }
  for (std::size_t at = 0; at < size; at += row_bytes) {
    if (filtered[at] > kFilterMax) return Error{ErrorKind::malformed, "a filter that no PNG has"};
  }
  const ColorType type = rows.channels == 3     ? ColorType::rgb
                         : rows.palette.empty() ? ColorType::gray
                                                : ColorType::palette;
  const std::uint32_t adler = libdeflate_adler32(1, filtered.get(), size);
  return file_of({rows.width_px, rows.height_px, rows.bits, type}, rows.palette, deflated.first(used), adler);
}

bool is_bilevel(const Pixmap& gray) {
  for (int y = 0; y < gray.height_px; ++y) {
    const std::uint8_t* row = gray.row(y);
    // Of 0 and 255 the sum with one is 1 and 0; a loop without an exit is one of vectors.
    std::uint8_t other = 0;
    for (int x = 0; x < gray.width_px; ++x) other |= static_cast<std::uint8_t>(row[x] + 1);
    if (other > 1) return false;
  }
  return true;
}

Result<ByteVector> png_of_stencil(const Pixmap& coverage, const std::array<std::uint8_t, 3>& color) {
  const auto with_alpha = [&color](int alpha) {
    return std::array<std::uint8_t, 4>{color[0], color[1], color[2], static_cast<std::uint8_t>(alpha)};
  };
  if (is_bilevel(coverage)) {
    const Head head{coverage.width_px, coverage.height_px, 1, ColorType::palette};
    return packed_file(head, {with_alpha(0), with_alpha(255)}, packed_rows(coverage));
  }
  Palette palette;
  for (int alpha = 0; alpha < 256; ++alpha) palette.push_back(with_alpha(alpha));
  std::vector<std::uint8_t> rows;
  rows.reserve((static_cast<std::size_t>(coverage.width_px) + 1) *
               static_cast<std::size_t>(coverage.height_px));
  for (int y = 0; y < coverage.height_px; ++y) {
    rows.push_back(0);
    rows.insert(rows.end(), coverage.row(y), coverage.row(y) + coverage.width_px);
  }
  return packed_file({coverage.width_px, coverage.height_px, 8, ColorType::palette}, palette, rows);
}

Result<ByteVector> png_of_bilevel(const Pixmap& gray) {
  return packed_file({gray.width_px, gray.height_px, 1, ColorType::gray}, {}, packed_rows(gray));
}

}  // namespace ode::images
