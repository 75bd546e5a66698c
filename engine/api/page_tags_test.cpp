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
  tree.elements = {element_of("Document", -1), element_of("P", 0),       element_of("Span", 1),
                   element_of("Link", 2),      element_of("Formula", 1), element_of("Formula", 0)};
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
  tree.elements = {element_of("TD", -1), element_of("P", 0), element_of("LI", -1), element_of("LBody", 2),
                   element_of("P", 3)};
  EXPECT_EQ(block_elements(tree), (std::vector<int>{0, 0, 2, 2, 2}));
}

TEST(PageTags, elements_without_meaning_go_with_the_text_they_stand_in) {
  pdf::StructureTree tree;
  tree.elements = {element_of("Document", -1), element_of("P", 0),    element_of("NonStruct", 1), element_of("Link", 1),
                   element_of("NonStruct", 3), element_of("Bold", 4), element_of("TD", 0),        element_of("NonStruct", 6),
                   element_of("P", 7)};
  EXPECT_EQ(block_elements(tree), (std::vector<int>{0, 1, 1, 1, 1, 1, 6, 6, 6}));
}

TEST(PageTags, elements_without_meaning_that_group_others_stand_by_themselves) {
  pdf::StructureTree tree;
  tree.elements = {element_of("Document", -1), element_of("NonStruct", 0), element_of("NonStruct", 0),
                   element_of("NonStruct", 2), element_of("P", 3)};
  EXPECT_EQ(block_elements(tree), (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST(PageTags, contents_of_an_element_share_the_replacement_of_the_outermost) {
  pdf::StructureTree tree;
  tree.elements = {element_of("P", -1), element_of("Span", 0), element_of("Span", 1), element_of("P", -1)};
  tree.elements[1].actual_text = "outer";
  tree.elements[2].actual_text = "inner";
  tree.roots = {0, 3};
  using Kind = pdf::StructureChild::Kind;
  tree.elements[0].children = {{Kind::element, 1, -1, -1, 0}};
  tree.elements[1].children = {{Kind::content, -1, 0, 0, 0}, {Kind::element, 2, -1, -1, 0}};
  tree.elements[2].children = {{Kind::content, -1, 0, 1, 0}};
  tree.elements[3].children = {{Kind::content, -1, 0, 2, 0}};
  tree.owners = {{0, 0, 1}, {0, 1, 2}, {0, 2, 3}};
  PageTags tags(tree);
  const auto page = tags.of_page(0, {});
  ASSERT_EQ(page.size(), 3u);
  ASSERT_NE(page[0].replacement, nullptr);
  EXPECT_EQ(*page[0].replacement, U"outer");
  EXPECT_EQ(page[1].replacement, page[0].replacement);
  EXPECT_EQ(page[2].replacement, nullptr);
}

}  // namespace
}  // namespace ode::api
