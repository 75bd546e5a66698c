// ImageCache: pixmaps made from image sources (scaled to the device, or decoded for sampling), kept between
// the tiles of a page. Part of RasterCache::State (cache.h); filled by image.cpp.
#pragma once

#include <cstdint>
#include <list>
#include <memory>

#include "engine/base/limits.h"
#include "engine/images/source.h"

namespace ode::raster {

/// Least recently used goes first once kImageCacheBytes are passed; one image alone may take up to
/// kSoleBytesMax, since decoding it again for every tile would cost more. One per thread: not thread-safe.
/// Never changes a pixel.
class ImageCache {
 public:
  static constexpr std::size_t kSoleBytesMax = 4 * kImageCacheBytes;

  /// What was made of a source. Scaled forms have the device size in pixels; decoded ones have size 0 × 0.
  struct Key {
    const images::ImageSource* source = nullptr;
    std::int32_t width_px = 0, height_px = 0;
    std::uint8_t orientation = 0;  ///< 1 transposed, 2 flipped in x, 4 flipped in y (image_scale.h)
    std::uint8_t reduce_log2 = 0;  ///< as asked of ImageSource::decode
    std::uint16_t box = 1;         ///< whole source pixels averaged into one before sampling
    bool operator==(const Key&) const = default;
  };

  /// Null when absent.
  std::shared_ptr<const images::Pixmap> find(const Key& key);
  /// Keeps `pixmap` if the budget allows, and the source alive with it. REQUIRES: key.source == source.get().
  void insert(const Key& key, std::shared_ptr<const images::ImageSource> source,
              std::shared_ptr<const images::Pixmap> pixmap);
  void clear();
  std::size_t bytes() const { return bytes_; }

 private:
  struct Entry {
    Key key;
    std::shared_ptr<const images::ImageSource> source;
    std::shared_ptr<const images::Pixmap> pixmap;
  };
  std::list<Entry> entries_;  ///< latest used first; a page has few images, so a walk is enough
  std::size_t bytes_ = 0;
};

}  // namespace ode::raster
