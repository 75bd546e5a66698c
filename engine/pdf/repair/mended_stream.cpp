// See repair/mended_stream.h.
#include "engine/pdf/repair/mended_stream.h"

#include <algorithm>
#include <utility>

namespace ode::pdf {

MendedStream::MendedStream(ByteView file, ByteView added, ObjectBounds bounds)
    : BaseStream(Object(objNull), static_cast<Goffset>(file.size() + added.size())),
      file_(file),
      added_(added),
      bounds_(std::move(bounds)) {}

// Positions in a stream over the added part count from its beginning, which parsers, who ask the stream
// itself, do not notice.
Stream* MendedStream::makeSubStream(Goffset from, bool limited, Goffset count, Object&& sub_dict) {
  const auto file_size = static_cast<Goffset>(file_.size());
  const ByteView part = from < file_size ? file_ : added_;
  const Goffset begin =
      std::clamp<Goffset>(from < file_size ? from : from - file_size, 0, static_cast<Goffset>(part.size()));
  auto end = static_cast<Goffset>(part.size());
  if (from < file_size) {
    const auto next = std::upper_bound(bounds_->begin(), bounds_->end(), static_cast<std::uint64_t>(begin));
    if (next != bounds_->end()) end = static_cast<Goffset>(*next);
  }
  const Goffset taken = limited ? std::clamp<Goffset>(count, 0, end - begin) : end - begin;
  return new MemStream(as_chars(part).data(), begin, taken, std::move(sub_dict));
}

int MendedStream::lookChar() {
  if (at_ < 0 || at_ >= length) return EOF;
  const auto i = static_cast<std::size_t>(at_);
  return static_cast<int>(i < file_.size() ? file_[i] : added_[i - file_.size()]);
}

int MendedStream::getChar() {
  const int c = lookChar();
  if (c != EOF) ++at_;
  return c;
}

void MendedStream::setPos(Goffset position, int direction) {
  at_ = std::clamp<Goffset>(direction >= 0 ? position : length - position, start_, length);
}

void MendedStream::moveStart(Goffset delta) { at_ = start_ = std::clamp<Goffset>(start_ + delta, 0, length); }

}  // namespace ode::pdf
