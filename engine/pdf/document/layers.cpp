// Document::layers: optional content groups and their state in the default configuration (ISO 32000-2, 8.11).
// The states live in poppler's OCGs, where drawing asks for them.
#include <OptionalContent.h>

#include <algorithm>
#include <unordered_set>

#include "engine/pdf/document/impl.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/text_string.h"

namespace ode::pdf {
namespace {

constexpr int kLayersMax = 100'000;

Object optional_content_properties(Context& context) {
  return entry(context.xref()->getCatalog(), "OCProperties");
}

OCGs* groups_of(const Context& context) {
  OCGs* groups = context.poppler->getOptContentConfig();
  return groups != nullptr && groups->isOk() ? groups : nullptr;
}

/// Groups in the order of /OCGs, each once.
std::vector<Ref> layer_refs(Context& context) {
  std::vector<Ref> refs;
  OCGs* groups = groups_of(context);
  if (groups == nullptr) return refs;
  std::unordered_set<std::uint64_t> seen;
  const Object array = entry(optional_content_properties(context), "OCGs");
  for (int i = 0; i < std::min(element_count(array), kLayersMax); ++i) {
    const Object& raw = array.arrayGetNF(i);
    if (!raw.isRef() || groups->findOcgByRef(raw.getRef()) == nullptr) continue;
    if (seen.insert(key_of(raw.getRef())).second) refs.push_back(raw.getRef());
  }
  return refs;
}

/// 8.11.4.3, /RBGroups: of the groups in one array at most one is on.
void switch_off_alternatives(Context& context, OCGs& groups, Ref shown) {
  const Object arrays = entry(entry(optional_content_properties(context), "D"), "RBGroups");
  for (int i = 0; i < std::min(element_count(arrays), kLayersMax); ++i) {
    const Object array = element(arrays, i);
    std::vector<Ref> members;
    for (int k = 0; k < std::min(element_count(array), kLayersMax); ++k)
      if (const Object& raw = array.arrayGetNF(k); raw.isRef()) members.push_back(raw.getRef());
    if (std::find(members.begin(), members.end(), shown) == members.end()) continue;
    for (const Ref member : members) {
      OptionalContentGroup* group = groups.findOcgByRef(member);
      if (group != nullptr && member != shown) group->setState(OptionalContentGroup::Off);
    }
  }
}

}  // namespace

std::vector<Layer> Document::layers() {
  std::vector<Layer> layers;
  for (const Ref ref : layer_refs(impl_->context)) {
    const OptionalContentGroup* group = groups_of(impl_->context)->findOcgByRef(ref);
    Layer layer;
    if (group->getName() != nullptr) layer.name = utf8_from_pdf_string(*group->getName());
    layer.visible = group->getState() == OptionalContentGroup::On;
    layer.object = ref.num;
    layers.push_back(std::move(layer));
  }
  return layers;
}

Status Document::set_layer_visible(int layer_index, bool visible) {
  const std::vector<Ref> refs = layer_refs(impl_->context);
  if (layer_index < 0 || layer_index >= static_cast<int>(refs.size()))
    return Error{ErrorKind::malformed, "there is no such layer"};
  const Ref ref = refs[static_cast<std::size_t>(layer_index)];
  OCGs& groups = *groups_of(impl_->context);
  groups.findOcgByRef(ref)->setState(visible ? OptionalContentGroup::On : OptionalContentGroup::Off);
  if (visible) switch_off_alternatives(impl_->context, groups, ref);
  return Ok{};
}

}  // namespace ode::pdf
