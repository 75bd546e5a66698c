// Replacement text of structure elements (ContentTag::replacement).
#include <gtest/gtest.h>

#include "engine/text/plain_text.h"
#include "engine/text/test_page.h"

namespace ode::text {
namespace {

TEST(Replacement, is_said_once_for_all_contents_of_its_element) {
  TestPage page;
  page.begin_marked(0).show(50, 700, U"before ").end_marked();
  page.begin_marked(1).show(85, 700, U"x").end_marked();
  page.begin_marked(2).show(90, 700, U"2").end_marked();
  page.begin_marked(3).show(95, 700, U" after").end_marked();
  const std::u32string square = U"x squared";
  const std::vector<ContentTag> tags = {{0, 0, 0}, {1, 1, 0, &square}, {2, 2, 0, &square}, {3, 3, 0}};
  EXPECT_EQ(plain_text(page_text(page.list(), tags)), "before x squared after\n");
  EXPECT_EQ(plain_text(page_text(page.list())), "before x2 after\n");
}

TEST(Replacement, may_be_nothing) {
  TestPage page;
  page.begin_marked(0).show(50, 700, U"kept").end_marked();
  page.begin_marked(1).show(100, 700, U"dropped").end_marked();
  const std::u32string nothing;
  const std::vector<ContentTag> tags = {{0, 0, 0}, {1, 1, 0, &nothing}};
  EXPECT_EQ(plain_text(page_text(page.list(), tags)), "kept\n");
}

}  // namespace
}  // namespace ode::text
