// Document::links: link annotations (ISO 32000-2, 12.5.6.5) that lead somewhere.
#include <algorithm>

#include "engine/pdf/annotations/appearances.h"
#include "engine/pdf/document/targets.h"
#include "engine/pdf/objects/page_tree.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

constexpr int kLinksMax = 100'000;

}  // namespace

std::vector<Link> Document::links(int page_index) {
  std::vector<Link> links;
  const Result<PageGeometry> geometry = page_geometry(page_index);
  ObjectStreams& streams = object_streams(impl_->context);
  if (!geometry) return links;
  TargetReader targets(*this, *impl_);
  const PageNode* page = page_tree(impl_->context).find(page_index);
  const Object annotations = page != nullptr ? streams.entry(page->dictionary, "Annots") : Object(objNull);
  for (int i = 0; i < std::min(element_count(annotations), kLinksMax); ++i) {
    const Object annotation = streams.element(annotations, i);
    if (name_of(streams.entry(annotation, "Subtype")) != "Link") continue;
    if (is_hidden(annotation)) continue;
    const std::optional<Rect> rect = rect_of(streams.entry(annotation, "Rect"));
    Target target = targets.of_holder(annotation);
    if (!rect || target.kind == Target::Kind::none) continue;
    const Object& raw = annotations.arrayGetNF(i);
    links.push_back({on_page(*geometry, *rect), std::move(target), raw.isRef() ? raw.getRefNum() : 0});
  }
  return links;
}

}  // namespace ode::pdf
