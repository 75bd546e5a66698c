// PNG (W3C PNG specification, third edition). Which colour type a page needs is known only after its last
// row, but nothing waits for it: rows are written as grey, the rare page that turns coloured late has its
// grey bands inflated and written again. Grey bands are held back, compressed, until the page ends; coloured
// ones go to the sink at once.
#include <libdeflate.h>

#include <array>
#include <cassert>
#include <cstring>
#include <optional>

#include "engine/images/encode/formats.h"
#include "engine/images/encode/png_palette.h"
#include "engine/images/encode/png_rows.h"
#include "engine/images/encode/rows.h"

namespace ode::images {
namespace {

constexpr std::uint8_t kSignature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
constexpr std::uint8_t kZlibHeader[] = {0x78, 0x01};

void append_u32(ByteVector& out, std::uint32_t v) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::byte>(v >> shift));
}
void append(ByteVector& out, std::span<const std::uint8_t> bytes) {
  for (const std::uint8_t b : bytes) out.push_back(static_cast<std::byte>(b));
}

/// A compressed band that may have to be read again.
struct HeldBand {
  ByteVector compressed;
  std::size_t filtered_bytes = 0;
};

class PngEncoder final : public Encoder {
 public:
  PngEncoder(const EncodeSettings& settings, ByteSink sink) : settings_(settings), sink_(std::move(sink)) {}

  Status begin(int width_px, int height_px) override;
  Status rows(PixmapView band) override;
  Status end() override;

 private:
  bool undecided() const {
    return settings_.channels == Channels::color && rows_->layout() != PngLayout::rgb;
  }
  void add_row(const std::uint8_t* rgba);
  void become_colored(const std::uint8_t* rgba);
  void become_rgb();
  void add_as_rgb(std::vector<std::uint8_t>& filtered, std::size_t row_bytes,
                  std::vector<std::uint8_t>& above);
  Status end_band();
  Status write_head();
  Status write_chunk(const char* type, ByteView data);

  EncodeSettings settings_;
  ByteSink sink_;
  int width_px_ = 0, height_px_ = 0;
  std::optional<PngRows> rows_;
  std::optional<PngPalette> palette_;
  std::vector<HeldBand> held_;
  ByteVector compressed_;  ///< of one band
  bool head_written_ = false;
  Status failed_ = Ok{};
};

Status PngEncoder::begin(int width_px, int height_px) {
  if (width_px < 1 || height_px < 1) return Error{ErrorKind::unsupported, "an empty picture"};
  width_px_ = width_px;
  height_px_ = height_px;
  PngLayout layout = PngLayout::gray;
  if (settings_.hint == ColorHint::one_color) layout = PngLayout::palette;
  if (settings_.hint == ColorHint::colored) layout = PngLayout::rgb;
  if (settings_.channels == Channels::gray) layout = PngLayout::gray;
  if (settings_.channels == Channels::color_alpha) layout = PngLayout::rgba;
  rows_.emplace(layout, width_px);
  palette_.reset();
  if (layout == PngLayout::palette) palette_.emplace();
  held_.clear();
  head_written_ = false;
  failed_ = Ok{};
  return Ok{};
}

Status PngEncoder::rows(PixmapView band) {
  assert(band.width_px == width_px_ && band.format == PixelFormat::rgba8);
  const std::size_t source_bytes = 4 * static_cast<std::size_t>(width_px_);
  for (int y = 0; y < band.height_px; ++y) {
    const std::uint8_t* rgba = band.row(y);
    if (y > 0 && std::memcmp(rgba, band.row(y - 1), source_bytes) == 0) {
      rows_->repeat_row();
    } else {
      add_row(rgba);
    }
    if (rows_->band_is_full()) ODE_TRY(end_band());
  }
  return Ok{};
}

void PngEncoder::add_row(const std::uint8_t* rgba) {
  const std::size_t count = static_cast<std::size_t>(width_px_);
  switch (rows_->layout()) {
    case PngLayout::gray:
      if (settings_.channels == Channels::gray) {
        luminance_from_rgba(rgba, count, rows_->next_row());
      } else if (!gray_from_gray_rgba(rgba, count, rows_->next_row())) {
        return become_colored(rgba);
      }
      break;
    case PngLayout::palette:
      if (!palette_->map_row(rgba, count, rows_->next_row())) {
        become_rgb();
        return add_row(rgba);
      }
      break;
    case PngLayout::rgb:
      rgb_from_rgba(rgba, count, rows_->next_row());
      break;
    case PngLayout::rgba:
      straight_from_premultiplied(rgba, count, rows_->next_row());
      break;
  }
  rows_->add_row();
}

/// The first row that is not grey: a palette may still do.
void PngEncoder::become_colored(const std::uint8_t* rgba) {
  palette_.emplace();
  if (rows_->values_are_samples()) {
    std::bitset<256> grays = rows_->values();
    for (const std::uint8_t value : rows_->band()) grays.set(value);
    palette_->add_grays(grays);
    if (palette_->map_row(rgba, static_cast<std::size_t>(width_px_), rows_->next_row())) {
      rows_->become_palette();
      rows_->add_row();
      return;
    }
  }
  // Slots of colours may be taken by now, but no row has used them; greys are where they were.
  become_rgb();
  add_row(rgba);
}

