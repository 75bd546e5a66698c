// The order of drawing: pictures and text of a page lie in layers, SVG and HTML text in turn. An item goes
// into the lowest layer that is above everything drawn before it and under it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/display/display_list.h"
#include "engine/geometry/geometry.h"

namespace ode::exporter {

/// Even layers hold pictures, odd ones text.

/// ";z-index:…" for an element of a layer, so that elements may come in the order in which they are read. The lowest
/// pair of layers needs none.
void append_layer(std::string& out, int layer);

class Layers {
 public:
  int add_picture(const Rect& bounds) { return add(bounds, 0); }
  int add_text(const Rect& bounds);
  /// For what blends with all below: a layer of its own, which blends as a whole. What goes on top of the last layer
  /// blends as that does.
  int add_blended(const Rect& bounds, display::BlendMode blend);
  display::BlendMode blend(int layer) const { return layers_[static_cast<std::size_t>(layer)].blend; }
  int count() const { return static_cast<int>(layers_.size()); }

 private:
  struct Layer {
    Rect bounds;
    std::vector<Rect> items;
    display::BlendMode blend = display::BlendMode::normal;
    bool overlaps(const Rect& r) const;
  };
  int add(const Rect& bounds, int parity);
  void put(int layer, const Rect& bounds);

  std::vector<Layer> layers_;
};

}  // namespace ode::exporter
