// See objects/memory_stream.h.
#include "engine/pdf/objects/memory_stream.h"

#include <Dict.h>

#include <algorithm>

#include "engine/pdf/objects/read.h"

namespace ode::pdf {

Stream* MemoryStream::makeSubStream(Goffset from, bool limited, Goffset count, Object&& sub_dict) {
  const Goffset size = static_cast<Goffset>(bytes_->size());
  const Goffset begin = std::clamp<Goffset>(from, 0, size);
  const Goffset taken = limited ? std::clamp<Goffset>(count, 0, size - begin) : size - begin;
  auto part = std::make_shared<const std::string>(*bytes_, static_cast<std::size_t>(begin),
                                                  static_cast<std::size_t>(taken));
  return new MemoryStream(std::move(part), std::move(sub_dict));
}

Object make_form(XRef* xref, std::string content, const Rect& bbox, const Matrix& matrix, Object resources) {
  auto* dict = new Dict(xref);
  dict->add("Type", Object(objName, "XObject"));
  dict->add("Subtype", Object(objName, "Form"));
  dict->add("BBox", array_object(xref, {bbox.x0, bbox.y0, bbox.x1, bbox.y1}));
  dict->add("Matrix", array_object(xref, {matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f}));
  dict->add("Length", Object(static_cast<int>(std::min<std::size_t>(content.size(), kStreamBytesMax))));
  if (resources.isDict()) dict->add("Resources", std::move(resources));
  auto bytes = std::make_shared<const std::string>(std::move(content));
  return Object(static_cast<Stream*>(new MemoryStream(std::move(bytes), Object(dict))));
}

}  // namespace ode::pdf
