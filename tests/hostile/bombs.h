// What tests of budgets are made of: long texts, data that inflates to much, and whether a page ran into a
// limit.
#pragma once

#include <libdeflate.h>

#include <string>
#include <string_view>

#include "tests/support/engine_fixture.h"
#include "tests/support/pdf_builder.h"

namespace ode::testing {

inline std::string repeat(std::string_view text, std::size_t count) {
  std::string out;
  out.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) out += text;
  return out;
}

/// zlib data of `text`: small files that inflate to much.
inline std::string deflated(std::string_view text) {
  libdeflate_compressor* compressor = libdeflate_alloc_compressor(1);
  std::string out(libdeflate_zlib_compress_bound(compressor, text.size()), '\0');
  out.resize(libdeflate_zlib_compress(compressor, text.data(), text.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

/// Whether recording the only page of `pdf` ran into a limit, as the page's error or as a diagnostic.
inline bool hits_limit(const PdfBuilder& pdf) {
  const auto list = record(pdf.bytes());
  if (!list) return list.error().kind == ErrorKind::limit_exceeded;
  return complained(**list, ErrorKind::limit_exceeded);
}

}  // namespace ode::testing
