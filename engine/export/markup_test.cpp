// Escaping, numbers and paths as the writers put them into markup.
#include "engine/export/markup.h"

#include <gtest/gtest.h>

#include "engine/export/html/layers.h"
#include "engine/export/svg/path.h"

namespace ode::exporter {
namespace {

std::string escaped(std::u32string_view text) {
  std::string out;
  append_escaped(out, text);
  return out;
}
std::string number(double v, int decimals = 2) {
  std::string out;
  append_number(out, v, decimals);
  return out;
}
std::string path_data(const Path& path) {
  std::string out;
  append_path_data(out, path, {1, 0, 0, -1, 0, 100});
  return out;
}

TEST(Markup, text_of_a_document_cannot_leave_its_element_or_attribute) {
  EXPECT_EQ(escaped(U"</div><script>\"x\" & 'y'"),
            "&lt;/div&gt;&lt;script&gt;&quot;x&quot; &amp; &#39;y&#39;");
}

TEST(Markup, characters_that_markup_forbids_are_replaced) {
  const char32_t wrong[] = {0, 0x1f, 0x7f, 0xd800, 0xffff, 0x110000};
  std::string replaced;
  for (std::size_t i = 0; i < std::size(wrong); ++i) replaced += "\xef\xbf\xbd";
  EXPECT_EQ(escaped({wrong, std::size(wrong)}), replaced);
  EXPECT_EQ(escaped(U"a\t\U0001f600"), "a\t\xf0\x9f\x98\x80");
}

TEST(Markup, numbers_are_short_and_never_exponents) {
  EXPECT_EQ(number(0.5), ".5");
  EXPECT_EQ(number(-0.001), "0");
  EXPECT_EQ(number(-12.346), "-12.35");
  EXPECT_EQ(number(10.05), "10.05");
  EXPECT_EQ(number(3), "3");
  EXPECT_EQ(number(1e300), "10000000");
  EXPECT_EQ(number(std::nan("")), "0");
}

TEST(Markup, colours_have_three_digits_where_they_can) {
  std::string out;
  append_color(out, {255, 0, 17});
  append_color(out, {255, 0, 18});
  EXPECT_EQ(out, "#f01#ff0012");
}

TEST(Markup, base64_pads) {
  std::string out;
  append_base64(out, as_byte_view("a"));
  append_base64(out, as_byte_view("ab"));
  append_base64(out, as_byte_view("abc"));
  EXPECT_EQ(out, "YQ==YWI=YWJj");
}

TEST(SvgPath, upright_lines_and_closes_have_short_forms) {
  Path path;
  path.add_rect({10, 20, 30, 60});
  EXPECT_EQ(path_data(path), "M10 80h20v-40h-20z");
}

TEST(SvgPath, points_are_relative_and_rounding_does_not_add_up) {
  Path path;
  path.move_to({0, 0});
  for (int i = 1; i <= 300; ++i) path.line_to({0.004 * i, i % 2 * 1.0});
  path.line_to({1.2, 0});
  path.line_to({0, 50});
  const std::string data = path_data(path);
  EXPECT_EQ(data.substr(0, 6), "M0 100");
  EXPECT_EQ(data.substr(data.size() - 8), "l-1.2-50");
}

TEST(Layers, text_lies_on_the_picture_below_it_and_under_the_one_drawn_over_it) {
  Layers layers;
  EXPECT_EQ(layers.add_picture({0, 0, 100, 100}), 0);
  EXPECT_EQ(layers.add_text({10, 10, 50, 20}, 10), 1);
  EXPECT_EQ(layers.add_picture({60, 60, 90, 90}), 0);
  EXPECT_EQ(layers.add_picture({20, 5, 30, 30}), 2);
  EXPECT_EQ(layers.add_text({22, 8, 28, 12}, 10), 3);
  EXPECT_EQ(layers.add_text({60, 10, 90, 20}, 10), 1);
}

TEST(Layers, what_blends_has_a_layer_to_itself) {
  Layers layers;
  layers.add_text({10, 10, 50, 20}, 10);
  const int blended = layers.add_blended({10, 10, 50, 20}, display::BlendMode::screen);
  EXPECT_EQ(blended, 2);
  EXPECT_EQ(layers.blend(blended), display::BlendMode::screen);
  EXPECT_EQ(layers.add_picture({12, 12, 40, 18}), 4);
  EXPECT_EQ(layers.add_text({12, 12, 40, 18}, 10), 5);
}

TEST(Layers, text_over_a_watermark_is_above_it_and_lines_that_touch_are_not) {
  Layers layers;
  EXPECT_EQ(layers.add_text({0, 0, 200, 100}, 80), 1);
  EXPECT_EQ(layers.add_text({30, 40, 90, 52}, 10), 3);
  EXPECT_EQ(layers.add_text({30, 48, 90, 60}, 10), 3);
  EXPECT_EQ(layers.add_text({300, 18, 360, 30}, 10), 1);
}

}  // namespace
}  // namespace ode::exporter
