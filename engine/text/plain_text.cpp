// Lines of PageText as UTF-8.
#include "engine/text/plain_text.h"

#include "engine/base/utf8.h"
#include "engine/text/page_text.h"

namespace ode::text {

std::string plain_text(const PageText& page) {
  std::string out;
  for (const Line& line : page.lines) {
    append_utf8(out, text_of(line));
    out.push_back('\n');
  }
  return out;
}

std::string plain_text(const display::DisplayList& list) { return plain_text(page_text(list)); }

}  // namespace ode::text
