// Images and patches.
#include <algorithm>
#include <cmath>

#include "engine/export/markup.h"
#include "engine/export/svg/path.h"
#include "engine/export/svg/writer.h"
#include "engine/images/encode/encode.h"
#include "engine/images/encode/png_file.h"

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

struct EncodedPicture {
  ByteVector bytes;
  const char* mime_type = "image/png";
  const char* extension = "png";
};

/// `quality`: of a format that loses; none for one that does not.
Result<EncodedPicture> encoded(const images::Pixmap& pixmap, bool stencil, display::Rgb color, images::FileFormat format,
                               std::optional<int> quality = std::nullopt) {
  EncodedPicture picture;
  images::EncodeSettings settings;
  settings.format = format;
  settings.quality = quality;
  const bool transparent = stencil || pixmap.format == images::PixelFormat::rgba8;
  settings.channels = transparent ? images::Channels::color_alpha : images::Channels::color;
  if (format == images::FileFormat::jpeg) picture.mime_type = "image/jpeg", picture.extension = "jpg";
  if (format == images::FileFormat::webp) picture.mime_type = "image/webp", picture.extension = "webp";
  auto encoder = ODE_TRY(images::make_encoder(settings, [&picture](ByteView bytes) -> Status {
    picture.bytes.insert(picture.bytes.end(), bytes.begin(), bytes.end());
    return Ok{};
  }));
  ODE_TRY(encoder->begin(pixmap.width_px, pixmap.height_px));
  std::vector<std::uint8_t> row(static_cast<std::size_t>(pixmap.width_px) * 4);
  for (int y = 0; y < pixmap.height_px; ++y) {
    widen(pixmap, stencil, color, y, row.data());
    ODE_TRY(encoder->rows({pixmap.width_px, 1, images::PixelFormat::rgba8, row.size(), row.data()}));
  }
  ODE_TRY(encoder->end());
  return picture;
}

constexpr int kPhotographQuality = 85;
/// Smaller pictures under a mask are cheaper as one picture with opacity than as two and the elements that join them.
constexpr std::int64_t kMaskedPixelsMin = 64 * 64;
constexpr int kHalvingsMax = 7;

/// Whether the rasteriser leaves the pixels of an enlarged image sharp, at the 96 pixels an inch of a browser.
bool stays_sharp(const images::ImageSource& source, const Matrix& svg_from_unit) {
  constexpr double kSharpFrom = 4, kPixelsPerPoint = 96.0 / 72;
  if (source.interpolate) return false;
  const double width = std::hypot(svg_from_unit.a, svg_from_unit.b) * kPixelsPerPoint;
  const double height = std::hypot(svg_from_unit.c, svg_from_unit.d) * kPixelsPerPoint;
  return width >= kSharpFrom * source.width_px || height >= kSharpFrom * source.height_px;
}

/// A PNG this many times larger than what it is made of is worth the search for a smaller file, which takes ten times as
/// long as the PNG: pictures of JBIG2 and JPEG 2000.
constexpr std::size_t kGrowthMax = 5;
/// As if the document had held that much: of pictures so small that nothing matters.
constexpr std::size_t kStoredMin = std::size_t{2} << 10;
constexpr std::size_t kCheapPixels = 500'000;  ///< of drawings, for which that search is short

/// As the smallest kind of PNG that is written fast.
Result<EncodedPicture> fast_png(const images::Pixmap& pixmap, bool stencil, display::Rgb color) {
  if (stencil) return EncodedPicture{ODE_TRY(images::png_of_stencil(pixmap, {color.r, color.g, color.b}))};
  if (pixmap.format == images::PixelFormat::gray8 && images::is_bilevel(pixmap))
    return EncodedPicture{ODE_TRY(images::png_of_bilevel(pixmap))};
  return encoded(pixmap, false, color, images::FileFormat::png);
}

/// As PNG, or as lossless WebP where that is smaller and the PNG much larger than the `stored_bytes` of the document.
Result<EncodedPicture> losslessly_encoded(const images::Pixmap& pixmap, bool stencil, display::Rgb color,
                                          std::size_t stored_bytes) {
  EncodedPicture picture = ODE_TRY(fast_png(pixmap, stencil, color));
  if (picture.bytes.size() / kGrowthMax <= std::max(stored_bytes, kStoredMin)) return picture;
  auto smaller = encoded(pixmap, stencil, color, images::FileFormat::webp);  // fails above 16,383 pixels
  if (smaller && smaller->bytes.size() < picture.bytes.size()) picture = std::move(*smaller);
  return picture;
}

