// ByteBuffer: growing output of a filter. Unlike a vector it does not clear memory that is about to be
// overwritten.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

#include "engine/base/bytes.h"

namespace ode::pdf {

class ByteBuffer {
 public:
  ByteBuffer() = default;
  ByteBuffer(ByteBuffer&& other) noexcept { swap(other); }
  ByteBuffer& operator=(ByteBuffer&& other) noexcept {
    swap(other);
    return *this;
  }
  ~ByteBuffer() { std::free(data_); }

  std::byte* data() { return data_; }
  const std::byte* data() const { return data_; }
  std::size_t size() const { return size_; }
  std::size_t capacity() const { return capacity_; }
  bool empty() const { return size_ == 0; }
  ByteView view() const { return {data_, size_}; }

  /// False when memory is short; the contents stay.
  [[nodiscard]] bool reserve(std::size_t capacity) {
    if (capacity <= capacity_) return true;
    auto* grown = static_cast<std::byte*>(std::realloc(data_, capacity));
    if (grown == nullptr) return false;
    data_ = grown;
    capacity_ = capacity;
    return true;
  }
  /// REQUIRES: size <= capacity(). Bytes beyond the old size hold whatever was written there.
  void set_size(std::size_t size) { size_ = size; }

  [[nodiscard]] bool append(ByteView bytes) {
    if (bytes.size() > capacity_ - size_ && !reserve(grown_for(bytes.size()))) return false;
    if (!bytes.empty()) std::memcpy(data_ + size_, bytes.data(), bytes.size());
    size_ += bytes.size();
    return true;
  }
  [[nodiscard]] bool push(std::uint8_t byte) {
    if (size_ == capacity_ && !reserve(grown_for(1))) return false;
    data_[size_++] = static_cast<std::byte>(byte);
    return true;
  }

  /// Hands the bytes over, without the slack.
  SharedBytes share() && {
    if (size_ == 0) return {};
    if (capacity_ - size_ > size_ / 8) {
      if (auto* fitted = static_cast<std::byte*>(std::realloc(data_, size_)); fitted != nullptr)
        data_ = fitted;
    }
    std::shared_ptr<const void> owner(std::exchange(data_, nullptr), [](void* p) { std::free(p); });
    const ByteView whole(static_cast<const std::byte*>(owner.get()), size_);
    size_ = capacity_ = 0;
    return SharedBytes(std::move(owner), whole);
  }

 private:
  std::size_t grown_for(std::size_t more) const {
    return std::max<std::size_t>({size_ + more, capacity_ * 2, 256});
  }
  void swap(ByteBuffer& other) {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

  std::byte* data_ = nullptr;
  std::size_t size_ = 0, capacity_ = 0;
};

}  // namespace ode::pdf
