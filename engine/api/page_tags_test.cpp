#include "engine/api/page_tags.h"

#include <gtest/gtest.h>

namespace ode::api {
namespace {

pdf::StructureElement element_of(const char* type, int parent) {
  pdf::StructureElement element;
  element.type = type;
  element.parent = parent;
  return element;
}

TEST(PageTags, elements_within_a_line_go_with_their_paragraph) {
  pdf::StructureTree tree;
  tree.elements = {element_of("Document", -1), element_of("P", 0), element_of("Span", 1), element_of("Link", 2),
                   element_of("Formula", 1), element_of("Formula", 0)};
  EXPECT_EQ(block_elements(tree), (std::vector<int>{0, 1, 1, 1, 1, 5}));
}

TEST(PageTags, a_formula_that_is_said_in_words_stands_by_itself) {
  pdf::StructureTree tree;
  tree.elements = {element_of("P", -1), element_of("Formula", 0), element_of("Formula", 0)};
  tree.elements[1].alt = "p squared";
  tree.elements[2].actual_text = "";
  EXPECT_EQ(block_elements(tree), (std::vector<int>{0, 1, 2}));
}

TEST(PageTags, paragraphs_of_cells_and_items_go_with_them) {
  pdf::StructureTree tree;
  tree.elements = {element_of("TD", -1), element_of("P", 0), element_of("LI", -1), element_of("LBody", 2), element_of("P", 3)};
  EXPECT_EQ(block_elements(tree), (std::vector<int>{0, 0, 2, 2, 2}));
}

}  // namespace
}  // namespace ode::api
