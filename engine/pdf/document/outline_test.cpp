// Outlines and links: targets of every kind, and trees that hostile files make.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/pdf/document/document.h"
#include "tests/support/pdf_builder.h"

namespace ode::pdf {
namespace {

using ode::testing::PdfBuilder;

std::unique_ptr<Document> open(const PdfBuilder& pdf) {
  Result<std::unique_ptr<Document>> document = Document::open(pdf.bytes(), {});
  EXPECT_TRUE(document.ok());
  return document ? std::move(*document) : nullptr;
}

/// The target of an outline item with these entries, in a document whose only page is object 4, 200 by 100
/// units with its lower left corner at (10, 20).
Target target_of(const std::string& entries, const std::string& catalog = "", const std::string& page = "") {
  PdfBuilder pdf;
  pdf.page("", "/MediaBox [10 20 210 120] " + page);
  const int item = pdf.object("<< /Title (x) " + entries + " >>");
  pdf.catalog("/Outlines << /First " + pdf.ref(item) + " >> " + catalog);
  const std::vector<OutlineItem> items = open(pdf)->outline();
  EXPECT_EQ(items.size(), 1U);
  return items.empty() ? Target{} : items[0].target;
}

TEST(DocumentOutline, ItemsComeInDocumentOrder) {
  PdfBuilder pdf;
  pdf.page("");
  const int a = pdf.reserve(), b = pdf.reserve(), c = pdf.reserve(), d = pdf.reserve();
  pdf.define(a, "<< /Title <FEFF00C4> /First " + pdf.ref(b) + " /Next " + pdf.ref(d) + " /Count 2 >>");
  pdf.define(b, "<< /Title (b) /Next " + pdf.ref(c) + " >>");
  pdf.define(c, "<< /Title (c) /Count -1 >>");
  pdf.define(d, "<< /Title (d) >>");
  pdf.catalog("/Outlines << /First " + pdf.ref(a) + " >>");
  const std::vector<OutlineItem> items = open(pdf)->outline();
  std::string seen;
  for (const OutlineItem& item : items)
    seen += item.title + std::to_string(item.depth) + (item.open ? "+ " : " ");
  EXPECT_EQ(seen, "Ä0+ b1 c1 d0 ");
}

/// Numbers of the pages that an outline with one item for each of `pages` leads to, in a document whose page tree is
/// `kids`, of which `count` are promised. Objects 10 to 13 are pages.
std::string numbers_in_tree(const std::string& kids, int count, const std::string& pages) {
  PdfBuilder pdf;
  for (int i = 3; i < 10; ++i) pdf.reserve();
  for (int i = 0; i < 4; ++i) pdf.object("<< /Type /Page /Parent 2 0 R >>");
  for (int i = 3; i < 9; ++i) pdf.define(i, "null");
  pdf.define(3, "<< /Type /Pages /Count 1 /Kids [11 0 R] >>");
  pdf.define(4, "<< /Type /Pages /Count 2 /Kids [12 0 R 13 0 R] >>");
  pdf.define(5, "<< /Type /Pages /Count 7 /Kids [12 0 R 13 0 R] >>");
  pdf.define(9, "<< /Type /Pages /MediaBox [0 0 9 9] /Count " + std::to_string(count) + " /Kids [" + kids + "] >>");
  std::string next;
  for (std::size_t at = pages.size(); at > 0; at -= 2)
    next = "/Next " + pdf.ref(pdf.object("<< /Title (x) /Dest [" + pages.substr(at - 2, 2) + " 0 R /Fit] " + next + " >>"));
  pdf.catalog("/Pages 9 0 R /Outlines << /First " + next.substr(6) + " >>");
  std::string out;
  for (const OutlineItem& item : open(pdf)->outline()) out += std::to_string(item.target.page) + " ";
  return out;
}

TEST(DocumentOutline, PagesAreNumberedWhateverTheirTreeLooksLike) {
  EXPECT_EQ(numbers_in_tree("10 0 R 11 0 R 12 0 R", 3, "101112"), "1 2 3 ") << "flat";
  EXPECT_EQ(numbers_in_tree("10 0 R 11 0 R 4 0 R", 4, "1110121399"), "2 1 3 4 0 ") << "a node of two";
  EXPECT_EQ(numbers_in_tree("10 0 R 3 0 R 12 0 R", 3, "121110"), "3 2 1 ") << "a node of one passes for a page";
  EXPECT_EQ(numbers_in_tree("10 0 R 5 0 R 11 0 R", 4, "101112"), "1 4 2 ") << "a node that promises too many";
  EXPECT_EQ(numbers_in_tree("10 0 R 11 0 R", 99, "1110"), "2 1 ") << "a root that does";
}

TEST(DocumentOutline, LoopsEnd) {
  PdfBuilder pdf;
  pdf.page("");
  const int a = pdf.reserve(), b = pdf.reserve();
  pdf.define(a, "<< /Title (a) /First " + pdf.ref(b) + " /Next " + pdf.ref(a) + " >>");
  pdf.define(b, "<< /Title (b) /First " + pdf.ref(a) + " /Next " + pdf.ref(b) + " >>");
  pdf.catalog("/Outlines << /First " + pdf.ref(a) + " >>");
  EXPECT_EQ(open(pdf)->outline().size(), 2U);
}

TEST(DocumentOutline, DepthIsBounded) {
  PdfBuilder pdf;
  pdf.page("");
  const int first = pdf.reserve();
  int number = first;
  for (int i = 0; i < 5000; ++i) {
    const int next = pdf.reserve();
    pdf.define(number, "<< /Title (x) /First " + pdf.ref(next) + " >>");
    number = next;
  }
  pdf.define(number, "<< /Title (end) >>");
  pdf.catalog("/Outlines << /First " + pdf.ref(first) + " >>");
  EXPECT_EQ(open(pdf)->outline().size(), 65U);
}

TEST(DocumentOutline, OutlinesThatAreNoneAreEmpty) {
  PdfBuilder pdf;
  pdf.page("");
  pdf.catalog("/Outlines 42");
  EXPECT_TRUE(open(pdf)->outline().empty());
}

TEST(DocumentTargets, ExplicitDestinationsArePointsOfThePage) {
  const Target xyz = target_of("/Dest [4 0 R /XYZ 30 70 2]");
  EXPECT_EQ(xyz.kind, Target::Kind::page);
  EXPECT_EQ(xyz.page, 1);
  EXPECT_EQ(xyz.top_left, (Point{20, 50}));
  EXPECT_EQ(xyz.zoom, 2);
  EXPECT_EQ(target_of("/Dest [4 0 R /XYZ null null 0]").top_left, std::nullopt);
  EXPECT_EQ(target_of("/Dest [4 0 R /XYZ null null 0]").zoom, std::nullopt);
  EXPECT_EQ(target_of("/Dest [4 0 R /FitH 70]").top_left, (Point{0, 50}));
  EXPECT_EQ(target_of("/Dest [4 0 R /FitV 30]").top_left, (Point{20, 100}));
  EXPECT_EQ(target_of("/Dest [4 0 R /FitR 30 40 50 60]").top_left, (Point{20, 40}));
  EXPECT_EQ(target_of("/Dest [4 0 R /Fit]").top_left, std::nullopt);
}

TEST(DocumentTargets, UserUnitsBecomePoints) {
  EXPECT_EQ(target_of("/Dest [4 0 R /XYZ 30 70 0]", "", "/UserUnit 2").top_left, (Point{40, 100}));
}

TEST(DocumentTargets, PagesMayBeGivenByIndex) {
  EXPECT_EQ(target_of("/Dest [0 /Fit]").page, 1);
  EXPECT_EQ(target_of("/Dest [7 /Fit]").kind, Target::Kind::none);
  EXPECT_EQ(target_of("/Dest [99 0 R /Fit]").kind, Target::Kind::none);
}

TEST(DocumentTargets, NamesAreFoundInTheDictionaryAndInTheTree) {
  EXPECT_EQ(target_of("/Dest /here", "/Dests << /here [4 0 R /FitH 70] >>").top_left, (Point{0, 50}));
  const std::string tree =
      "/Names << /Dests << /Kids [<< /Limits [(a) (c)] /Names [(a) 0 (c) [4 0 R /Fit]] >> "
      "<< /Limits [(h) (k)] /Names [(here) << /D [4 0 R /FitH 70] >>] >>] >> >>";
  EXPECT_EQ(target_of("/Dest (here)", tree).top_left, (Point{0, 50}));
  EXPECT_EQ(target_of("/A << /S /GoTo /D (c) >>", tree).page, 1);
  EXPECT_EQ(target_of("/Dest (nowhere)", tree).kind, Target::Kind::none);
}

TEST(DocumentTargets, NamesAreFoundThoughTheLimitsLie) {
  const std::string tree =
      "/Names << /Dests << /Kids [<< /Limits [(x) (z)] /Names [(here) [4 0 R /Fit]] >>] >> >>";
  EXPECT_EQ(target_of("/Dest (here)", tree).page, 1);
}

TEST(DocumentTargets, LoopsInNameTreesEnd) {
  EXPECT_EQ(target_of("/Dest (x)", "/Names << /Dests 1 0 R >> /Kids [1 0 R 1 0 R]").kind, Target::Kind::none);
}

TEST(DocumentTargets, ActionsOfEveryKind) {
  const Target uri = target_of("/A << /S /URI /URI (https://example.org/a) >>");
  EXPECT_EQ(uri.kind, Target::Kind::uri);
  EXPECT_EQ(uri.text, "https://example.org/a");
  EXPECT_EQ(target_of("/A << /S /URI /URI (b.html) >>", "/URI << /Base (https://example.org/) >>").text,
            "https://example.org/b.html");
  const Target remote = target_of("/A << /S /GoToR /F << /F (c.pdf) /UF <FEFF00C4> >> /D [3 /Fit] >>");
  EXPECT_EQ(remote.kind, Target::Kind::file);
  EXPECT_EQ(remote.text, "Ä");
  EXPECT_EQ(remote.page, 4);
  EXPECT_EQ(target_of("/A << /S /Launch /Win << /F (d.exe) >> >>").text, "d.exe");
  EXPECT_EQ(target_of("/A << /S /Named /N /NextPage >>").text, "NextPage");
  EXPECT_EQ(target_of("/A << /S /JavaScript /JS (1) >>").kind, Target::Kind::none);
}

TEST(DocumentLinks, AreasAreInPageSpace) {
  PdfBuilder pdf;
  pdf.page(
      "",
      "/MediaBox [10 20 210 120] /UserUnit 2 /Annots [<< /Subtype /Link /Rect [40 50 30 30] /A << /S /URI "
      "/URI (u:) "
      ">> >> << /Subtype /Link /Rect [0 0 1 1] >> << /Subtype /Link /F 2 /Rect [0 0 1 1] /Dest [0 /Fit] >>]");
  const auto document = open(pdf);
  const std::vector<Link> links = document->links(0);
  ASSERT_EQ(links.size(), 1U) << "links that lead nowhere and hidden ones are left out";
  EXPECT_EQ(links[0].area, (Rect{40, 20, 60, 60}));
  EXPECT_EQ(links[0].target.kind, Target::Kind::uri);
  EXPECT_TRUE(document->links(1).empty());
  EXPECT_TRUE(document->links(-1).empty());
}

}  // namespace
}  // namespace ode::pdf
