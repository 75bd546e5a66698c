// The C interface over text: characters, search, formats, and pages as HTML and SVG.
#include <string>
#include <vector>

#include "engine/api/convert.h"
#include "engine/api/ode_handle.h"
#include "engine/api/page_chars.h"
#include "engine/api/text_output.h"

struct ode_text {
  ode::api::PageChars page;
};

struct ode_hits {
  std::vector<ode::text::Hit> hits;
  std::vector<std::vector<ode_quad>> quads;  ///< of each hit
};

namespace {

using ode::Ok;
using ode::Result;
using ode::Status;
using ode::api::bad_argument;
using ode::api::kNoDocument;
using ode::api::TextFormat;
using ode::api::to_status;

constexpr unsigned kSearchFlags = ODE_SEARCH_REGEX | ODE_SEARCH_CASE | ODE_SEARCH_WORDS;

ode::text::Query query_of(const char* query, unsigned flags) {
  ode::text::Query asked;
  asked.text = query;
  if ((flags & ODE_SEARCH_REGEX) != 0) asked.kind = ode::text::Query::Kind::pattern;
  if ((flags & ODE_SEARCH_CASE) != 0) asked.letter_case = ode::text::LetterCase::exact;
  if ((flags & ODE_SEARCH_WORDS) != 0) asked.bounds = ode::text::Query::Bounds::whole_words;
  return asked;
}

Status search(ode_document& document, int page, const ode::text::Query& query, ode_hits** hits) {
  const ode::text::Searcher searcher = ODE_TRY(ode::text::Searcher::make(query));
  auto found = std::make_unique<ode_hits>();
  found->hits = ODE_TRY(ode::api::search_page(*document.session, searcher, page, &document.cancel)).hits;
  found->quads.reserve(found->hits.size());
  for (const ode::text::Hit& hit : found->hits) {
    auto& quads = found->quads.emplace_back();
    for (const ode::text::Quad& quad : hit.quads) quads.push_back(ode::api::to_c(quad));
  }
  *hits = found.release();
  return Ok{};
}

const ode::text::Hit* hit_at(const ode_hits* hits, size_t index) {
  return hits != nullptr && index < hits->hits.size() ? &hits->hits[index] : nullptr;
}

/// One page as HTML; a page that fails is an error of the call.
Result<std::string> page_html(ode_document& document, int page) {
  ODE_TRY(document.session->page_geometry(page));
  std::string html;
  Status status = Ok{};
  ode::api::ConvertSettings settings;
  settings.pages = {page};
  settings.navigation = false;
  settings.cancel = &document.cancel;
  settings.failed = [&](int, const ode::Error& error) { status = error; };
  ODE_TRY(ode::api::convert_to_html(*document.session, settings, [&](std::string_view text) {
    html += text;
    return Status(Ok{});
  }));
  ODE_TRY(std::move(status));
  return html;
}

/// Runs `work` unless the document is cancelled: short work polls the flag too seldom.
template <class Work>
int run(const ode_document& document, int page, ode_error* error, Work&& work) {
  return to_status(
      error,
      [&]() -> Status {
        if (document.cancel.cancelled()) return ode::Error{ode::ErrorKind::cancelled, "cancelled"};
        return work();
      },
      page);
}

/// Keeps a document's text in its slot and gives it out.
Status give(std::string made, std::string& slot, const char** text, size_t* size) {
  slot = std::move(made);
  *text = slot.c_str();
  if (size != nullptr) *size = slot.size();
  return Ok{};
}

}  // namespace

extern "C" {

int ode_page_text_format(ode_document* document, int page, int format, const char** text, ode_error* error) {
  if (document == nullptr || text == nullptr) return bad_argument(kNoDocument, error);
  constexpr TextFormat kFormats[] = {TextFormat::plain, TextFormat::layout, TextFormat::json,
                                     TextFormat::hocr, TextFormat::markdown};
  if (format < ODE_TEXT_PLAIN || format > ODE_TEXT_MARKDOWN)
    return bad_argument("an unknown text format", error);
  return run(*document, page, error, [&]() -> Status {
    return give(
        ODE_TRY(ode::api::page_text_as(*document->session, kFormats[format], page, &document->cancel)),
        document->formatted_text, text, nullptr);
  });
}

int ode_text_new(ode_document* document, int page, ode_text** text, ode_error* error) {
  if (text != nullptr) *text = nullptr;
  if (document == nullptr || text == nullptr) return bad_argument(kNoDocument, error);
  return run(*document, page, error, [&]() -> Status {
    auto made = std::make_unique<ode_text>();
    made->page = ODE_TRY(ode::api::page_chars(*document->session, page, &document->cancel));
    *text = made.release();
    return Ok{};
  });
}
void ode_text_free(ode_text* text) { delete text; }
size_t ode_text_count(const ode_text* text) { return text != nullptr ? text->page.chars.size() : 0; }
const ode_char* ode_text_chars(const ode_text* text) {
  return text != nullptr ? text->page.chars.data() : nullptr;
}
const char* ode_text_font_name(const ode_text* text, int font) {
  if (text == nullptr || font < 0 || static_cast<size_t>(font) >= text->page.fonts.size()) return nullptr;
  return text->page.fonts[static_cast<size_t>(font)].c_str();
}

int ode_search_page(ode_document* document, int page, const char* query, unsigned flags, ode_hits** hits,
                    ode_error* error) {
  if (hits != nullptr) *hits = nullptr;
  if (document == nullptr || query == nullptr || hits == nullptr) return bad_argument(kNoDocument, error);
  if ((flags & ~kSearchFlags) != 0) return bad_argument("an unknown search flag", error);
  return run(*document, page, error, [&] { return search(*document, page, query_of(query, flags), hits); });
}
void ode_hits_free(ode_hits* hits) { delete hits; }
size_t ode_hits_count(const ode_hits* hits) { return hits != nullptr ? hits->hits.size() : 0; }
const ode_quad* ode_hits_quads(const ode_hits* hits, size_t index, size_t* count) {
  const bool there = hit_at(hits, index) != nullptr;
  if (count != nullptr) *count = there ? hits->quads[index].size() : 0;
  return there ? hits->quads[index].data() : nullptr;
}
const char* ode_hits_text(const ode_hits* hits, size_t index) {
  const auto* hit = hit_at(hits, index);
  return hit != nullptr ? hit->text.c_str() : nullptr;
}
const char* ode_hits_before(const ode_hits* hits, size_t index) {
  const auto* hit = hit_at(hits, index);
  return hit != nullptr ? hit->before.c_str() : nullptr;
}
const char* ode_hits_after(const ode_hits* hits, size_t index) {
  const auto* hit = hit_at(hits, index);
  return hit != nullptr ? hit->after.c_str() : nullptr;
}

int ode_page_html(ode_document* document, int page, const char** html, size_t* size, ode_error* error) {
  if (document == nullptr || html == nullptr) return bad_argument(kNoDocument, error);
  return run(*document, page, error, [&]() -> Status {
    return give(ODE_TRY(page_html(*document, page)), document->html, html, size);
  });
}

int ode_page_svg(ode_document* document, int page, const char** svg, size_t* size, ode_error* error) {
  if (document == nullptr || svg == nullptr) return bad_argument(kNoDocument, error);
  return run(*document, page, error, [&]() -> Status {
    return give(ODE_TRY(ode::api::convert_to_svg(*document->session, page, &document->cancel)), document->svg,
                svg, size);
  });
}

}  // extern "C"
