// Writers: a document's first pages as HTML and SVG, which must be well-formed and harmless, whatever the
// document says, and as the formats of text.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "engine/api/convert.h"
#include "engine/api/text_output.h"
#include "tests/support/engine_fixture.h"
#include "tests/support/strict_markup.h"

namespace {

constexpr int kPages = 2;

void require_no_complaint(const std::string& markup, ode::testing::MarkupKind kind) {
  const std::string complaint = ode::testing::complaint_about(markup, kind);
  if (complaint.empty()) return;
  std::fprintf(stderr, "%s\n", complaint.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* begin = reinterpret_cast<const std::byte*>(data);
  ode::api::OpenSettings settings;
  settings.fonts = ode::testing::font_pack();
  const auto session =
      ode::api::Session::open(ode::SharedBytes(ode::ByteVector(begin, begin + size)), settings);
  if (!session) return 0;
  ode::api::ConvertSettings convert;
  for (int page = 0; page < (*session)->page_count() && page < kPages; ++page) {
    convert.pages.push_back(page);
    const auto svg = ode::api::convert_to_svg(**session, page, nullptr);
    if (svg) require_no_complaint(*svg, ode::testing::MarkupKind::svg);
    for (const auto format : {ode::api::TextFormat::layout, ode::api::TextFormat::json, ode::api::TextFormat::hocr,
                              ode::api::TextFormat::markdown}) {
      (void)ode::api::page_text_as(**session, format, page, nullptr);  // whatever it is, it ends
    }
  }
  std::string html;
  const ode::Status status =
      ode::api::convert_to_html(**session, convert, [&](std::string_view part) -> ode::Status {
        html += part;
        return ode::Ok{};
      });
  if (status.ok()) require_no_complaint(html, ode::testing::MarkupKind::html);
  return 0;
}
