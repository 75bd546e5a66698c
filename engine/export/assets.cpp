#include "engine/export/assets.h"

#include "engine/export/markup.h"

namespace ode::exporter {

Result<Asset> Assets::place(ByteView bytes, const std::string& mime_type, const std::string& extension) {
  Asset asset;
  asset.name = hash_name(bytes);
  if (!sink_) {
    asset.embedded = true;
    asset.url = "data:" + mime_type + ";base64,";
    append_base64(asset.url, bytes);
    return asset;
  }
  asset.url = folder_ + asset.name + "." + extension;
  if (placed_.insert(asset.url).second) ODE_TRY(sink_(asset.url, bytes));
  return asset;
}

}  // namespace ode::exporter
