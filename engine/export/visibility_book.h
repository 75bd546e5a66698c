// Optional content as classes of the style sheet: what belongs to layers has one, and the boxes in the list of layers
// (append_layer_list) hide it, by selectors alone.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "engine/display/display_list.h"

namespace ode::exporter {

struct HtmlLayer {
  int id = 0;        ///< as display::LayerState::layer
  std::string name;  ///< UTF-8
  bool on = true;
};

/// A navigation element with a box for each layer; nothing when there are none.
void append_layer_list(std::string& out, const std::vector<HtmlLayer>& layers);

/// The classes of a document.
class VisibilityBook {
 public:
  const std::string& class_of(const display::Visibility& visibility);
  /// Rules in the order in which the classes came. Where no list of layers is, all is as the document opens.
  std::string css() const;

 private:
  std::map<display::Visibility, std::string> classes_;
  std::vector<const std::map<display::Visibility, std::string>::value_type*> order_;
};

/// The classes of a list's commands. `book` null: none has any.
class CommandVisibility {
 public:
  CommandVisibility(const display::DisplayList& list, VisibilityBook* book);
  /// "", or classes with spaces between them.
  const std::string& classes(std::uint32_t command) const { return sets_[set_of(command)].classes; }
  /// Whether the command is hidden as the document opens.
  bool hidden(std::uint32_t command) const { return sets_[set_of(command)].hidden; }
  bool any_hidden() const;

 private:
  struct Set {
    std::string classes;
    bool hidden = false;
  };
  std::size_t set_of(std::uint32_t command) const { return of_command_.empty() ? 0 : of_command_[command]; }

  std::vector<Set> sets_{Set{}};  ///< the first: of what belongs to no layer
  std::vector<std::uint32_t> of_command_;
};

/// The list without the glyphs that are hidden, or without those that are not. Commands keep their numbers.
display::DisplayList with_glyphs(const display::DisplayList& list, const CommandVisibility& visibility, bool hidden);

}  // namespace ode::exporter
