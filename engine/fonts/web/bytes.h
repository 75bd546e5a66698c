// FontBytes: big-endian writing, as all of OpenType wants it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace ode::fonts {

class FontBytes {
 public:
  FontBytes& u8(unsigned v) { return bytes_.push_back(static_cast<std::uint8_t>(v)), *this; }
  FontBytes& u16(unsigned v) { return u8(v >> 8 & 0xff).u8(v & 0xff); }
  FontBytes& i16(int v) { return u16(static_cast<unsigned>(v) & 0xffff); }
  FontBytes& u32(std::uint32_t v) { return u16(v >> 16).u16(v & 0xffff); }
  FontBytes& text(std::string_view s) { return bytes_.insert(bytes_.end(), s.begin(), s.end()), *this; }
  FontBytes& add(const std::vector<std::uint8_t>& more) {
    return bytes_.insert(bytes_.end(), more.begin(), more.end()), *this;
  }
  FontBytes& add(const FontBytes& more) { return add(more.bytes_); }
  FontBytes& zeros(std::size_t count) { return bytes_.insert(bytes_.end(), count, 0), *this; }
  void set_u16(std::size_t at, unsigned v) {
    bytes_[at] = static_cast<std::uint8_t>(v >> 8);
    bytes_[at + 1] = static_cast<std::uint8_t>(v);
  }
  void set_u32(std::size_t at, std::uint32_t v) {
    set_u16(at, v >> 16);
    set_u16(at + 2, v & 0xffff);
  }
  std::size_t size() const { return bytes_.size(); }
  const std::vector<std::uint8_t>& bytes() const { return bytes_; }
  std::vector<std::uint8_t> take() && { return std::move(bytes_); }

 private:
  std::vector<std::uint8_t> bytes_;
};

}  // namespace ode::fonts
