// ImageCache: see image_cache.h.
#include "engine/raster/image_cache.h"

namespace ode::raster {

std::shared_ptr<const images::Pixmap> ImageCache::find(const Key& key) {
  for (auto it = entries_.begin(); it != entries_.end(); ++it) {
    if (it->key == key) {
      entries_.splice(entries_.begin(), entries_, it);
      return it->pixmap;
    }
  }
  return nullptr;
}

void ImageCache::insert(const Key& key, std::shared_ptr<const images::ImageSource> source,
                        std::shared_ptr<const images::Pixmap> pixmap) {
  const std::size_t size = pixmap->samples.size();
  if (size > kSoleBytesMax) return;
  while (!entries_.empty() && bytes_ + size > kImageCacheBytes) {
    bytes_ -= entries_.back().pixmap->samples.size();
    entries_.pop_back();
  }
  bytes_ += size;
  entries_.push_front({key, std::move(source), std::move(pixmap)});
}

void ImageCache::clear() {
  entries_.clear();
  bytes_ = 0;
}

}  // namespace ode::raster
