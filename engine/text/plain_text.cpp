// Lines of PageText as UTF-8.
#include "engine/text/plain_text.h"

#include "engine/base/utf8.h"
#include "engine/text/page_text.h"

namespace ode::text {

std::string plain_text(const PageText& page) {
  std::string out;
  for (const Line& line : page.lines) {
    const std::size_t begin = out.size();
    for (const Cluster& cluster : line.clusters) {
      for (const char32_t c : cluster.text) {
        const bool again = c == U' ' && (out.size() == begin || out.back() == ' ');
        if (c < 0x80 && !again) out.push_back(static_cast<char>(c));
        if (c >= 0x80) append_utf8(out, std::u32string_view(&c, 1));
      }
    }
    while (out.size() > begin && out.back() == ' ') out.pop_back();
    out.push_back('\n');
  }
  return out;
}

std::string plain_text(const display::DisplayList& list) { return plain_text(page_text(list)); }

}  // namespace ode::text
