// memory_bytes(): what a display list holds, for the budgets of the caches that keep lists.
#include <unordered_set>

#include "engine/display/display_list.h"

namespace ode::display {
namespace {

template <class T>
std::size_t bytes_of(const std::vector<T>& v) {
  return v.capacity() * sizeof(T);
}

std::size_t bytes_of(const Shading& shading) {
  std::size_t sum = sizeof(Shading);
  if (const auto* f = std::get_if<FunctionShading>(&shading.geometry)) sum += bytes_of(f->samples);
  if (const auto* a = std::get_if<AxialShading>(&shading.geometry)) sum += bytes_of(a->ramp);
  if (const auto* r = std::get_if<RadialShading>(&shading.geometry)) sum += bytes_of(r->ramp);
  if (const auto* t = std::get_if<TriangleMesh>(&shading.geometry)) {
    sum += bytes_of(t->vertices) + bytes_of(t->triangles) + bytes_of(t->ramp);
  }
  if (const auto* p = std::get_if<PatchMesh>(&shading.geometry))
    sum += bytes_of(p->patches) + bytes_of(p->ramp);
  return sum;
}

/// Counts what is shared between lists once.
class Counter {
 public:
  std::size_t count(const DisplayList* list) {
    if (list == nullptr || !seen_.insert(list).second) return 0;
    std::size_t sum = sizeof(DisplayList) + bytes_of(list->commands) + bytes_of(list->paths) +
                      bytes_of(list->strokes) + bytes_of(list->fonts) + bytes_of(list->runs) +
                      bytes_of(list->glyphs) + bytes_of(list->text) + bytes_of(list->images) +
                      bytes_of(list->shadings) + bytes_of(list->tilings) + bytes_of(list->masks) +
                      bytes_of(list->marked) + bytes_of(list->visibilities);
    for (const Path& path : list->paths) sum += bytes_of(path.verbs) + bytes_of(path.points);
    for (const StrokeStyle& style : list->strokes) sum += bytes_of(style.dashes);
    for (const MarkedContent& m : list->marked) {
      sum += m.tag.capacity() + m.language.capacity() +
             4 * (m.actual_text.capacity() + m.alternate_text.capacity());
    }
    for (const Visibility& v : list->visibilities) {
      for (const auto& states : v.hidden_when) sum += sizeof states + bytes_of(states);
    }
    for (const auto& shading : list->shadings) {
      if (shading && seen_.insert(shading.get()).second) sum += bytes_of(*shading);
    }
    for (const Tiling& tiling : list->tilings) sum += count(tiling.cell.get());
    for (const SoftMask& mask : list->masks) sum += count(mask.group.get());
    for (const RunFont& font : list->fonts) sum += count_glyphs(font.type3.get());
    return sum;
  }

 private:
  std::size_t count_glyphs(const Type3Font* font) {
    if (font == nullptr || !seen_.insert(font).second) return 0;
    std::size_t sum = sizeof(Type3Font) + bytes_of(font->glyphs);
    for (const Type3Font::Glyph& glyph : font->glyphs) sum += count(glyph.list.get());
    return sum;
  }

  std::unordered_set<const void*> seen_;  ///< asked only, never walked
};

}  // namespace

std::size_t memory_bytes(const DisplayList& list) { return Counter().count(&list); }

}  // namespace ode::display
