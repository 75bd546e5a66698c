// Visibility: under which layers marked content is shown (ISO 32000-2, 8.11), for outputs whose readers switch layers
// themselves.
#pragma once

#include <vector>

namespace ode::display {

struct LayerState {
  int layer = 0;  ///< number of the optional content group's object, as pdf::Layer::object
  bool on = true;
  auto operator<=>(const LayerState&) const = default;
};

/// A membership of any kind as what its contrary takes.
struct Visibility {
  /// The content is hidden while all states of any one of these hold.
  std::vector<std::vector<LayerState>> hidden_when;
  bool hidden = false;  ///< as the document opens
  auto operator<=>(const Visibility&) const = default;
};

}  // namespace ode::display
