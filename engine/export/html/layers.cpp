#include "engine/export/html/layers.h"

#include <algorithm>

namespace ode::exporter {
namespace {

/// More alternations than this are not worth their elements: what comes later lies on top.
constexpr int kLayersMax = 24;
/// Letters leave the upper and lower fifth of their boxes nearly empty, and there a line under or over them
/// may cross.
constexpr double kTextMargin = 0.2;
/// Boxes reach a little further than ink; this much of an overlap hides nothing.
constexpr double kTouch_pt = 0.3;
/// Text that many times as large is another kind of text; drop caps and indices are not.
constexpr double kOtherSize = 4;

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
  return std::any_of(items.rbegin(), items.rend(), [&](const Item& item) { return overlap(item.bounds, r); });
}

bool Layers::Layer::overlaps_other_size(const Rect& r, double size_pt) const {
  if (std::max(largest_pt, size_pt) <= kOtherSize * std::min(smallest_pt, size_pt))
    return false;  // as on most pages
  return std::any_of(items.begin(), items.end(), [&](const Item& item) {
    const bool other = std::max(item.size_pt, size_pt) > kOtherSize * std::min(item.size_pt, size_pt);
    return other && overlap(item.bounds, r);
  });
}

void Layers::put(int layer, const Rect& bounds, double size_pt) {
  while (count() <= layer) layers_.emplace_back();
  Layer& home = layers_[static_cast<std::size_t>(layer)];
  home.bounds = home.items.empty() ? bounds : home.bounds.unite(bounds);
  home.smallest_pt = home.items.empty() ? size_pt : std::min(home.smallest_pt, size_pt);
  home.largest_pt = std::max(home.largest_pt, size_pt);
  home.items.push_back({bounds, size_pt});
}

int Layers::add_blended(const Rect& bounds, display::BlendMode blend) {
  const int top = count() % 2 == 0 ? count() : count() + 1;
  const int layer = std::min(top, kLayersMax - 2);
  put(layer, bounds, 0);
  layers_[static_cast<std::size_t>(layer)].blend = blend;
  return layer;
}

int Layers::add_text(const Rect& bounds, double size_pt) {
  const double margin = kTextMargin * std::min(bounds.width(), bounds.height());
  return add({bounds.x0 + margin, bounds.y0 + margin, bounds.x1 - margin, bounds.y1 - margin}, 1, size_pt);
}

int Layers::add(const Rect& bounds, int parity, double size_pt) {
  int layer = parity;
  for (int i = count() - 1; i >= parity; --i) {
    const Layer& below = layers_[static_cast<std::size_t>(i)];
    const bool same_kind = i % 2 == parity;
    const bool apart =
        same_kind && (below.blend != display::BlendMode::normal ? below.overlaps(bounds)
                                                                : below.overlaps_other_size(bounds, size_pt));
    if (!apart && (i == parity || !below.overlaps(bounds))) continue;
    layer = !same_kind ? i + 1 : apart ? i + 2 : i;
    break;
  }
  // The last pair of layers takes everything that would go above it.
  if (layer >= kLayersMax) layer = kLayersMax - 2 + parity;
  put(layer, bounds, size_pt);
  return layer;
}

}  // namespace ode::exporter
