// Reading: the text of a document's first pages, its structure and its fields; each keeps what it promises.
#include <cstdint>
#include <cstdlib>

#include "engine/text/page_text.h"
#include "engine/text/plain_text.h"
#include "tests/support/engine_fixture.h"

namespace {

constexpr int kPages = 2;

void require(bool condition) {
  if (!condition) std::abort();
}

/// Every line is in one block, none is empty.
void check(const ode::text::PageText& text) {
  std::size_t lines = 0;
  for (const ode::text::Block& block : text.blocks) {
    require(block.line_count <= text.lines.size() &&
            block.first_line <= text.lines.size() - block.line_count);
    lines += block.line_count;
  }
  require(lines == text.lines.size());
  for (const ode::text::Line& line : text.lines) {
    require(!line.clusters.empty());
    for (const ode::text::Word& word : ode::text::words_of(line))
      require(word.first + word.count <= line.clusters.size());
  }
}

void check(const ode::pdf::StructureTree& tree) {
  const int count = static_cast<int>(tree.elements.size());
  for (int i = 0; i < count; ++i) {
    const ode::pdf::StructureElement& element = tree.elements[static_cast<std::size_t>(i)];
    require(element.parent < i && !element.type.empty());
    for (const ode::pdf::StructureChild& child : element.children)
      require(child.kind != ode::pdf::StructureChild::Kind::element ||
              (child.element > i && child.element < count));
    for (const int header : element.headers) require(header >= 0 && header < count);
  }
  for (const ode::pdf::ContentOwner& owner : tree.owners)
    require(tree.owner_of(owner.page_index, owner.mcid) == owner.element);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto* begin = reinterpret_cast<const std::byte*>(data);
  const auto document = ode::testing::open(ode::SharedBytes(ode::ByteVector(begin, begin + size)));
  if (!document) return 0;
  check((*document)->structure());
  (*document)->language();
  for (int page = 0; page < (*document)->page_count() && page < kPages; ++page) {
    (*document)->fields(page);
    const auto list = (*document)->record_page(page, {});
    if (!list) continue;
    const ode::text::PageText text = ode::text::page_text(**list);
    check(text);
    ode::text::plain_text(text);
  }
  return 0;
}
