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
  int add_picture(const Rect& bounds) { return add(bounds, 0, 0); }
  /// `size_pt`: of the font. Text lies on other text where both are about as large, for lines reach into each other and
  /// stand in the order of reading; a watermark is another layer than what is written over it.
  int add_text(const Rect& bounds, double size_pt);
  /// For what blends with all below: a layer of its own, which blends as a whole. What goes on top of the last layer
  /// blends as that does.
  int add_blended(const Rect& bounds, display::BlendMode blend);
  display::BlendMode blend(int layer) const { return layers_[static_cast<std::size_t>(layer)].blend; }
  int count() const { return static_cast<int>(layers_.size()); }

 private:
  struct Layer {
    Rect bounds;
    struct Item {
      Rect bounds;
      double size_pt = 0;  ///< of text
    };
    std::vector<Item> items;
    double smallest_pt = 0, largest_pt = 0;  ///< of the text in it
    display::BlendMode blend = display::BlendMode::normal;
    bool overlaps(const Rect& r) const;
    bool overlaps_other_size(const Rect& r, double size_pt) const;
  };
  int add(const Rect& bounds, int parity, double size_pt);
  void put(int layer, const Rect& bounds, double size_pt);

  std::vector<Layer> layers_;
};

}  // namespace ode::exporter
