#include "engine/pdf/objects/page_tree.h"

#include <gtest/gtest.h>

#include "engine/pdf/testing.h"

namespace ode::pdf {
namespace {

using ode::testing::PdfBuilder;

// Pages are told apart by their widths.
std::vector<double> widths_of(const std::string& file) {
  const auto document = open_or_fail(PdfBuilder::to_bytes(file));
  std::vector<double> widths;
  if (document == nullptr) return widths;
  for (int i = 0; i < document->page_count(); ++i) {
    const auto geometry = document->page_geometry(i);
    widths.push_back(geometry ? geometry->media_box.width() : -1);
  }
  return widths;
}

std::string page(int width) { return "<< /Type /Page /MediaBox [0 0 " + std::to_string(width) + " 9] >>"; }

// A tree of 1, [2, 3], 4 in which the middle node claims `count` pages and the root `root_count`.
std::string tree(const std::string& count, const std::string& root_count) {
  PdfBuilder pdf;
  const int one = pdf.object(page(1)), two = pdf.object(page(2)), three = pdf.object(page(3)),
            four = pdf.object(page(4));
  const int middle = pdf.object("<< /Type /Pages " + count + " /Kids [" + PdfBuilder::ref(two) + " " +
                                PdfBuilder::ref(three) + "] >>");
  const int root = pdf.object("<< /Type /Pages " + root_count + " /Kids [" + PdfBuilder::ref(one) + " " +
                              PdfBuilder::ref(middle) + " " + PdfBuilder::ref(four) + "] >>");
  std::string file = pdf.build();
  const std::string old = "/Pages 2 0 R", mended = "/Pages " + std::to_string(root) + " 0 R";
  EXPECT_EQ(old.size(), mended.size());
  file.replace(file.find(old), old.size(), mended);
  return file;
}

TEST(PageTree, IsWalkedByCounts) {
  EXPECT_EQ(widths_of(tree("/Count 2", "/Count 4")), (std::vector<double>{1, 2, 3, 4}));
}

TEST(PageTree, IsCountedWhereCountsAreMissing) {
  EXPECT_EQ(widths_of(tree("", "/Count 4")), (std::vector<double>{1, 2, 3, 4}));
  EXPECT_EQ(widths_of(tree("/Count 2", "")), (std::vector<double>{1, 2, 3, 4}));
  EXPECT_EQ(widths_of(tree("/Count -7", "/Count -1")), (std::vector<double>{1, 2, 3, 4}));
}

TEST(PageTree, IsCountedWhereCountsLie) {
  EXPECT_EQ(widths_of(tree("/Count 2", "/Count 3")), (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(widths_of(tree("/Count 1", "/Count 4")), (std::vector<double>{1, 2, 3, 4}));
}

TEST(PageTree, OfALoopEnds) {
  PdfBuilder pdf;
  const int loop = pdf.reserve();
  pdf.define(loop, "<< /Type /Pages /Count 3 /Kids [" + PdfBuilder::ref(loop) + "] >>");
  std::string file = pdf.build();
  file.replace(file.find("/Pages 2 0 R"), 12, "/Pages 3 0 R");
  for (double width : widths_of(file)) EXPECT_EQ(width, -1);
}

TEST(PageTree, MayBeASinglePage) {
  PdfBuilder pdf;
  pdf.object(page(5));
  std::string file = pdf.build();
  file.replace(file.find("/Pages 2 0 R"), 12, "/Pages 3 0 R");
  EXPECT_EQ(widths_of(file), (std::vector<double>{5}));
}

}  // namespace
}  // namespace ode::pdf
