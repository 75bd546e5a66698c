// ImageCache: see images/cache.h.
#include "engine/raster/images/cache.h"

namespace ode::raster {
namespace {

/// With the entry, its node and the pixmap's header: small images must not come for free.
std::size_t cost_of(const images::Pixmap& pixmap) { return pixmap.samples.size() + 256; }

}  // namespace

std::size_t ImageCache::Hash::operator()(const Key& key) const {
  std::size_t h = std::hash<const void*>()(key.source);
  for (const std::int32_t v :
       {key.width_px, key.height_px, key.orientation * 64 + key.reduce_log2 * 2 + key.aligned}) {
    h = (h ^ static_cast<std::size_t>(v)) * 0x9E3779B1u;
    h ^= h >> 15;
  }
  return h;
}

std::shared_ptr<const images::Pixmap> ImageCache::find(const Key& key) {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return entries_.front().pixmap;
}

void ImageCache::insert(const Key& key, std::shared_ptr<const images::ImageSource> source,
                        std::shared_ptr<const images::Pixmap> pixmap) {
  const std::size_t size = cost_of(*pixmap);
  if (size > kSoleBytesMax + 256 || by_key_.count(key) != 0) return;
  while (!entries_.empty() && bytes_ + size > kImageCacheBytes) {
    bytes_ -= cost_of(*entries_.back().pixmap);
    by_key_.erase(entries_.back().key);
    entries_.pop_back();
  }
  bytes_ += size;
  entries_.push_front({key, std::move(source), std::move(pixmap)});
  by_key_.emplace(key, entries_.begin());
}

void ImageCache::clear() {
  by_key_.clear();
  entries_.clear();
  bytes_ = 0;
}

}  // namespace ode::raster
