// The shared fixture of whole-engine tests (engine_fixture.h).
#include "tests/support/engine_fixture.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace ode::testing {

const fonts::FontSource& font_pack() {
  static const fonts::FontSource pack = [] {
    Result<fonts::FontSource> opened = fonts::open_font_pack(ODE_FONT_PACK_DIR);
    if (!opened) {
      std::fprintf(stderr, "font pack: %s\n", to_string(opened.error()).c_str());
      std::abort();
    }
    return std::move(opened).value();
  }();
  return pack;
}

Result<std::unique_ptr<pdf::Document>> open(SharedBytes bytes, const std::string& password) {
  pdf::OpenOptions options;
  options.fonts = font_pack();
  if (!password.empty()) options.password = password;
  return pdf::Document::open(std::move(bytes), options);
}

Result<std::shared_ptr<const display::DisplayList>> record(SharedBytes bytes, int page_index) {
  const std::unique_ptr<pdf::Document> document = ODE_TRY(open(std::move(bytes)));
  return document->record_page(page_index, pdf::RecordOptions{});
}

bool complained(const display::DisplayList& list, ErrorKind kind) {
  const std::vector<Error>& items = list.diagnostics.items();
  return std::any_of(items.begin(), items.end(), [kind](const Error& error) { return error.kind == kind; });
}

}  // namespace ode::testing
