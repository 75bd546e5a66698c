// What the catalogue says of the document's structure and language.
#include "engine/pdf/document/impl.h"
#include "engine/pdf/objects/language_tag.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/text_string.h"
#include "engine/pdf/structure/reader.h"

namespace ode::pdf {

StructureTree Document::structure() {
  const Object root = entry(impl_->context.xref()->getCatalog(), "StructTreeRoot");
  if (!root.isDict()) return {};
  return StructureReader(impl_->context, impl_->destinations.page_numbers, impl_->page_count, root).read(root);
}

std::string Document::language() {
  return language_tag(utf8_from_object(entry(impl_->context.xref()->getCatalog(), "Lang")));
}

}  // namespace ode::pdf
