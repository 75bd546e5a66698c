// StyleBook: declarations that elements share, each list of them one class of the document's style sheet.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace ode::exporter {

class StyleBook {
 public:
  /// The class that has these declarations.
  const std::string& class_of(const std::string& declarations) {
    const auto [at, added] = classes_.emplace(declarations, "");
    if (added) {
      at->second = "s" + std::to_string(order_.size());
      order_.push_back(&*at);
    }
    return at->second;
  }
  /// Rules in the order in which the classes came.
  std::string css() const {
    std::string out;
    for (const auto* rule : order_) out += "." + rule->second + "{" + rule->first + "}\n";
    return out;
  }

 private:
  std::map<std::string, std::string> classes_;
  std::vector<const std::map<std::string, std::string>::value_type*> order_;
};

}  // namespace ode::exporter