/// Writes all rows so far again.
void PngEncoder::become_rgb() {
  const std::size_t old_row_bytes = rows_->row_bytes();
  std::vector<std::uint8_t> unfinished = rows_->band();
  std::vector<HeldBand> old = std::move(held_);
  held_.clear();
  rows_.emplace(PngLayout::rgb, width_px_);

  std::vector<std::uint8_t> above(old_row_bytes);
  libdeflate_decompressor* decompressor = libdeflate_alloc_decompressor();
  for (HeldBand& band : old) {
    append(band.compressed, kDeflateEnd);
    std::vector<std::uint8_t> filtered(band.filtered_bytes);
    [[maybe_unused]] const auto result =
        libdeflate_deflate_decompress(decompressor, band.compressed.data(), band.compressed.size(),
                                      filtered.data(), filtered.size(), nullptr);
    assert(result == LIBDEFLATE_SUCCESS);
    band.compressed = {};
    add_as_rgb(filtered, old_row_bytes, above);
  }
  libdeflate_free_decompressor(decompressor);
  add_as_rgb(unfinished, old_row_bytes, above);
}

/// `filtered` holds rows of grey values or palette indices; `above` the unfiltered row before them, and
/// after.
void PngEncoder::add_as_rgb(std::vector<std::uint8_t>& filtered, std::size_t row_bytes,
                            std::vector<std::uint8_t>& above) {
  for (std::size_t at = 0; at < filtered.size(); at += row_bytes + 1) {
    std::uint8_t* row = filtered.data() + at + 1;
    undo_png_filter(row[-1], row, above.data(), row_bytes, 1);
    std::memcpy(above.data(), row, row_bytes);
    std::uint8_t* rgb = rows_->next_row();
    for (std::size_t x = 0; x < row_bytes; ++x) {
      // Slots that no colour took are greys by their index.
      const std::uint32_t color = palette_->color_or_gray(row[x]);
      for (int c = 0; c < 3; ++c)
        rgb[3 * x + static_cast<std::size_t>(c)] = static_cast<std::uint8_t>(color >> (8 * c));
    }
    rows_->add_row();
    if (rows_->band_is_full() && failed_) failed_ = end_band();
  }
}

Status PngEncoder::end_band() {
  ODE_TRY(Status(failed_));
  const std::size_t filtered_bytes = rows_->band().size();
  compressed_.clear();
  rows_->end_band(compressed_);
  if (undecided()) {
    held_.push_back({ByteVector(compressed_), filtered_bytes});
    return Ok{};
  }
  if (!head_written_) ODE_TRY(write_head());
  return write_chunk("IDAT", compressed_);
}

Status PngEncoder::write_chunk(const char* type, ByteView data) {
  ByteVector frame;
  append_u32(frame, static_cast<std::uint32_t>(data.size()));
  for (int i = 0; i < 4; ++i) frame.push_back(static_cast<std::byte>(type[i]));
  std::uint32_t crc = libdeflate_crc32(0, frame.data() + 4, 4);
  // Given no data, the library starts over.
  if (!data.empty()) crc = libdeflate_crc32(crc, data.data(), data.size());
  ODE_TRY(sink_(frame));
  if (!data.empty()) ODE_TRY(sink_(data));
  frame.clear();
  append_u32(frame, crc);
  return sink_(frame);
}

/// Signature, IHDR, pHYs, PLTE, and the first IDAT with the two bytes of the zlib header.
Status PngEncoder::write_head() {
  head_written_ = true;
  ODE_TRY(sink_(ByteView(reinterpret_cast<const std::byte*>(kSignature), sizeof kSignature)));
  static constexpr std::array<std::uint8_t, 4> kColorTypes = {0, 3, 2, 6};  // by PngLayout
  ByteVector data;
  append_u32(data, static_cast<std::uint32_t>(width_px_));
  append_u32(data, static_cast<std::uint32_t>(height_px_));
  append(data,
         std::array<std::uint8_t, 5>{8, kColorTypes[static_cast<std::size_t>(rows_->layout())], 0, 0, 0});
  ODE_TRY(write_chunk("IHDR", data));
  if (settings_.resolution_dpi > 0) {
    data.clear();
    const auto per_meter = static_cast<std::uint32_t>(settings_.resolution_dpi / 0.0254 + 0.5);
    append_u32(data, per_meter);
    append_u32(data, per_meter);
    data.push_back(std::byte{1});
    ODE_TRY(write_chunk("pHYs", data));
  }
  if (rows_->layout() == PngLayout::palette) {
    data.clear();
    for (int slot = 0; slot < palette_->size(); ++slot) {
      const std::uint32_t color = palette_->color(slot);
      for (int shift = 0; shift < 24; shift += 8) data.push_back(static_cast<std::byte>(color >> shift));
    }
    ODE_TRY(write_chunk("PLTE", data));
  }
  return write_chunk("IDAT", ByteView(reinterpret_cast<const std::byte*>(kZlibHeader), sizeof kZlibHeader));
}

Status PngEncoder::end() {
  if (!rows_->band_is_empty()) ODE_TRY(end_band());
  ODE_TRY(Status(failed_));
  if (!head_written_) ODE_TRY(write_head());
  for (const HeldBand& band : held_) ODE_TRY(write_chunk("IDAT", band.compressed));
  held_.clear();
  ByteVector tail;
  append(tail, kDeflateEnd);
  append_u32(tail, rows_->adler32());
  ODE_TRY(write_chunk("IDAT", tail));
  return write_chunk("IEND", {});
}

}  // namespace

std::unique_ptr<Encoder> make_png_encoder(const EncodeSettings& settings, ByteSink sink) {
  return std::make_unique<PngEncoder>(settings, std::move(sink));
}

}  // namespace ode::images
