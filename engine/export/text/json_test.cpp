// Text as JSON, as docs/text_json.md says.
#include "engine/export/text/json.h"

#include <gtest/gtest.h>

#include "engine/text/test_page.h"

namespace ode::exporter {
namespace {

const Screen kScreen{{1, 0, 0, -1, 0, 800}, 600, 800};

std::string json_of(const text::TestPage& page) {
  const text::PageText text = page.text();
  return TextJson().page({page.list(), text, kScreen, 3, "iii"});
}
bool holds_text(const std::string& json, const std::string& part) {
  return json.find(part) != std::string::npos;
}

TEST(TextJson, words_have_place_font_size_and_colour) {
  const std::string json =
      json_of(text::TestPage().font("ABCDEF+Serif-Bold", 1).color({255, 0, 128}).show(50, 700, U"one two"));
  EXPECT_TRUE(holds_text(json, "{\"page\":3,\"label\":\"iii\",\"width\":600,\"height\":800,\"blocks\":["));
  EXPECT_TRUE(holds_text(
      json, "\"baseline\":[50,100,85,100],\"angle\":0,\"direction\":\"ltr\",\"text\":\"one two\""));
  EXPECT_TRUE(holds_text(json,
                         "{\"bbox\":[70,92,85,102],\"text\":\"two\",\"font\":\"Serif-Bold\",\"size\":10,"
                         "\"color\":\"#ff0080\",\"bold\":true}"))
      << json;
}

TEST(TextJson, numbers_below_one_have_a_digit_before_the_point) {
  EXPECT_TRUE(holds_text(json_of(text::TestPage().show(0.25, 700, U"x")), "\"bbox\":[0.25,"));
  EXPECT_TRUE(holds_text(json_of(text::TestPage().show(-0.5, 700, U"x")), "\"bbox\":[-0.5,"));
}

TEST(TextJson, strings_are_escaped) {
  const std::string json = json_of(text::TestPage().font("a\"\x01\xff").show(50, 700, U"q\"\\\u2028"));
  EXPECT_TRUE(holds_text(json, "\"text\":\"q\\\"\\\\\xe2\x80\xa8\"")) << json;
  EXPECT_TRUE(holds_text(json, "\"font\":\"a\\\"\\u0001\xc3\xbf\"")) << json;
}

TEST(TextJson, turned_lines_say_by_how_much) {
  EXPECT_TRUE(holds_text(json_of(text::TestPage().show_up(50, 300, U"up")), "\"angle\":90,"));
}

TEST(TextJson, a_word_of_two_fonts_names_both) {
  const std::string json =
      json_of(text::TestPage().font("A").show(50, 700, U"ab").font("B").show(60, 700, U"cd"));
  EXPECT_TRUE(holds_text(json, "\"text\":\"abcd\",\"font\":\"A\",\"more_fonts\":[\"B\"]")) << json;
}

TEST(TextJson, parts_make_one_document) {
  const text::TestPage page = text::TestPage().show(50, 700, U"x");
  const text::PageText text = page.text();
  TextJson writer;
  const std::string first = writer.page({page.list(), text, kScreen, 1, "1"});
  const std::string second = writer.page({page.list(), text, kScreen, 2, "2"});
  EXPECT_EQ(first.substr(0, 3), "\n{\"");
  EXPECT_EQ(second.substr(0, 4), ",\n{\"");
  EXPECT_EQ(TextJson::head({"T", "en", 2}),
            "{\"format\":\"ode-text\",\"version\":1,\"unit\":\"pt\",\"title\":\"T\",\"language\":\"en\","
            "\"page_count\":2,"
            "\"pages\":[");
  EXPECT_EQ(TextJson::tail(), "\n]}\n");
}

}  // namespace
}  // namespace ode::exporter
