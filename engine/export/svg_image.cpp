// Images and patches.
#include <algorithm>
#include <cmath>

#include "engine/export/markup.h"
#include "engine/export/svg_path.h"
#include "engine/export/svg_writer.h"
#include "engine/images/encode.h"

namespace ode::exporter {
namespace {

constexpr double kPatchScale = 2;  ///< pixels a point: 144 dpi
constexpr double kPatchPixelsMax = 4e6;

/// One row as rgba8 premultiplied; coverage of a stencil in its colour.
void widen(const images::Pixmap& pixmap, bool stencil, display::Rgb color, int y, std::uint8_t* out) {
  const std::uint8_t* row = pixmap.row(y);
  for (int x = 0; x < pixmap.width_px; ++x, out += 4) {
    if (stencil) {
      const int a = row[x];
      const auto part = [a](int v) { return static_cast<std::uint8_t>((v * a + 127) / 255); };
      out[0] = part(color.r), out[1] = part(color.g), out[2] = part(color.b),
      out[3] = static_cast<std::uint8_t>(a);
    } else if (pixmap.format == images::PixelFormat::gray8) {
      out[0] = out[1] = out[2] = row[x];
      out[3] = 255;
    } else if (pixmap.format == images::PixelFormat::rgb8) {
      std::copy_n(row + 3 * x, 3, out);
      out[3] = 255;
    } else {
      std::copy_n(row + 4 * x, 4, out);
    }
  }
}

Result<ByteVector> png_of(const images::Pixmap& pixmap, bool stencil, display::Rgb color) {
  ByteVector file;
  images::EncodeSettings settings;
  const bool transparent = stencil || pixmap.format == images::PixelFormat::rgba8;
  settings.channels = transparent ? images::Channels::color_alpha : images::Channels::color;
  auto encoder = images::make_encoder(settings, [&file](ByteView bytes) -> Status {
    file.insert(file.end(), bytes.begin(), bytes.end());
    return Ok{};
  });
  if (!encoder) return encoder.error();
  ODE_TRY((*encoder)->begin(pixmap.width_px, pixmap.height_px));
  std::vector<std::uint8_t> row(static_cast<std::size_t>(pixmap.width_px) * 4);
  for (int y = 0; y < pixmap.height_px; ++y) {
    widen(pixmap, stencil, color, y, row.data());
    ODE_TRY((*encoder)->rows({pixmap.width_px, 1, images::PixelFormat::rgba8, row.size(), row.data()}));
  }
  ODE_TRY((*encoder)->end());
  return file;
}

}  // namespace

Result<std::string> SvgWriter::image_url(const images::ImageSource& source, display::Rgb stencil_color) {
  if (source.encoded && !source.has_alpha && source.role == images::ImageRole::color)
    return context_.assets.place(source.encoded->bytes.view(), "image/jpeg", "jpg");
  auto pixmap = source.decode(0, nullptr);
  if (!pixmap) return pixmap.error();
  auto png = png_of(*pixmap, source.role == images::ImageRole::stencil, stencil_color);
  if (!png) return png.error();
  return context_.assets.place(*png, "image/png", "png");
}

void SvgWriter::image(std::string& out, const display::DrawImage& draw) {
  const images::ImageSource& source = *list_.images[draw.image];
  display::Rgb color = draw.paint.color;
  const bool stencil = source.role == images::ImageRole::stencil;
  if (!stencil) color = {};
  const std::uint32_t color_key =
      static_cast<std::uint32_t>(color.r) << 16 | static_cast<std::uint32_t>(color.g) << 8 | color.b;
  const std::pair key(static_cast<const void*>(&source), color_key);
  auto at = context_.images.find(key);
  if (at == context_.images.end()) {
    auto url = image_url(source, color);
    if (!url) {
      if (context_.diagnostics != nullptr) context_.diagnostics->add(url.error());
      return;
    }
    // A picture that comes again is kept once, among the definitions.
    const std::string id = context_.new_id();
    context_.defs += "<image id=\"" + id +
                     "\" width=\"1\" height=\"1\" preserveAspectRatio=\"none\" href=\"" + *url + "\"/>";
    at = context_.images.emplace(key, id).first;
  }
  out += "<use href=\"#" + at->second + "\"";
  append_composite(out, draw.composite);
  out += " transform=\"";
  append_matrix(out, svg_from_page_ * draw.page_from_unit * Matrix{1, 0, 0, -1, 0, 1});
  out += "\"/>";
}

void SvgWriter::patch(std::string& out, const Item& item) {
  const Rect area = item.bounds.intersect(list_.bounds.empty() ? item.bounds : list_.bounds);
  if (area.empty() || !context_.render_patch) return;
  const double scale = std::min(kPatchScale * svg_from_page_.mean_scale(),
                                std::sqrt(kPatchPixelsMax / (area.width() * area.height())));
  auto pixmap = context_.render_patch(list_, item.first, item.last + 1, area, scale);
  auto png = pixmap ? png_of(*pixmap, false, {}) : Result<ByteVector>(pixmap.error());
  auto url = png ? context_.assets.place(*png, "image/png", "png") : Result<std::string>(png.error());
  if (!url) {
    if (context_.diagnostics != nullptr) context_.diagnostics->add(url.error());
    return;
  }
  const Rect covered{area.x0, area.y1 - pixmap->height_px / scale, area.x0 + pixmap->width_px / scale,
                     area.y1};
  out += "<image width=\"1\" height=\"1\" preserveAspectRatio=\"none\" href=\"" + *url + "\" transform=\"";
  append_matrix(out, svg_from_page_ *
                         Matrix{covered.width(), 0, 0, covered.height(), covered.x0, covered.y0} *
                         Matrix{1, 0, 0, -1, 0, 1});
  out += "\"/>";
}

}  // namespace ode::exporter
