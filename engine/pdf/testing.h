// Helpers of this folder's tests: a document from a builder, a page as the text of its display list.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "engine/pdf/document/document.h"
#include "tests/support/pdf_builder.h"

namespace ode::pdf {

/// No font of any pack: tests that show text bring Type 3 fonts.
inline fonts::FontSource no_fonts() {
  return {[](const fonts::FontQuery&) -> Result<fonts::FontMatch> {
            return Error{ErrorKind::io, "no fonts here"};
          },
          [](char32_t) -> Result<std::shared_ptr<const fonts::Face>> {
            return Error{ErrorKind::unsupported, "no fonts here"};
          }};
}

inline std::unique_ptr<Document> open_or_fail(const SharedBytes& bytes) {
  auto document = Document::open(bytes, {std::nullopt, no_fonts()});
  if (!document) {
    ADD_FAILURE() << to_string(document.error());
    return nullptr;
  }
  return std::move(document).value();
}

inline std::shared_ptr<const display::DisplayList> record_or_fail(Document& document, int page_index = 0,
                                                                  const RecordOptions& options = {}) {
  auto list = document.record_page(page_index, options);
  if (!list) {
    ADD_FAILURE() << to_string(list.error());
    return std::make_shared<display::DisplayList>();
  }
  return std::move(list).value();
}

/// The dump of a page without its first line, which is the list's number and bounds.
inline std::string dump_page(const ode::testing::PdfBuilder& pdf, int page_index = 0) {
  const auto document = open_or_fail(pdf.bytes());
  if (document == nullptr) return "(not opened)";
  const std::string text = display::dump(*record_or_fail(*document, page_index));
  return text.substr(std::min(text.find('\n') + 1, text.size()));
}

/// The dump of one page with these contents and entries of the page dictionary.
inline std::string dump_content(std::string_view content, const std::string& entries = "") {
  ode::testing::PdfBuilder pdf;
  pdf.page(content, entries);
  return dump_page(pdf);
}

/// The diagnostics of the first page, one a line.
inline std::string diagnostics_of(const ode::testing::PdfBuilder& pdf) {
  const auto document = open_or_fail(pdf.bytes());
  if (document == nullptr) return "(not opened)";
  std::string lines;
  const auto list = record_or_fail(*document);
  for (const Error& item : list->diagnostics.items()) lines += to_string(item) + "\n";
  return lines;
}

}  // namespace ode::pdf
