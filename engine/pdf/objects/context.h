// Context: what every part of engine/pdf shares while one document is open: poppler's document, the caches by
// object reference, and where complaints about the page in hand go. One thread at a time.
#pragma once

#include <Object.h>
#include <PDFDoc.h>
#include <XRef.h>

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>

#include "engine/base/bytes.h"
#include "engine/base/cancel.h"
#include "engine/base/diagnostics.h"
#include "engine/base/limits.h"
#include "engine/display/display_list.h"
#include "engine/fonts/resolver.h"

namespace ode::pdf {

class ColorSpace;
class FieldCodes;
class Font;
struct RecordingCache;
class ObjectStreams;
class PageTree;

/// A reference as a cache key; 0 for direct objects, which are not cached.
inline std::uint64_t key_of(Ref ref) {
  if (ref.num < 0) return 0;
  return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(ref.num)) << 32) |
         static_cast<std::uint32_t>(ref.gen);
}

/// What one page may still spend (limits.h); reset by record_page.
struct PageBudget {
  std::int64_t operators = kOperatorsMax;
  std::int64_t commands = kListCommandsMax;
  std::int64_t path_points = kPathPointsMax;
  std::int64_t glyphs = kGlyphsMax;
  std::int64_t marked_text = kMarkedTextMax;
  std::int64_t stream_bytes = static_cast<std::int64_t>(kPageBytesMax);
};

struct Context {
  SharedBytes bytes;  ///< the file; outlives `poppler`, which reads it in place
  SharedBytes added;  ///< what repair put behind a damaged file (repair/repair.h); the same
  std::unique_ptr<PDFDoc> poppler;
  fonts::FontSource fonts;

  // Caches by key_of(reference). Values are never null.
  std::unordered_map<std::uint64_t, std::shared_ptr<const ColorSpace>> color_spaces;
  std::unordered_map<std::uint64_t, std::shared_ptr<const Font>> font_cache;
  std::unordered_map<std::uint64_t, std::shared_ptr<const fonts::Face>> faces;  ///< key: font file stream
  std::unordered_map<std::uint64_t, std::shared_ptr<const images::ImageSource>> images;
  std::unordered_map<std::uint64_t, std::shared_ptr<const display::Shading>> shadings;
  std::shared_ptr<ObjectStreams> object_streams;  ///< objects/object_streams.h; ask object_streams(context)
  std::shared_ptr<PageTree> pages;                ///< objects/page_tree.h; ask page_tree(context)
  std::shared_ptr<RecordingCache> recording;      ///< content/recording_cache.h; made by the first page recorded

  std::unordered_map<std::string, std::shared_ptr<const FieldCodes>> field_codes;  ///< annotations/field_font.h

  // The page in hand.
  int page_number = 0;  ///< 1-based; 0 between pages
  PageBudget budget;
  Diagnostics* diagnostics = nullptr;  ///< never null while a page is recorded
  const CancelFlag* cancel = nullptr;

  XRef* xref() const { return poppler->getXRef(); }
  /// A diagnostic about `object` (0: none) on the page in hand; dropped when no page is recorded.
  void complain(ErrorKind kind, std::string message, int object = 0) {
    if (diagnostics != nullptr) diagnostics->add(kind, std::move(message), page_number, object);
  }
  Error fail(ErrorKind kind, std::string message, int object = 0) const {
    return Error{kind, std::move(message), page_number, object};
  }
};

/// Resource dictionaries from the innermost out: forms without /Resources see their page's (as all readers
/// do). What was found once is kept, because poppler parses an indirect object again each time it is fetched.
class Resources {
 public:
  Resources() = default;
  explicit Resources(Object dict, const Resources* outer = nullptr, ObjectStreams* streams = nullptr)
      : dict_(std::move(dict)), outer_(outer), streams_(streams) {}
  Resources(const Resources&) = delete;
  Resources& operator=(const Resources&) = delete;

  struct Found {
    Object object;             ///< resolved; null object when absent
    Ref ref = Ref::INVALID();  ///< of the entry when it was indirect
  };
  /// E.g. find("XObject", "Im1").
  Found find(const char* category, const char* name) const;
  /// The reference alone, without fetching what it refers to; Ref::INVALID() for direct and absent entries.
  Ref find_ref(const char* category, const char* name) const;

 private:
  const Object& category(const char* name) const;

  Object dict_;
  const Resources* outer_ = nullptr;
  ObjectStreams* streams_ = nullptr;
  mutable std::unordered_map<std::string, Object> categories_;
  mutable std::unordered_map<std::string, Found> found_;
};

}  // namespace ode::pdf
