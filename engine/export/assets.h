// Assets: where images and fonts of an export go, each once.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "engine/base/bytes.h"
#include "engine/base/result.h"

namespace ode::exporter {

/// Writes a file beside the document. Errors: io.
using FileSink = std::function<Status(const std::string& name, ByteView bytes)>;

class Assets {
 public:
  /// Without a sink assets become data: URLs.
  explicit Assets(FileSink sink = nullptr) : sink_(std::move(sink)) {}
  /// The URL under which `bytes` are found. `extension` without the dot.
  Result<std::string> place(ByteView bytes, const std::string& mime_type, const std::string& extension);

 private:
  FileSink sink_;
  std::map<std::string, bool> placed_;
};

}  // namespace ode::exporter
