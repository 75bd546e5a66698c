// Appearances: a page's annotation appearances from a PdfBuilder document, as text that tests can look at.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/fonts/resolver.h"
#include "engine/pdf/annotations/appearances.h"
#include "engine/pdf/objects/memory_stream.h"
#include "engine/pdf/objects/poppler_globals.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/stream_bytes.h"
#include "tests/support/pdf_builder.h"

namespace ode::testing {

/// A document open for the parts of engine/pdf that take a Context.
struct OpenContext {
  pdf::Context context;
  Diagnostics diagnostics;

  explicit OpenContext(const PdfBuilder& pdf) : OpenContext(pdf.bytes()) {}
  explicit OpenContext(SharedBytes bytes) {
    pdf::ensure_poppler_globals();
    context.bytes = std::move(bytes);
    const std::string_view chars = as_chars(context.bytes.view());
    context.poppler = std::make_unique<PDFDoc>(
        new MemStream(chars.data(), 0, static_cast<Goffset>(chars.size()), Object(objNull)));
    context.fonts = fonts::open_font_pack(ODE_FONT_PACK_DIR).value();
    context.diagnostics = &diagnostics;
    context.page_number = 1;
  }
};

struct Appearances {
  std::unique_ptr<OpenContext> open;
  std::vector<pdf::Appearance> items;

  std::string content(std::size_t i = 0) const {
    if (i >= items.size()) return "(no appearance)";
    const auto bytes = pdf::read_all(open->context, items[i].form);
    return bytes ? std::string(as_chars(bytes->view())) : "(unreadable)";
  }
  Rect box(std::size_t i = 0) const {
    return i < items.size() ? pdf::rect_of(pdf::entry(items[i].form, "BBox")).value_or(Rect{}) : Rect{};
  }
  Matrix matrix(std::size_t i = 0) const {
    return i < items.size() ? pdf::matrix_of(pdf::entry(items[i].form, "Matrix")) : Matrix{};
  }
  Object resource(const char* category, const char* name, std::size_t i = 0) const {
    return pdf::entry(pdf::entry(pdf::entry(items[i].form, "Resources"), category), name);
  }
};

inline Appearances appearances_of(const PdfBuilder& pdf) {
  Appearances out;
  out.open = std::make_unique<OpenContext>(pdf);
  out.items = pdf::page_appearances(out.open->context, 0);
  return out;
}

/// Of a page with the annotations whose dictionary entries these are (without /Type).
inline Appearances appearances_of(const std::vector<std::string>& annotations,
                                  const std::string& page_entries = "") {
  PdfBuilder pdf;
  std::string refs;
  for (const std::string& entries : annotations)
    refs += PdfBuilder::ref(pdf.object("<< /Type /Annot " + entries + " >>")) + " ";
  pdf.page("", "/Annots [" + refs + "] " + page_entries);
  return appearances_of(pdf);
}

}  // namespace ode::testing