std::size_t stored_bytes(const images::ImageSource& source) {
  const images::StoredImage* const stored = source.stored.get();
  return stored != nullptr ? stored->bytes : 0;
}

/// Halvings that bring an image drawn that large to `dpi_max` or below.
int halvings(const images::ImageSource& source, const Matrix& page_from_unit, double dpi_max) {
  const double width_pt = std::hypot(page_from_unit.a, page_from_unit.b);
  if (!(dpi_max > 0) || !(width_pt > 0)) return 0;
  const double dpi = source.width_px / width_pt * 72;
  int count = 0;
  while (count < kHalvingsMax && dpi / (1 << count) > dpi_max) ++count;
  return count;
}

}  // namespace

Result<Asset> SvgWriter::image_asset(const display::DrawImage& draw, display::Rgb stencil_color) {
  const images::ImageSource& source = *list_.images[draw.image];
  const bool stencil = source.role == images::ImageRole::stencil;
  const bool photograph = source.encoded && !source.has_alpha;
  const int reduce = halvings(source, draw.page_from_unit, context_.image_policy.dpi_max);
  const bool webp = context_.image_policy.format == ImagePolicy::Format::webp;
  const images::Pixmap pixmap = ODE_TRY(source.decode(reduce, nullptr));
  const auto format = webp         ? images::FileFormat::webp
                      : photograph ? images::FileFormat::jpeg
                                   : images::FileFormat::png;
  const auto quality = photograph ? std::optional<int>(kPhotographQuality) : std::nullopt;
  const EncodedPicture picture = format == images::FileFormat::png
                                     ? ODE_TRY(losslessly_encoded(pixmap, stencil, stencil_color, stored_bytes(source)))
                                     : ODE_TRY(encoded(pixmap, stencil, stencil_color, format, quality));
  return context_.assets.place(picture.bytes, picture.mime_type, picture.extension);
}

/// The id that another page gave to what is embedded under that name; null: none.
const std::string* SvgWriter::embedded_id(const Asset& asset, const std::string& name) const {
  if (!asset.embedded || context_.embedded_images == nullptr) return nullptr;
  const auto found = context_.embedded_images->find(name);
  return found != context_.embedded_images->end() ? &found->second : nullptr;
}

void SvgWriter::keep_embedded(const Asset& asset, const std::string& name, const std::string& id) {
  if (asset.embedded && context_.embedded_images != nullptr) context_.embedded_images->emplace(name, id);
}

/// Of an element among the definitions that shows the picture in the unit square. What is embedded comes once in a
/// document, what is a file of its own once in a page.
std::string SvgWriter::id_of(const Asset& asset) {
  const std::string* const known = embedded_id(asset, asset.name);
  if (known != nullptr) return *known;
  const std::string id = context_.new_id();
  context_.defs += "<image id=\"" + id + "\" width=\"1\" height=\"1\" preserveAspectRatio=\"none\" href=\"" + asset.url + "\"/>";
  keep_embedded(asset, asset.name, id);
  return id;
}

/// The picture, its mask aside, as the document holds it; nullopt: it has to be coded anew.
Result<std::optional<Asset>> SvgWriter::passed_on(const images::ImageSource& source) {
  if (source.encoded) return std::optional(ODE_TRY(context_.assets.place(source.encoded->bytes.view(), "image/jpeg", "jpg")));
  const images::StoredImage* const stored = source.stored.get();
  if (stored == nullptr || !stored->rows) return std::optional<Asset>();
  const auto png = images::png_of_rows(*stored->rows);
  if (!png) return std::optional<Asset>();  // decoding saves what can be saved of it
  return std::optional(ODE_TRY(context_.assets.place(*png, "image/png", "png")));
}

/// As the document holds it, or coded anew at its own size. No stencil.
Result<Asset> SvgWriter::kept(const images::ImageSource& source) {
  if (const std::optional<Asset> asset = ODE_TRY(passed_on(source))) return *asset;
  const images::Pixmap pixmap = ODE_TRY(source.decode(0, nullptr));
  const EncodedPicture coded = ODE_TRY(losslessly_encoded(pixmap, false, {}, stored_bytes(source)));
  return context_.assets.place(coded.bytes, coded.mime_type, coded.extension);
}

