// Text as JSON: document → pages → blocks → lines → words. docs/text_json.md is the schema.
#pragma once

#include <string>

#include "engine/export/text/page.h"

namespace ode::exporter {

/// Gives the document in parts, to be written one after the other: head, pages, tail.
class TextJson {
 public:
  static std::string head(const TextFacts& facts);
  std::string page(const TextPage& page);
  static std::string tail();

 private:
  bool begun_ = false;  ///< a page was written
};

}  // namespace ode::exporter
