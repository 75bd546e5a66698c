// Document::Impl: what stands behind document/document.h. document/document.cpp and recording use it, document_info*.cpp reads
// it.
#pragma once

#include "engine/pdf/document/document.h"
#include "engine/pdf/objects/context.h"
#include "engine/pdf/objects/page_walk.h"
#include "engine/pdf/repair/repair.h"

namespace ode::pdf {

/// What document/targets.cpp has looked up, kept because outlines and links ask for thousands of
/// destinations.
struct DestinationIndex {
  PageNumbers page_numbers;
  std::unordered_map<std::string, Object> names;        ///< the whole name tree, once has_all_names
  std::unordered_map<int, std::optional<PageGeometry>>
      geometries;           ///< by page number; nullopt for damaged pages
  Object tree, dictionary;  ///< /Names /Dests and /Dests of the catalog, once has_roots
  bool has_roots = false, has_all_names = false;
  int lookups = 0;
  std::unordered_map<std::string, Target> targets;  ///< of names that were asked for; many links share one
};

/// A rectangle of the page's user space, such as /Rect of an annotation, in page space of the crop box.
Rect on_page(const PageGeometry& geometry, const Rect& user);

struct EmbeddedFile {
  Object specification, stream;
  int object = 0;
  std::string name;
};

struct Document::Impl {
  Context context;
  int page_count = 0;
  std::optional<RepairReport> repair;  ///< of a damaged file
  DestinationIndex destinations;
  std::optional<std::vector<EmbeddedFile>> embedded_files;  ///< once asked for: the whole document is searched
};

}  // namespace ode::pdf
