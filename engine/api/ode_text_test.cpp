// Text, search and conversion of the C interface, as a client sees them.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/api/ode.h"
#include "tests/support/pdf_builder.h"

namespace {

using nlohmann::json;
using ode::testing::PdfBuilder;

class OdeTextTest : public ::testing::Test {
 protected:
  void SetUp() override {
    PdfBuilder pdf;
    const int font =
        pdf.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>");
    const std::string resources = "/Resources << /Font << /F1 " + PdfBuilder::ref(font) + " >> >>";
    pdf.page(
        "BT /F1 10 Tf 1 0 0 rg 20 150 Td (Hello exam-) Tj 0 -12 Td (ple world) Tj 3 Tr 0 -60 Td (unseen) Tj "
        "ET",
        resources);
    pdf.page("");
    bytes_ = pdf.build();
    ASSERT_EQ(ode_open_memory(bytes_.data(), bytes_.size(), nullptr, nullptr, &document_, &error_), ODE_OK)
        << error_.message;
  }
  void TearDown() override { ode_close(document_); }

  /// Hits on the first page; freed by the caller.
  ode_hits* search(const char* query, unsigned flags) {
    ode_hits* hits = nullptr;
    EXPECT_EQ(ode_search_page(document_, 0, query, flags, &hits, &error_), ODE_OK) << error_.message;
    return hits;
  }

