// TargetReader: destinations and actions (ISO 32000-2, 12.3.2 and 12.6) as Targets, for outlines and links.
#pragma once

#include <string>

#include "engine/pdf/document/impl.h"
#include "engine/pdf/objects/object_streams.h"

namespace ode::pdf {

/// What it looks up stays in impl.destinations.
class TargetReader {
 public:
  /// Both outlive the reader.
  TargetReader(Document& document, Document::Impl& impl)
      : document_(document), impl_(impl), streams_(object_streams(impl.context)) {}

  /// Of an outline item or a link annotation: /Dest, else /A.
  Target of_holder(const Object& holder);

 private:
  Target of_destination(const Object& destination);
  Target of_name(const std::string& name);
  Target of_action(const Object& action);
  Target of_explicit(const Object& array);
  /// A destination is an array, or a dictionary holding one in /D.
  Object as_array(Object destination);
  /// An array, or null.
  Object named_destination(const std::string& name);
  /// Of the name tree; null when there is no such name.
  Object name_tree_value(const std::string& name);
  void read_roots();
  int page_number_of(const Object& page);
  void set_position(Target& target, const Object& array);
  const PageGeometry* geometry(int page_number);

  Document& document_;
  Document::Impl& impl_;
  ObjectStreams& streams_;
};

/// File name of a file specification (7.11.3): a string, or /UF, /F and the old platform keys. UTF-8.
std::string file_name_of(ObjectStreams& streams, const Object& file_specification);

}  // namespace ode::pdf
