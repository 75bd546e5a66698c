#include "engine/export/visibility_book.h"

#include <algorithm>

#include "engine/export/markup.h"

namespace ode::exporter {
namespace {

/// Layers in layers beyond this, and more combinations of them on one page, are shown with what is around
/// them.
constexpr std::size_t kClassesBytesMax = 100, kSetsMax = 4096;

}  // namespace

void append_layer_list(std::string& out, const std::vector<HtmlLayer>& layers) {
  if (layers.empty()) return;
  out += "<nav aria-label=Layers><details><summary>Layers</summary>\n<ul>";
  for (const HtmlLayer& layer : layers) {
    out += "\n<li><label><input type=checkbox id=layer" + std::to_string(layer.id);
    out += layer.on ? " checked> " : "> ";
    append_escaped(out, layer.name.empty() ? "Layer " + std::to_string(layer.id) : layer.name);
    out += "</label></li>";
  }
  out += "</ul>\n</details></nav>\n";
}

const std::string& VisibilityBook::class_of(const display::Visibility& visibility) {
  const auto [at, added] = classes_.emplace(visibility, "");
  if (added) {
    at->second = "o" + std::to_string(order_.size());
    order_.push_back(&*at);
  }
  return at->second;
}

std::string VisibilityBook::css() const {
  std::string out;
  for (const auto* rule : order_) {
    const auto& [visibility, name] = *rule;
    if (visibility.hidden) out += "body:not(:has(nav input)) ." + name + "{display:none}\n";
    for (const auto& states : visibility.hidden_when) {
      out += "body";
      for (const display::LayerState& state : states) {
        out += ":has(#layer" + std::to_string(state.layer) + (state.on ? ":checked)" : ":not(:checked))");
      }
      out += " ." + name + "{display:none}\n";
    }
  }
  return out;
}

CommandVisibility::CommandVisibility(const display::DisplayList& list, VisibilityBook* book) {
  if (book == nullptr || list.visibilities.empty()) return;
  std::map<std::pair<std::uint32_t, int>, std::uint32_t> known;  // set and what is added to it → set
  std::vector<std::uint32_t> open;
  std::uint32_t now = 0;
  of_command_.reserve(list.commands.size());
  for (const display::Command& command : list.commands) {
    of_command_.push_back(now);
    if (const auto* begin = std::get_if<display::BeginMarked>(&command)) {
      open.push_back(now);
      const int index = list.marked[begin->content].visibility;
      if (index < 0) continue;
      if (sets_.size() >= kSetsMax || sets_[now].classes.size() > kClassesBytesMax) continue;
      const auto [at, added] = known.emplace(std::pair(now, index), static_cast<std::uint32_t>(sets_.size()));
      if (added) {
        const display::Visibility& visibility = list.visibilities[static_cast<std::size_t>(index)];
        Set set = sets_[now];
        set.classes += (set.classes.empty() ? "" : " ") + book->class_of(visibility);
        set.hidden = set.hidden || visibility.hidden;
        sets_.push_back(std::move(set));
      }
      now = at->second;
    } else if (std::holds_alternative<display::EndMarked>(command) && !open.empty()) {
      now = open.back();
      open.pop_back();
    }
  }
}

bool CommandVisibility::any_hidden() const {
  return std::any_of(sets_.begin(), sets_.end(), [](const Set& set) { return set.hidden; });
}

display::DisplayList with_glyphs(const display::DisplayList& list, const CommandVisibility& visibility,
                                 bool hidden) {
  display::DisplayList out = list;
  const auto empty_run = static_cast<std::uint32_t>(out.runs.size());
  out.runs.emplace_back();
  for (std::uint32_t i = 0; i < out.commands.size(); ++i) {
    auto* draw = std::get_if<display::DrawGlyphs>(&out.commands[i]);
    if (draw != nullptr && visibility.hidden(i) != hidden) draw->run = empty_run;
  }
  return out;
}

}  // namespace ode::exporter
