// Session → text → writers of engine/export.
#include "engine/api/text_output.h"

#include "engine/api/read_ahead.h"
#include "engine/export/text/hocr.h"
#include "engine/export/text/json.h"
#include "engine/export/text/layout.h"
#include "engine/export/text/markdown.h"
#include "engine/export/text/tagged.h"
#include "engine/text/plain_text.h"

namespace ode::api {
namespace {

/// So many pages, evenly spaced, tell what a document's running text looks like.
constexpr std::size_t kBodyPagesMax = 12;

/// What the document says of a page; its text is found later.
struct ReadPage {
  std::shared_ptr<const display::DisplayList> list;
  std::span<const text::ContentTag> content;
  exporter::Screen screen;
  int number = 1;
  std::string label;
  std::vector<exporter::PageLink> links;
  text::LanguageDirection language = text::LanguageDirection::unknown;

  text::PageText text() const { return text::page_text(*list, content, language); }
};

Result<ReadPage> read_page(Session& session, int page_index, const CancelFlag* cancel) {
  ReadPage page;
  page.list = ODE_TRY(session.record_text(page_index, cancel));
  page.content = session.content_tags(page_index, *page.list);
  page.language = session.language_direction();
  const pdf::PageGeometry geometry = ODE_TRY(session.page_geometry(page_index));
  const PageSize size = ODE_TRY(session.page_size(page_index, pdf::PageBox::crop));
  const Placement placement = ODE_TRY(session.place(page_index, View{}));
  page.screen = {placement.device_from_page, size.width_pt, size.height_pt};
  page.number = page_index + 1;
  page.label = geometry.label;
  return page;
}

/// The links of a page that lead out of the document, to addresses that are safe.
std::vector<exporter::PageLink> outward_links(Session& session, int page_index) {
  std::vector<exporter::PageLink> links;
  for (const pdf::Link& link : session.document().links(page_index)) {
    if (link.target.kind != pdf::Target::Kind::uri) continue;
    std::string url = exporter::safe_url(link.target.text);
    if (!url.empty()) links.push_back({link.area, std::move(url), {}});
  }
  return links;
}

exporter::TextFacts facts_of(Session& session) {
  exporter::TextFacts facts;
  const pdf::Information information = session.document().information();
  const auto title = information.metadata.find("Title");
  if (title != information.metadata.end()) facts.title = title->second;
  facts.language = session.document().language();
  facts.page_count = session.page_count();
  return facts;
}

class TextWriter {
 public:
  TextWriter(Session& session, TextFormat format, std::string name)
      : session_(session), format_(format), name_(std::move(name)) {}

  /// Reads some of `pages` for what concerns the whole document.
  Status prepare(const std::vector<int>& pages, const CancelFlag* cancel) {
    if (format_ != TextFormat::markdown) return Ok{};
    exporter::BodyStyleCounter counter;
    const std::size_t step = (pages.size() + kBodyPagesMax - 1) / kBodyPagesMax;
    for (std::size_t i = 0; i < pages.size(); i += step) {
      const auto page = read_page(session_, pages[i], cancel);
      if (!page && page.error().kind == ErrorKind::cancelled) return page.error();
      if (page) counter.add(*page->list, page->text());  // failures are told when the page is written
    }
    body_ = counter.most_common();
    structure_.emplace(session_.structure());
    return Ok{};
  }

  /// What a page of this format is written from.
  Result<ReadPage> read(int page_index, const CancelFlag* cancel) {
    ReadPage page = ODE_TRY(read_page(session_, page_index, cancel));
    if (format_ == TextFormat::markdown) page.links = outward_links(session_, page_index);
    return page;
  }

  std::string head() const {
    if (format_ == TextFormat::json) return exporter::TextJson::head(facts_of(session_));
    if (format_ == TextFormat::hocr) return exporter::hocr_head(facts_of(session_));
    return {};
  }
  std::string page(const ReadPage& read) {
    const text::PageText text = read.text();
    const exporter::TextPage page{*read.list, text, read.screen, read.number, read.label, read.links};
    switch (format_) {
      case TextFormat::plain:
        return text::plain_text(text);
      case TextFormat::layout:
        return exporter::text_layout(page);
      case TextFormat::json:
        return json_.page(page);
      case TextFormat::hocr:
        return exporter::hocr_page(page, image_name(read.number));
      case TextFormat::markdown:
        return markdown(page, read.content);
    }
    return {};
  }
  std::string tail() const {
    if (format_ == TextFormat::json) return exporter::TextJson::tail();
    if (format_ == TextFormat::hocr) return exporter::hocr_tail();
    return {};
  }

 private:
  std::string image_name(int number) const {
    const std::string digits = std::to_string(number);
    return name_ + "-" + std::string(digits.size() < 3 ? 3 - digits.size() : 0, '0') + digits + ".png";
  }
  std::string markdown(const exporter::TextPage& page, std::span<const text::ContentTag> content) {
    std::string out = exporter::markdown_of(exporter::tagged_elements_of(page, content, *structure_, body_));
    if (out.empty()) return out;
    if (begun_) out.insert(0, 1, '\n');
    begun_ = true;
    return out;
  }

  Session& session_;
  TextFormat format_;
  std::string name_;  ///< of pictures of pages
  exporter::BodyStyle body_;  ///< these two of Markdown
  std::optional<exporter::TextStructure> structure_;
  exporter::TextJson json_;
  bool begun_ = false;
};

}  // namespace

std::optional<TextFormat> text_format_named(std::string_view name) {
  if (name == "plain" || name == "text") return TextFormat::plain;
  if (name == "layout") return TextFormat::layout;
  if (name == "json") return TextFormat::json;
  if (name == "hocr") return TextFormat::hocr;
  if (name == "markdown") return TextFormat::markdown;
  return std::nullopt;
}

const char* extension_of(TextFormat format) {
  switch (format) {
    case TextFormat::json:
      return "json";
    case TextFormat::hocr:
      return "hocr";
    case TextFormat::markdown:
      return "md";
    default:
      return "txt";
  }
}

Status write_text(Session& session, TextFormat format, const ConvertSettings& settings, const TextSink& sink) {
  TextWriter writer(session, format, settings.name);
  ODE_TRY(writer.prepare(settings.pages, settings.cancel));
  ODE_TRY(sink(writer.head()));
  const bool fed = format == TextFormat::plain || format == TextFormat::layout;
  const auto read = [&](int index) -> Result<ReadPage> {
    if (is_cancelled(settings.cancel)) return Error{ErrorKind::cancelled, "cancelled"};
    return writer.read(index, settings.cancel);
  };
  ODE_TRY(read_pages<ReadPage>(settings, read, [&](int index, const ReadPage& page) -> Status {
    auto text = guarded_page(index, [&]() -> Result<std::string> { return writer.page(page); });
    if (!text) {
      if (settings.failed) settings.failed(index, text.error());
      return Ok{};
    }
    if (fed) text->push_back('\f');
    return sink(*text);
  }));
  return sink(writer.tail());
}

Result<std::string> page_text_as(Session& session, TextFormat format, int page_index,
                                 const CancelFlag* cancel) {
  TextWriter writer(session, format, ConvertSettings().name);
  ODE_TRY(writer.prepare({page_index}, cancel));
  const ReadPage page = ODE_TRY(writer.read(page_index, cancel));
  return writer.head() + writer.page(page) + writer.tail();
}

Result<text::Hits> search_page(Session& session, const text::Searcher& searcher, int page_index,
                               const CancelFlag* cancel) {
  return searcher.find(ODE_TRY(session.page_text(page_index, cancel)), cancel);
}

}  // namespace ode::api
