// BufferPool: byte buffers for groups, masks and clips, kept for reuse, so that a page of many groups does
// not allocate and fault in fresh memory for each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace ode::raster {

class BufferPool;

/// A borrowed buffer; goes back to its pool when destroyed. Movable. REQUIRES: outlived by its pool.
class PooledBuffer {
 public:
  PooledBuffer() = default;
  PooledBuffer(PooledBuffer&& o) noexcept : pool_(o.pool_), bytes_(std::move(o.bytes_)), size_(o.size_) {
    o.pool_ = nullptr, o.size_ = 0;
  }
  PooledBuffer& operator=(PooledBuffer&& o) noexcept;
  ~PooledBuffer() { release(); }

  std::uint8_t* data() { return bytes_.get(); }
  const std::uint8_t* data() const { return bytes_.get(); }
  explicit operator bool() const { return bytes_ != nullptr; }

 private:
  friend class BufferPool;
  PooledBuffer(BufferPool* pool, std::unique_ptr<std::uint8_t[]> bytes, std::size_t size)
      : pool_(pool), bytes_(std::move(bytes)), size_(size) {}
  void release();

  BufferPool* pool_ = nullptr;
  std::unique_ptr<std::uint8_t[]> bytes_;
  std::size_t size_ = 0;
};

/// Not thread-safe. Keeps at most kIdleBytesMax of idle buffers.
class BufferPool {
 public:
  static constexpr std::size_t kIdleBytesMax = std::size_t{4} << 20;

  /// At least `size` bytes of any value; an empty PooledBuffer when memory is out.
  PooledBuffer take(std::size_t size);
  /// The same, all zero.
  PooledBuffer take_zeroed(std::size_t size);
  std::size_t idle_bytes() const { return idle_bytes_; }
  void clear();

 private:
  friend class PooledBuffer;
  struct Idle {
    std::unique_ptr<std::uint8_t[]> bytes;
    std::size_t size = 0;
  };
  void give_back(std::unique_ptr<std::uint8_t[]> bytes, std::size_t size);

  std::vector<Idle> idle_;
  std::size_t idle_bytes_ = 0;
};

}  // namespace ode::raster
