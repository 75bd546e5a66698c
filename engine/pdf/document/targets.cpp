// See document/targets.h.
#include "engine/pdf/document/targets.h"

#include <Catalog.h>

#include <algorithm>

#include "engine/pdf/objects/name_tree.h"
#include "engine/pdf/objects/page_walk.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/text_string.h"

namespace ode::pdf {
namespace {

constexpr std::size_t kNamesMax = 1 << 16;  ///< whose targets are kept

bool is_relative(const std::string& uri) {
  const std::size_t colon = uri.find(':');
  return colon == std::string::npos || uri.find_first_of("/?#") < colon;
}

std::string utf8_of_uri(const std::string& bytes) { return utf8_from_u32(u32_from_utf8(bytes)); }

}  // namespace

std::string file_name_of(ObjectStreams& streams, const Object& file_specification) {
  if (file_specification.isString()) return utf8_from_object(file_specification);
  for (const char* key : {"UF", "F", "Unix", "Mac", "DOS"}) {
    std::string name = utf8_from_object(streams.entry(file_specification, key));
    if (!name.empty()) return name;
  }
  return {};
}

Target TargetReader::of_holder(const Object& holder) {
  const Object destination = streams_.entry(holder, "Dest");
  if (!destination.isNull()) return of_destination(destination);
  return of_action(streams_.entry(holder, "A"));
}

Target TargetReader::of_action(const Object& action) {
  Target target;
  const std::string kind = name_of(streams_.entry(action, "S"));
  if (kind == "GoTo") return of_destination(streams_.entry(action, "D"));
  if (kind == "URI") {
    const Object uri = streams_.entry(action, "URI");
    if (!uri.isString()) return target;
    target.kind = Target::Kind::uri;
    target.text = utf8_of_uri(uri.getString()->toStr());
    const auto& base = impl_.context.poppler->getCatalog()->getBaseURI();
    if (base && is_relative(target.text)) target.text = utf8_of_uri(*base) + target.text;
  } else if (kind == "GoToR" || kind == "Launch") {
    target.kind = Target::Kind::file;
    target.text = file_name_of(streams_, streams_.entry(action, "F"));
    if (target.text.empty()) target.text = file_name_of(streams_, streams_.entry(streams_.entry(action, "Win"), "F"));
    if (target.text.empty()) target.kind = Target::Kind::none;
    if (const Object page = streams_.element(streams_.entry(action, "D"), 0); page.isInt() && page.getInt() >= 0)
      target.page = std::min(page.getInt(), kPagesMax - 1) + 1;
  } else if (kind == "Named") {
    target.kind = Target::Kind::named;
    target.text = utf8_from_object(streams_.entry(action, "N"));
  }
  return target;
}

Target TargetReader::of_destination(const Object& destination) {
  if (destination.isName()) return of_name(destination.getName());
  if (destination.isString()) return of_name(destination.getString()->toStr());
  return of_explicit(as_array(destination.copy()));
}

Object TargetReader::as_array(Object destination) {
  if (destination.isDict()) return streams_.entry(destination, "D");
  return destination;
}

Target TargetReader::of_name(const std::string& name) {
  auto& targets = impl_.destinations.targets;
  if (const auto found = targets.find(name); found != targets.end()) return found->second;
  Target target = of_explicit(named_destination(name));
  if (targets.size() < kNamesMax) targets.emplace(name, target);
  return target;
}

void TargetReader::read_roots() {
  DestinationIndex& index = impl_.destinations;
  if (index.has_roots) return;
  const Object catalog = impl_.context.xref()->getCatalog();
  index.tree = streams_.entry(streams_.entry(catalog, "Names"), "Dests");
  index.dictionary = streams_.entry(catalog, "Dests");
  index.has_roots = true;
}

Object TargetReader::named_destination(const std::string& name) {
  read_roots();
  const Object value = name_tree_value(name);
  streams_.prepare(value);
  Object found = value.fetch(impl_.context.xref());
  if (found.isNull()) found = streams_.entry(impl_.destinations.dictionary, name.c_str());
  return as_array(std::move(found));
}

/// A few names are looked up by the tree's limits. After that, and for names that are not where the limits
/// say, the whole tree is read once: object streams would otherwise be inflated again for every step of every search.
Object TargetReader::name_tree_value(const std::string& name) {
  DestinationIndex& index = impl_.destinations;
  if (!index.tree.isDict()) return Object(objNull);
  constexpr int kLookupsByLimits = 8;
  if (!index.has_all_names && index.lookups++ < kLookupsByLimits) {
    Object found = find_name(streams_, index.tree, name);
    if (!found.isNull()) return found;
  }
  if (!index.has_all_names) {
    for_each_name(streams_, index.tree, [&](const std::string& key, const Object& value) {
      index.names.emplace(key, value.copy());
      return true;
    });
    index.has_all_names = true;
  }
  const auto found = index.names.find(name);
  return found != index.names.end() ? found->second.copy() : Object(objNull);
}

int TargetReader::page_number_of(const Object& page) {
  // A number belongs into other files' destinations, but readers take it as an index into this one too.
  if (page.isInt()) return page.getInt() >= 0 && page.getInt() < impl_.page_count ? page.getInt() + 1 : 0;
  return page.isRef() ? impl_.destinations.page_numbers.of(impl_.context, page.getRef()) : 0;
}

const PageGeometry* TargetReader::geometry(int page_number) {
  auto& geometries = impl_.destinations.geometries;
  auto found = geometries.find(page_number);
  if (found == geometries.end()) {
    Result<PageGeometry> read = document_.page_geometry(page_number - 1);
    std::optional<PageGeometry> geometry;
    if (read) geometry = std::move(read).value();
    found = geometries.emplace(page_number, std::move(geometry)).first;
  }
  return found->second ? &*found->second : nullptr;
}

Target TargetReader::of_explicit(const Object& array) {
  Target target;
  if (element_count(array) < 1) return target;
  target.page = page_number_of(array.arrayGetNF(0));
  if (target.page == 0) return target;
  target.kind = Target::Kind::page;
  set_position(target, array);
  return target;
}

/// 12.3.2.2, Table 149. Positions left out keep the page's left or top edge.
void TargetReader::set_position(Target& target, const Object& array) {
  const std::string fit = name_of(streams_.element(array, 1));
  std::optional<double> left, top;
  if (fit == "XYZ") {
    left = number_of(streams_.element(array, 2));
    top = number_of(streams_.element(array, 3));
    const double zoom = number_or(streams_.element(array, 4), 0);
    if (zoom > 0) target.zoom = zoom;
  } else if (fit == "FitH" || fit == "FitBH") {
    top = number_of(streams_.element(array, 2));
  } else if (fit == "FitV" || fit == "FitBV") {
    left = number_of(streams_.element(array, 2));
  } else if (fit == "FitR") {
    left = number_of(streams_.element(array, 2));
    top = number_of(streams_.element(array, 5));
  }
  if (!left && !top) return;
  const PageGeometry* page = geometry(target.page);
  if (page == nullptr) return;
  const Rect& box = page->crop_box;
  target.top_left = Point{left ? *left * page->user_unit - box.x0 : 0,
                          top ? *top * page->user_unit - box.y0 : box.height()};
}

}  // namespace ode::pdf
