// MemoryStream: a poppler stream over bytes of our own, for appearances that are built here rather than read.
// Poppler's AutoFreeMemStream is not exported. Readers of raw stream bytes tell it by dynamic_cast: its
// getStart() is no offset into the file.
#pragma once

#include <Object.h>
#include <Stream.h>

#include <memory>
#include <string>

#include "engine/pdf/objects/context.h"

namespace ode::pdf {

class MemoryStream final : public BaseMemStream<const char> {
 public:
  MemoryStream(std::shared_ptr<const std::string> bytes, Object&& dict_object)
      : BaseMemStream(bytes->data(), 0, static_cast<Goffset>(bytes->size()), std::move(dict_object)),
        bytes_(std::move(bytes)) {}

  const std::string& bytes() const { return *bytes_; }
  const std::shared_ptr<const std::string>& shared_bytes() const { return bytes_; }

  BaseStream* copy() override { return new MemoryStream(bytes_, dict.copy()); }
  Stream* makeSubStream(Goffset from, bool limited, Goffset count, Object&& sub_dict) override;

 private:
  std::shared_ptr<const std::string> bytes_;
};

/// A form XObject (ISO 32000-2, 8.10.2). `resources` is a dictionary or null.
Object make_form(XRef* xref, std::string content, const Rect& bbox, const Matrix& matrix, Object resources);

}  // namespace ode::pdf
