// Bytes: read-only views and shared owners of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace ode {

using ByteView = std::span<const std::byte>;
using ByteVector = std::vector<std::byte>;

/// A view that keeps its memory alive: an owned vector, or a mapped file. Copies are cheap; the bytes never change.
/// Safe to share between threads.
class SharedBytes {
 public:
  SharedBytes() = default;
  /// `owner` keeps what `view` points at alive.
  SharedBytes(std::shared_ptr<const void> owner, ByteView view) : owner_(std::move(owner)), view_(view) {}
  explicit SharedBytes(ByteVector bytes) {
    auto owned = std::make_shared<const ByteVector>(std::move(bytes));
    view_ = *owned;
    owner_ = std::move(owned);
  }

  ByteView view() const { return view_; }
  const std::byte* data() const { return view_.data(); }
  std::size_t size() const { return view_.size(); }
  bool empty() const { return view_.empty(); }
  /// A part that keeps the whole alive. REQUIRES: offset + count <= size().
  SharedBytes slice(std::size_t offset, std::size_t count) const {
    return SharedBytes(owner_, view_.subspan(offset, count));
  }

 private:
  std::shared_ptr<const void> owner_;
  ByteView view_;
};

inline std::string_view as_chars(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline const std::uint8_t* as_u8(const std::byte* p) { return reinterpret_cast<const std::uint8_t*>(p); }
inline std::uint8_t* as_u8(std::byte* p) { return reinterpret_cast<std::uint8_t*>(p); }
inline ByteView as_byte_view(std::string_view chars) {
  return {reinterpret_cast<const std::byte*>(chars.data()), chars.size()};
}

}  // namespace ode