/// `picture` under what `mask` shows.
Result<std::string> SvgWriter::masked(const Asset& picture, const images::ImageSource& mask) {
  const auto shape = kept(mask);
  if (!shape) {  // ISO 32000-2, 8.9.6: masks nothing
    if (context_.diagnostics != nullptr) context_.diagnostics->add(shape.error());
    return id_of(picture);
  }
  const std::string name = picture.name + " " + shape->name;
  const std::string* const known = embedded_id(picture, name);
  if (known != nullptr) return *known;
  const std::string mask_id = id_of(*shape), group = context_.new_id(), id = context_.new_id();
  const std::string picture_id = id_of(picture);
  context_.defs += "<mask id=\"" + group + "\"><use href=\"#" + mask_id + "\"/></mask><g id=\"" + id + "\" mask=\"url(#" + group +
                   ")\"><use href=\"#" + picture_id + "\"/></g>";
  keep_embedded(picture, name, id);
  return id;
}

/// Of an element that shows the image in the unit square.
Result<std::string> SvgWriter::image_id(const display::DrawImage& draw, display::Rgb stencil_color) {
  const images::ImageSource& source = *list_.images[draw.image];
  const ImagePolicy& policy = context_.image_policy;
  const bool changed = policy.format != ImagePolicy::Format::keep || halvings(source, draw.page_from_unit, policy.dpi_max) != 0;
  if (changed || source.role == images::ImageRole::stencil) return id_of(ODE_TRY(image_asset(draw, stencil_color)));
  const images::StoredImage* const stored = source.stored.get();
  const bool large = std::int64_t{source.width_px} * source.height_px >= kMaskedPixelsMin;
  if (source.mask == nullptr || stored == nullptr || stored->unmasked == nullptr) return id_of(ODE_TRY(kept(source)));
  if (!source.encoded && !large) return id_of(ODE_TRY(image_asset(draw, stencil_color)));
  std::optional<Asset> picture = ODE_TRY(passed_on(source));
  if (!picture) picture = ODE_TRY(kept(*stored->unmasked));
  return masked(*picture, *source.mask);
}

void SvgWriter::use(std::string& out, const std::string& id, const Matrix& page_from_unit, const display::Composite& composite,
                    bool sharp) {
  out += "<use href=\"#" + id + "\"";
  if (sharp) out += " style=\"image-rendering:pixelated\"";
  append_composite(out, composite);
  out += " transform=\"";
  append_matrix(out, svg_from_page_ * page_from_unit * Matrix{1, 0, 0, -1, 0, 1});
  out += "\"/>";
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
    auto id = image_id(draw, color);
    if (!id) {
      if (context_.diagnostics != nullptr) context_.diagnostics->add(id.error());
      return;
    }
    at = context_.images.emplace(key, std::move(*id)).first;
  }
  use(out, at->second, draw.page_from_unit, draw.composite, stays_sharp(source, svg_from_page_ * draw.page_from_unit));
}

void SvgWriter::patch(std::string& out, const Item& item) {
  const Rect area = item.bounds.intersect(list_.bounds.empty() ? item.bounds : list_.bounds);
  if (area.empty() || !context_.render_patch) return;
  const double scale = std::min(kPatchScale * svg_from_page_.mean_scale(),
                                std::sqrt(kPatchPixelsMax / (area.width() * area.height())));
  auto pixmap = context_.render_patch(list_, item.first, item.last + 1, area, scale);
  const bool cheap = pixmap && static_cast<std::size_t>(pixmap->width_px) * static_cast<std::size_t>(pixmap->height_px) <= kCheapPixels;
  auto picture = pixmap ? losslessly_encoded(*pixmap, false, {}, cheap ? 0 : SIZE_MAX / kGrowthMax) : Result<EncodedPicture>(pixmap.error());
  auto asset = picture ? context_.assets.place(picture->bytes, picture->mime_type, picture->extension)
                       : Result<Asset>(picture.error());
  if (!asset) {
    if (context_.diagnostics != nullptr) context_.diagnostics->add(asset.error());
    return;
  }
  const Rect covered{area.x0, area.y1 - pixmap->height_px / scale, area.x0 + pixmap->width_px / scale,
                     area.y1};
  use(out, id_of(*asset), Matrix{covered.width(), 0, 0, covered.height(), covered.x0, covered.y0}, {}, false);
}

}  // namespace ode::exporter
