#include "engine/export/visibility_book.h"

#include <gtest/gtest.h>

namespace ode::exporter {
namespace {

TEST(VisibilityBook, equal_conditions_share_a_class_that_the_boxes_hide) {
  VisibilityBook book;
  const display::Visibility plan{{{{7, false}}}, false}, notes{{{{7, true}, {8, false}}, {{9, true}}}, true};
  EXPECT_EQ(book.class_of(plan), "o0");
  EXPECT_EQ(book.class_of(notes), "o1");
  EXPECT_EQ(book.class_of(plan), "o0");
  EXPECT_EQ(book.css(),
            "body:has(#layer7:not(:checked)) .o0{display:none}\n"
            "body:not(:has(nav input)) .o1{display:none}\n"
            "body:has(#layer7:checked):has(#layer8:not(:checked)) .o1{display:none}\n"
            "body:has(#layer9:checked) .o1{display:none}\n");
}

TEST(VisibilityBook, layers_are_boxes_with_their_names) {
  std::string out;
  append_layer_list(out, {{7, "Plan <b>", true}, {8, "", false}});
  EXPECT_NE(out.find("<input type=checkbox id=layer7 checked> Plan &lt;b&gt;</label>"),
            std::string::npos)
      << out;
  EXPECT_NE(out.find("id=layer8> Layer 8</label>"), std::string::npos);
  out.clear();
  append_layer_list(out, {});
  EXPECT_EQ(out, "");
}

/// Marks of layers 0 and 1 around each other, a glyph run after each.
display::DisplayList nested_list() {
  display::DisplayList list;
  list.visibilities = {{{{{1, false}}}, false}, {{{{2, false}}}, true}};
  list.marked.resize(2);
  list.marked[0].visibility = 0;
  list.marked[1].visibility = 1;
  list.runs.resize(1);
  list.commands = {display::BeginMarked{0}, display::DrawGlyphs{0}, display::BeginMarked{1},
                   display::DrawGlyphs{0},  display::EndMarked{},   display::EndMarked{},
                   display::DrawGlyphs{0}};
  return list;
}

TEST(CommandVisibility, content_has_the_classes_of_all_layers_around_it) {
  VisibilityBook book;
  const CommandVisibility visibility(nested_list(), &book);
  EXPECT_EQ(visibility.classes(1), "o0");
  EXPECT_EQ(visibility.classes(3), "o0 o1");
  EXPECT_EQ(visibility.classes(6), "");
  EXPECT_TRUE(visibility.hidden(3));
  EXPECT_FALSE(visibility.hidden(1));
  EXPECT_TRUE(visibility.any_hidden());
}

TEST(CommandVisibility, hidden_glyphs_can_be_taken_out_and_back) {
  VisibilityBook book;
  const display::DisplayList list = nested_list();
  const CommandVisibility visibility(list, &book);
  const display::DisplayList shown = with_glyphs(list, visibility, false),
                             hidden = with_glyphs(list, visibility, true);
  EXPECT_EQ(std::get<display::DrawGlyphs>(shown.commands[1]).run, 0u);
  EXPECT_EQ(std::get<display::DrawGlyphs>(shown.commands[3]).run, 1u);
  EXPECT_EQ(std::get<display::DrawGlyphs>(hidden.commands[3]).run, 0u);
  EXPECT_EQ(shown.runs.back().glyph_count, 0u);
}

TEST(CommandVisibility, marks_of_many_layers_in_each_other_stay_bounded) {
  display::DisplayList list;
  for (int i = 0; i < 1000; ++i) {
    list.visibilities.push_back({{{{i, false}}}, false});
    list.marked.emplace_back().visibility = i;
    list.commands.emplace_back(display::BeginMarked{static_cast<std::uint32_t>(i)});
  }
  list.commands.emplace_back(display::DrawGlyphs{0});
  VisibilityBook book;
  EXPECT_LT(CommandVisibility(list, &book).classes(1000).size(), 200u);
}

}  // namespace
}  // namespace ode::exporter
