// Assets: where images and fonts of an export go, each once.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "engine/base/bytes.h"
#include "engine/base/result.h"

namespace ode::exporter {

/// Writes a file beside the document; `name` may have a folder in front. Errors: io.
using FileSink = std::function<Status(const std::string& name, ByteView bytes)>;

struct Asset {
  std::string url;
  std::string name;       ///< of its bytes: equal bytes, equal name
  bool embedded = false;  ///< the URL holds the bytes, so it should be said only once
};

class Assets {
 public:
  /// Without a sink assets become data: URLs. Names of files begin with `folder`, "" or one that ends in '/'.
  explicit Assets(FileSink sink = nullptr, std::string folder = {})
      : sink_(std::move(sink)), folder_(std::move(folder)) {}
  /// `extension` without the dot. Errors: those of the sink.
  Result<Asset> place(ByteView bytes, const std::string& mime_type, const std::string& extension);

 private:
  FileSink sink_;
  std::string folder_;
  std::set<std::string> placed_;
};

}  // namespace ode::exporter
