#include "engine/raster/compose/buffer_pool.h"

#include <cstring>
#include <new>
#include <utility>

namespace ode::raster {

PooledBuffer& PooledBuffer::operator=(PooledBuffer&& o) noexcept {
  if (this == &o) return *this;
  release();
  pool_ = std::exchange(o.pool_, nullptr);
  bytes_ = std::move(o.bytes_);
  size_ = std::exchange(o.size_, 0);
  return *this;
}

void PooledBuffer::release() {
  if (bytes_ != nullptr && pool_ != nullptr) pool_->give_back(std::move(bytes_), size_);
  bytes_.reset();
}

PooledBuffer BufferPool::take(std::size_t size) {
  if (size == 0) size = 1;
  // The smallest that fits and is not wastefully large.
  std::size_t best = idle_.size();
  for (std::size_t i = 0; i < idle_.size(); ++i) {
    const std::size_t candidate = idle_[i].size;
    if (candidate < size || candidate / 4 > size) continue;
    if (best == idle_.size() || candidate < idle_[best].size) best = i;
  }
  if (best < idle_.size()) {
    Idle found = std::move(idle_[best]);
    idle_[best] = std::move(idle_.back());
    idle_.pop_back();
    idle_bytes_ -= found.size;
    return PooledBuffer(this, std::move(found.bytes), found.size);
  }
  std::unique_ptr<std::uint8_t[]> fresh(new (std::nothrow) std::uint8_t[size]);
  if (fresh == nullptr) return {};
  return PooledBuffer(this, std::move(fresh), size);
}

PooledBuffer BufferPool::take_zeroed(std::size_t size) {
  PooledBuffer buffer = take(size);
  if (buffer) std::memset(buffer.data(), 0, size);
  return buffer;
}

void BufferPool::give_back(std::unique_ptr<std::uint8_t[]> bytes, std::size_t size) {
  if (size > kIdleBytesMax) return;
  // Oldest first, so that sizes no longer in use make room.
  while (!idle_.empty() && idle_bytes_ + size > kIdleBytesMax) {
    idle_bytes_ -= idle_.front().size;
    idle_.erase(idle_.begin());
  }
  idle_bytes_ += size;
  idle_.push_back({std::move(bytes), size});
}

void BufferPool::clear() {
  idle_.clear();
  idle_bytes_ = 0;
}

}  // namespace ode::raster
