// ImageCache: pixmaps made from image sources (scaled to the device, or decoded for sampling), kept between
// the tiles of a page. Part of RasterCache::State (replay/cache.h); filled by images/image.cpp.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <unordered_map>

#include "engine/base/limits.h"
#include "engine/images/source.h"

namespace ode::raster {

/// Least recently used goes first once kImageCacheBytes are passed; one image alone may take up to
/// kSoleBytesMax, since decoding it again for every tile would cost more. One per thread: not thread-safe.
/// Never changes a pixel.
class ImageCache {
 public:
  static constexpr std::size_t kSoleBytesMax = 4 * kImageCacheBytes;

  /// What was made of a source: decoded with `reduce_log2`, scaled to width_px × height_px along its own rows
  /// and columns, then turned. `aligned`: scaled for a placement along the device axes (they are scaled
  /// slightly differently).
  struct Key {
    const images::ImageSource* source = nullptr;
    std::int32_t width_px = 0, height_px = 0;
    std::uint8_t orientation = 0;  ///< of images/placement.h
    std::uint8_t reduce_log2 = 0;
    bool aligned = true;
    bool operator==(const Key&) const = default;
  };

  ImageCache() = default;
  ImageCache(const ImageCache&) = delete;
  ImageCache& operator=(const ImageCache&) = delete;

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
  struct Hash {
    std::size_t operator()(const Key& key) const;
  };
  std::list<Entry> entries_;                                          ///< latest used first
  std::unordered_map<Key, std::list<Entry>::iterator, Hash> by_key_;  ///< asked only, never walked
  std::size_t bytes_ = 0;
};

}  // namespace ode::raster
