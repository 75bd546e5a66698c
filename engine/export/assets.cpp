#include "engine/export/assets.h"

#include "engine/export/markup.h"

namespace ode::exporter {

Result<std::string> Assets::place(ByteView bytes, const std::string& mime_type,
                                  const std::string& extension) {
  if (!sink_) {
    std::string url = "data:" + mime_type + ";base64,";
    append_base64(url, bytes);
    return url;
  }
  std::string name = hash_name(bytes) + "." + extension;
  if (placed_.emplace(name, true).second) ODE_TRY(sink_(name, bytes));
  return name;
}

}  // namespace ode::exporter