  std::string bytes_;
  ode_document* document_ = nullptr;
  ode_error error_{};
};

TEST_F(OdeTextTest, characters_have_place_look_and_order) {
  ode_text* text = nullptr;
  ASSERT_EQ(ode_text_new(document_, 0, &text, &error_), ODE_OK);
  std::string all;
  const ode_char* chars = ode_text_chars(text);
  for (size_t i = 0; i < ode_text_count(text); ++i) all.push_back(static_cast<char>(chars[i].unicode));
  ASSERT_EQ(all, "Hello exam-ple worldunseen");
  EXPECT_EQ(chars[0].quad.x[0], 20);
  EXPECT_LT(chars[0].quad.y[0], 150);
  EXPECT_GT(chars[0].quad.y[2], 155);
  EXPECT_NEAR(chars[1].quad.x[0], 20 + 7.22, 0.01);
  EXPECT_EQ(chars[0].size_pt, 10);
  EXPECT_EQ(chars[0].color, 0xff0000ffu);
  EXPECT_STREQ(ode_text_font_name(text, chars[0].font), "Helvetica-Bold");
  EXPECT_EQ(chars[5].word, -1);
  EXPECT_EQ(chars[6].word, 1);
  EXPECT_EQ(chars[6].line, 0);
  EXPECT_EQ(chars[6].hyphenated, 1);
  EXPECT_EQ(chars[11].line, 1);
  EXPECT_EQ(chars[11].word, 2);
  EXPECT_EQ(chars[11].block, 0);
  EXPECT_EQ(chars[20].block, 1);
  EXPECT_EQ(chars[20].color & 0xff, 0u);
  EXPECT_EQ(ode_text_font_name(text, 1), nullptr);
  EXPECT_EQ(ode_text_font_name(text, -1), nullptr);
  ode_close(document_);
  document_ = nullptr;
  EXPECT_EQ(ode_text_chars(text)[0].unicode, 'H');  // the result stays
  ode_text_free(text);
}

TEST_F(OdeTextTest, hits_have_a_quad_per_line_and_their_context) {
  ode_hits* hits = search("EXAMPLE", 0);
  ASSERT_EQ(ode_hits_count(hits), 1u);
  size_t count = 0;
  const ode_quad* quads = ode_hits_quads(hits, 0, &count);
  ASSERT_EQ(count, 2u);
  EXPECT_EQ(quads[1].x[0], 20);
  EXPECT_GT(quads[0].y[0], quads[1].y[0]);
  EXPECT_STREQ(ode_hits_text(hits, 0), "example");
  EXPECT_STREQ(ode_hits_before(hits, 0), "Hello ");
  EXPECT_STREQ(ode_hits_after(hits, 0), " world unseen");
  EXPECT_EQ(ode_hits_quads(hits, 1, &count), nullptr);
  EXPECT_EQ(count, 0u);
  EXPECT_EQ(ode_hits_text(hits, 1), nullptr);
  ode_hits_free(hits);
}

TEST_F(OdeTextTest, flags_change_what_is_found) {
  const auto count = [this](const char* query, unsigned flags) {
    ode_hits* hits = search(query, flags);
    const size_t found = ode_hits_count(hits);
    ode_hits_free(hits);
    return found;
  };
  EXPECT_EQ(count("hello", 0), 1u);
  EXPECT_EQ(count("hello", ODE_SEARCH_CASE), 0u);
  EXPECT_EQ(count("w.r", 0), 0u);
  EXPECT_EQ(count("w.r", ODE_SEARCH_REGEX), 1u);
  EXPECT_EQ(count("wor", ODE_SEARCH_WORDS), 0u);
  EXPECT_EQ(count("world", ODE_SEARCH_WORDS | ODE_SEARCH_CASE), 1u);
}

TEST_F(OdeTextTest, bad_queries_are_errors_and_give_no_hits) {
  ode_hits* hits = nullptr;
  EXPECT_EQ(ode_search_page(document_, 0, "a(b", ODE_SEARCH_REGEX, &hits, &error_), ODE_MALFORMED);
  EXPECT_EQ(hits, nullptr);
  EXPECT_NE(error_.message[0], 0);
  EXPECT_EQ(ode_search_page(document_, 0, " ", 0, &hits, &error_), ODE_MALFORMED);
  EXPECT_EQ(ode_search_page(document_, 9, "a", 0, &hits, &error_), ODE_MALFORMED);
  EXPECT_EQ(error_.page, 10);
  EXPECT_EQ(ode_search_page(document_, 0, "a", 8, &hits, &error_), ODE_BAD_ARGUMENT);
  EXPECT_EQ(ode_search_page(document_, 0, nullptr, 0, &hits, &error_), ODE_BAD_ARGUMENT);
  EXPECT_EQ(ode_search_page(nullptr, 0, "a", 0, &hits, nullptr), ODE_BAD_ARGUMENT);
  EXPECT_EQ(ode_hits_count(nullptr), 0u);
  ode_hits_free(nullptr);
  ode_text_free(nullptr);
  EXPECT_EQ(ode_text_count(nullptr), 0u);
}

TEST_F(OdeTextTest, a_page_without_text_is_an_empty_result) {
  ode_text* text = nullptr;
  ASSERT_EQ(ode_text_new(document_, 1, &text, &error_), ODE_OK);
  EXPECT_EQ(ode_text_count(text), 0u);
  ode_text_free(text);
  const char* json_text = nullptr;
  ASSERT_EQ(ode_page_text_format(document_, 1, ODE_TEXT_JSON, &json_text, &error_), ODE_OK);
  EXPECT_TRUE(json::parse(json_text)["pages"][0]["blocks"].empty());
}

TEST_F(OdeTextTest, formats_are_documents_of_one_page) {
  const auto text_as = [this](int format) {
    const char* text = nullptr;
    EXPECT_EQ(ode_page_text_format(document_, 0, format, &text, &error_), ODE_OK) << error_.message;
    return std::string(text);
  };
  const char* plain = nullptr;
  ASSERT_EQ(ode_page_text(document_, 0, &plain, &error_), ODE_OK);
  EXPECT_EQ(text_as(ODE_TEXT_PLAIN), plain);
  EXPECT_EQ(text_as(ODE_TEXT_LAYOUT).substr(0, 12), "Hello exam-\n");
  EXPECT_NE(text_as(ODE_TEXT_MARKDOWN).find("Hello example world\n"), std::string::npos);
  EXPECT_EQ(text_as(ODE_TEXT_HOCR).substr(0, 5), "<?xml");
  const json facts = json::parse(text_as(ODE_TEXT_JSON));
  EXPECT_EQ(facts["pages"][0]["page"], 1);
  EXPECT_EQ(facts["pages"][0]["blocks"][0]["lines"][0]["words"][0]["text"], "Hello");
  const char* text = nullptr;
  EXPECT_EQ(ode_page_text_format(document_, 0, 5, &text, &error_), ODE_BAD_ARGUMENT);
  EXPECT_EQ(ode_page_text_format(document_, 7, ODE_TEXT_JSON, &text, &error_), ODE_MALFORMED);
}

TEST_F(OdeTextTest, a_page_becomes_html_and_svg) {
  const char *html = nullptr, *svg = nullptr;
  size_t size = 0;
  ASSERT_EQ(ode_page_html(document_, 0, &html, &size, &error_), ODE_OK);
  EXPECT_EQ(std::string(html).size(), size);
  EXPECT_NE(std::string(html).find("</html>"), std::string::npos);
  ASSERT_EQ(ode_page_svg(document_, 0, &svg, nullptr, &error_), ODE_OK);
  EXPECT_NE(std::string(svg).find("<svg"), std::string::npos);
  EXPECT_EQ(ode_page_html(document_, 5, &html, &size, &error_), ODE_MALFORMED);
  EXPECT_EQ(ode_page_svg(document_, -1, &svg, &size, &error_), ODE_MALFORMED);
}

TEST_F(OdeTextTest, a_cancelled_document_gives_neither_text_nor_hits) {
  ode_cancel(document_);
  ode_hits* hits = nullptr;
  ode_text* text = nullptr;
  const char* html = nullptr;
  EXPECT_EQ(ode_search_page(document_, 0, "hello", 0, &hits, &error_), ODE_CANCELLED);
  EXPECT_EQ(ode_text_new(document_, 0, &text, &error_), ODE_CANCELLED);
  EXPECT_EQ(ode_page_html(document_, 0, &html, nullptr, &error_), ODE_CANCELLED);
  ode_resume(document_);
  EXPECT_EQ(ode_text_new(document_, 0, &text, &error_), ODE_OK);
  ode_text_free(text);
}

}  // namespace
