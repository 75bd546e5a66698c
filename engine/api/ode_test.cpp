// The C interface as a client sees it: this file includes ode.h of the engine and nothing else.
#include "engine/api/ode.h"

#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/pdf_builder.h"
#include "tests/support/short_memory.h"
#include "tests/support/wide_picture.h"

namespace {

using nlohmann::json;
using ode::testing::PdfBuilder;

class OdeTest : public ::testing::Test {
 protected:
  void TearDown() override { ode_close(document_); }

  void open(const PdfBuilder& pdf) {
    bytes_ = pdf.build();
    ASSERT_EQ(ode_open_memory(bytes_.data(), bytes_.size(), nullptr, nullptr, &document_, &error_), ODE_OK)
        << error_.message;
  }
  std::vector<unsigned char> tile(const ode_view& view, int x, int y, int width, int height) {
    std::vector<unsigned char> rgba(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4,
                                    0xaa);
    EXPECT_EQ(ode_render_tile(document_, 0, &view, x, y, width, height, rgba.data(),
                              static_cast<std::size_t>(width) * 4, &error_),
              ODE_OK)
        << error_.message;
    return rgba;
  }

  std::string bytes_;
  ode_document* document_ = nullptr;
  ode_error error_{};
};

PdfBuilder square() {
  PdfBuilder pdf;
  pdf.page("1 0 0 rg 0 50 50 50 re f", "/MediaBox [0 0 200 100]");
  return pdf;
}

TEST_F(OdeTest, a_page_is_drawn_into_memory_of_the_caller) {
  open(square());
  EXPECT_EQ(ode_page_count(document_), 1);
  ode_view view = ode_view_default();
  int width = 0, height = 0;
  view.scale = 2;
  ASSERT_EQ(ode_page_pixels(document_, 0, &view, &width, &height, &error_), ODE_OK);
  EXPECT_EQ(width, 400);
  EXPECT_EQ(height, 200);
  const auto page = tile(view, 0, 0, width, height);
  const unsigned char red[] = {255, 0, 0, 255}, white[] = {255, 255, 255, 255};
  EXPECT_EQ(std::memcmp(page.data(), red, 4), 0);
  EXPECT_EQ(std::memcmp(page.data() + 4 * 399, white, 4), 0);
}

TEST_F(OdeTest, a_stride_leaves_the_bytes_between_rows_alone) {
  open(square());
  const ode_view view = ode_view_default();
  std::vector<unsigned char> rgba(10 * 60, 0xaa);
  ASSERT_EQ(ode_render_tile(document_, 0, &view, 0, 0, 10, 10, rgba.data(), 60, &error_), ODE_OK);
  EXPECT_EQ(rgba[39], 255);
  EXPECT_EQ(rgba[40], 0xaa);
  EXPECT_EQ(rgba[59], 0xaa);
}

TEST_F(OdeTest, a_tile_beyond_the_page_shows_the_background) {
  open(square());
  ode_view view = ode_view_default();
  view.background = 0x102030ff;
  const auto pixels = tile(view, 500, 500, 4, 4);
  const unsigned char expected[] = {0x10, 0x20, 0x30, 0xff};
  EXPECT_EQ(std::memcmp(pixels.data() + 20, expected, 4), 0);
}

TEST_F(OdeTest, the_matrix_places_points_of_the_page) {
  open(square());
  ode_view view = ode_view_default();
  view.scale = 3;
  double m[6];
  ASSERT_EQ(ode_page_matrix(document_, 0, &view, m, &error_), ODE_OK);
  EXPECT_DOUBLE_EQ(m[0] * 10 + m[2] * 90 + m[4], 30);
  EXPECT_DOUBLE_EQ(m[1] * 10 + m[3] * 90 + m[5], 30);
}

TEST_F(OdeTest, bad_arguments_are_told_and_nothing_is_drawn) {
  open(square());
  const ode_view view = ode_view_default();
  unsigned char rgba[64];
  EXPECT_EQ(ode_render_tile(nullptr, 0, &view, 0, 0, 4, 4, rgba, 16, &error_), ODE_BAD_ARGUMENT);
  EXPECT_EQ(ode_render_tile(document_, 0, nullptr, 0, 0, 4, 4, rgba, 16, &error_), ODE_BAD_ARGUMENT);
  EXPECT_EQ(ode_render_tile(document_, 0, &view, 0, 0, 4, 4, nullptr, 16, &error_), ODE_BAD_ARGUMENT);
  EXPECT_EQ(ode_render_tile(document_, 0, &view, 0, 0, 4, 4, rgba, 12, &error_), ODE_BAD_ARGUMENT);
  EXPECT_EQ(ode_render_tile(document_, 0, &view, 0, 0, 4, 4, rgba, 17, &error_), ODE_BAD_ARGUMENT);
  EXPECT_EQ(ode_render_tile(document_, 0, &view, 0, 0, 0, 4, rgba, 16, &error_), ODE_BAD_ARGUMENT);
  ode_view slanted = view;
  slanted.rotate_deg = 45;
  EXPECT_EQ(ode_render_tile(document_, 0, &slanted, 0, 0, 4, 4, rgba, 16, &error_), ODE_BAD_ARGUMENT);
  EXPECT_EQ(error_.status, ODE_BAD_ARGUMENT);
  EXPECT_NE(error_.message[0], 0);
  EXPECT_EQ(ode_open_memory("x", 1, nullptr, nullptr, nullptr, nullptr), ODE_BAD_ARGUMENT);
}

TEST_F(OdeTest, far_tiles_and_missing_pages_are_errors) {
  open(square());
  const ode_view view = ode_view_default();
  unsigned char rgba[64];
  EXPECT_EQ(ode_render_tile(document_, 0, &view, 2147483647, 0, 4, 4, rgba, 16, &error_), ODE_LIMIT_EXCEEDED);
  EXPECT_EQ(ode_render_tile(document_, 7, &view, 0, 0, 4, 4, rgba, 16, &error_), ODE_MALFORMED);
  EXPECT_EQ(error_.page, 8);
}

TEST_F(OdeTest, what_is_no_pdf_gives_an_error_and_no_document) {
  EXPECT_EQ(ode_open_memory("hello", 5, nullptr, nullptr, &document_, &error_), ODE_MALFORMED);
  EXPECT_EQ(document_, nullptr);
  EXPECT_GT(std::strlen(error_.message), 5u);
  EXPECT_EQ(ode_open_file("/no/such/file.pdf", nullptr, nullptr, &document_, &error_), ODE_IO);
}

TEST_F(OdeTest, a_file_is_opened_by_its_path) {
  const std::string path =
      (std::filesystem::temp_directory_path() /
       ("ode-api-test-" + std::to_string(std::hash<std::thread::id>()(std::this_thread::get_id())) + ".pdf"))
          .string();
  std::ofstream(path, std::ios::binary) << square().build();
  EXPECT_EQ(ode_open_file(path.c_str(), nullptr, nullptr, &document_, &error_), ODE_OK) << error_.message;
  EXPECT_EQ(ode_page_count(document_), 1);
  std::filesystem::remove(path);
}

TEST_F(OdeTest, structured_facts_follow_their_schema) {
  PdfBuilder pdf;
  const int page = pdf.page("", "/MediaBox [0 0 200 100] /Rotate 90");
  const int info = pdf.object("<< /Title (Facts) >>");
  pdf.trailer("/Info " + PdfBuilder::ref(info));
  const int item = pdf.reserve(), outlines = pdf.reserve();
  pdf.define(item, "<< /Title (Chapter) /Parent " + PdfBuilder::ref(outlines) + " /Dest [" +
                       PdfBuilder::ref(page) + " /XYZ 0 100 null] >>");
  pdf.define(outlines, "<< /Type /Outlines /First " + PdfBuilder::ref(item) + " /Last " +
                           PdfBuilder::ref(item) + " /Count 1 >>");
  pdf.catalog("/Outlines " + PdfBuilder::ref(outlines));
  open(pdf);
  const json facts = json::parse(ode_info_json(document_));
  EXPECT_EQ(facts["pages"], 1);
  EXPECT_EQ(facts["metadata"]["Title"], "Facts");
  EXPECT_FALSE(facts["encrypted"]);
  EXPECT_TRUE(facts["permissions"]["print"]);
  EXPECT_STREQ(ode_metadata(document_, "Title"), "Facts");
  EXPECT_EQ(ode_metadata(document_, "Nonsense"), nullptr);
  const json pages = json::parse(ode_pages_json(document_));
  EXPECT_EQ(pages[0]["width_pt"], 100);
  EXPECT_EQ(pages[0]["rotate_deg"], 90);
  EXPECT_EQ(pages[0]["media_box"], json::parse("[0, 0, 200, 100]"));
  const json outline = json::parse(ode_outline_json(document_));
  ASSERT_EQ(outline.size(), 1u);
  EXPECT_EQ(outline[0]["title"], "Chapter");
  EXPECT_EQ(outline[0]["target"]["page"], 1);
  EXPECT_TRUE(outline[0]["children"].empty());
  for (const char* text :
       {ode_links_json(document_, 0), ode_attachments_json(document_), ode_layers_json(document_),
        ode_fonts_json(document_), ode_diagnostics_json(document_)}) {
    EXPECT_EQ(json::parse(text), json::array());
  }
  EXPECT_STREQ(ode_page_label(document_, 0), "1");
  EXPECT_EQ(ode_page_label(document_, 1), nullptr);
  EXPECT_EQ(ode_links_json(document_, 1), nullptr);
}

TEST_F(OdeTest, sizes_are_in_points_as_shown) {
  PdfBuilder pdf;
  pdf.page("", "/MediaBox [0 0 200 100] /Rotate 270");
  open(pdf);
  double width = 0, height = 0;
  ASSERT_EQ(ode_page_size(document_, 0, &width, &height, &error_), ODE_OK);
  EXPECT_DOUBLE_EQ(width, 100);
  EXPECT_DOUBLE_EQ(height, 200);
}

TEST_F(OdeTest, a_layer_can_be_hidden) {
  PdfBuilder pdf;
  const int layer = pdf.object("<< /Type /OCG /Name (Red) >>");
  pdf.catalog("/OCProperties << /OCGs [" + PdfBuilder::ref(layer) + "] /D << /Order [" +
              PdfBuilder::ref(layer) + "] >> >>");
  pdf.page("/OC /L BDC 1 0 0 rg 0 0 200 200 re f EMC",
           "/Resources << /Properties << /L " + PdfBuilder::ref(layer) + " >> >>");
  open(pdf);
  EXPECT_EQ(json::parse(ode_layers_json(document_))[0]["name"], "Red");
  const ode_view view = ode_view_default();
  EXPECT_EQ(tile(view, 50, 50, 1, 1)[1], 0);
  ASSERT_EQ(ode_set_layer_visible(document_, 0, 0, &error_), ODE_OK);
  EXPECT_EQ(tile(view, 50, 50, 1, 1)[1], 255);
  EXPECT_EQ(json::parse(ode_layers_json(document_))[0]["visible"], false);
  EXPECT_EQ(ode_set_layer_visible(document_, 9, 0, &error_), ODE_MALFORMED);
}

TEST_F(OdeTest, cancelling_from_another_thread_holds_until_resumed) {
  open(square());
  std::thread([this] { ode_cancel(document_); }).join();
  const ode_view view = ode_view_default();
  unsigned char rgba[64];
  EXPECT_EQ(ode_render_tile(document_, 0, &view, 0, 0, 4, 4, rgba, 16, &error_), ODE_CANCELLED);
  ode_resume(document_);
  EXPECT_EQ(ode_render_tile(document_, 0, &view, 0, 0, 4, 4, rgba, 16, &error_), ODE_OK);
}

TEST_F(OdeTest, documents_on_several_threads_give_the_same_pixels) {
  open(square());
  const ode_view view = ode_view_default();
  const auto expected = tile(view, 0, 0, 200, 100);
  std::vector<std::vector<unsigned char>> results(4, std::vector<unsigned char>(expected.size()));
  std::vector<std::thread> threads;
  for (auto& result : results) {
    threads.emplace_back([&] {
      ode_document* own = nullptr;
      if (ode_open_memory(bytes_.data(), bytes_.size(), nullptr, nullptr, &own, nullptr) == ODE_OK) {
        ode_render_tile(own, 0, &view, 0, 0, 200, 100, result.data(), 800, nullptr);
      }
      ode_close(own);
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& result : results) EXPECT_TRUE(result == expected);
}

TEST(Ode, statuses_have_names) {
  EXPECT_STREQ(ode_status_name(ODE_OK), "ok");
  EXPECT_STREQ(ode_status_name(ODE_ENCRYPTED), "encrypted");
  EXPECT_STREQ(ode_status_name(12345), "internal");
  EXPECT_STREQ(ode_version(), "0.1.0");
}

TEST(Ode, nothing_is_a_document_that_answers_with_nothing) {
  EXPECT_EQ(ode_page_count(nullptr), 0);
  EXPECT_EQ(ode_info_json(nullptr), nullptr);
  ode_cancel(nullptr);
  ode_resume(nullptr);
  ode_close(nullptr);
}

#if !defined(__SANITIZE_ADDRESS__)  // which needs terabytes of addresses
TEST_F(OdeTest, a_page_that_memory_is_too_short_for_is_a_status_and_costs_no_other) {
  open(ode::testing::wide_picture_between_squares());
  ode_view view = ode_view_default();
  view.scale = 40;
  std::vector<unsigned char> rgba(8000 * 16 * 4);
  const auto draw = [&](int page) {
    return ode_render_tile(document_, page, &view, 0, 1600, 8000, 16, rgba.data(), 8000 * 4, &error_);
  };
  {
    const ode::testing::ShortMemory tight(48 << 20);
    ASSERT_TRUE(tight.set());
    EXPECT_EQ(draw(1), ODE_LIMIT_EXCEEDED);
    EXPECT_STREQ(error_.message, "out of memory");
    EXPECT_EQ(error_.page, 2);
    EXPECT_EQ(draw(2), ODE_OK) << error_.message;
  }
  EXPECT_EQ(draw(1), ODE_OK) << error_.message;
  EXPECT_EQ(rgba[0], 0x80);
}
#endif

}  // namespace
