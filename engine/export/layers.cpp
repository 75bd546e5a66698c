#include "engine/export/layers.h"

#include <algorithm>

namespace ode::exporter {
namespace {

/// More alternations than this are not worth their elements: what comes later lies on top.
constexpr int kLayersMax = 24;
/// Letters leave the upper and lower fifth of their boxes nearly empty, and there a line under or over them may cross.
constexpr double kTextMargin = 0.2;
/// Boxes reach a little further than ink; this much of an overlap hides nothing.
constexpr double kTouch_pt = 0.3;

bool overlap(const Rect& a, const Rect& b) {
  return std::min(a.x1, b.x1) - std::max(a.x0, b.x0) > kTouch_pt &&
         std::min(a.y1, b.y1) - std::max(a.y0, b.y0) > kTouch_pt;
}

}  // namespace

void append_layer(std::string& out, int layer) {
  if (layer > 1) out += ";z-index:" + std::to_string(layer - 1);
}

bool Layers::Layer::overlaps(const Rect& r) const {
  if (items.empty() || !overlap(bounds, r)) return false;
  return std::any_of(items.rbegin(), items.rend(), [&](const Rect& item) { return overlap(item, r); });
}

void Layers::put(int layer, const Rect& bounds) {
  while (count() <= layer) layers_.emplace_back();
  Layer& home = layers_[static_cast<std::size_t>(layer)];
  home.bounds = home.items.empty() ? bounds : home.bounds.unite(bounds);
  home.items.push_back(bounds);
}

int Layers::add_blended(const Rect& bounds, display::BlendMode blend) {
  const int top = count() % 2 == 0 ? count() : count() + 1;
  const int layer = std::min(top, kLayersMax - 2);
  put(layer, bounds);
  layers_[static_cast<std::size_t>(layer)].blend = blend;
  return layer;
}

int Layers::add_text(const Rect& bounds) {
  const double margin = kTextMargin * std::min(bounds.width(), bounds.height());
  return add({bounds.x0 + margin, bounds.y0 + margin, bounds.x1 - margin, bounds.y1 - margin}, 1);
}

int Layers::add(const Rect& bounds, int parity) {
  int layer = parity;
  for (int i = count() - 1; i > parity; --i) {
    if (!layers_[static_cast<std::size_t>(i)].overlaps(bounds)) continue;
    const bool same_kind = i % 2 == parity;
    layer = !same_kind ? i + 1 : blend(i) != display::BlendMode::normal ? i + 2 : i;
    break;
  }
  // The last pair of layers takes everything that would go above it.
  if (layer >= kLayersMax) layer = kLayersMax - 2 + parity;
  put(layer, bounds);
  return layer;
}

}  // namespace ode::exporter
