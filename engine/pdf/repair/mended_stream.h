// Role: a damaged file and what repair adds behind it, as the one file that poppler reads. Nothing is copied;
// streams of the file itself are views into it, as those of a sound file are. An object ends where the next
// begins, whatever it says: without that a parser in search of a lost end reads the rest of the file, for
// every such object anew.
#pragma once

#include <Object.h>
#include <Stream.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/base/bytes.h"

namespace ode::pdf {

/// Offsets at which objects of the file begin, in order.
using ObjectBounds = std::shared_ptr<const std::vector<std::uint64_t>>;

class MendedStream final : public BaseStream {
 public:
  /// REQUIRES: what both are views of outlives the stream and all it makes.
  MendedStream(ByteView file, ByteView added, ObjectBounds bounds);

  BaseStream* copy() override { return new MendedStream(file_, added_, bounds_); }
  Stream* makeSubStream(Goffset from, bool limited, Goffset count, Object&& sub_dict) override;
  StreamKind getKind() const override { return strWeird; }
  void reset() override { at_ = start_; }
  int getChar() override;
  int lookChar() override;
  Goffset getPos() override { return at_; }
  void setPos(Goffset position, int direction = 0) override;
  Goffset getStart() override { return start_; }
  void moveStart(Goffset delta) override;
  int getUnfilteredChar() override { return getChar(); }
  void unfilteredReset() override { reset(); }

 private:
  ByteView file_, added_;
  ObjectBounds bounds_;
  Goffset start_ = 0, at_ = 0;
};

}  // namespace ode::pdf
