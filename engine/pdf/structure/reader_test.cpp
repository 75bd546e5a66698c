// Structure trees: what elements become, what they own, and trees that hostile files make.
#include <gtest/gtest.h>

#include "engine/pdf/objects/language_tag.h"
#include "engine/pdf/testing.h"

namespace ode::pdf {
namespace {

using ode::testing::PdfBuilder;

/// The tree of a document of two pages, objects 4 and 6, with these entries of its root. More objects may be
/// added to `pdf` before; they begin with 7.
StructureTree tree_of(PdfBuilder& pdf, const std::string& root) {
  pdf.catalog("/StructTreeRoot << /Type /StructTreeRoot " + root + " >>");
  const auto document = open_or_fail(pdf.bytes());
  return document != nullptr ? document->structure() : StructureTree{};
}

PdfBuilder two_pages() {
  PdfBuilder pdf;
  pdf.page("");
  pdf.page("");
  return pdf;
}

StructureTree tree_of(const std::string& root) {
  PdfBuilder pdf = two_pages();
  return tree_of(pdf, root);
}

/// "Sect(H1[0:1] Figure{9})": types, elements in (), content in [page:mcid], objects in {}.
std::string text_of(const StructureTree& tree, int index) {
  const StructureElement& element = tree.elements[static_cast<std::size_t>(index)];
  std::string out = element.type;
  std::string inside;
  for (const StructureChild& child : element.children) {
    if (child.kind == StructureChild::Kind::content)
      out += "[" + std::to_string(child.page_index) + ":" + std::to_string(child.mcid) + "]";
    if (child.kind == StructureChild::Kind::object)
      out += "{" + std::to_string(child.object) + "@" + std::to_string(child.page_index) + "}";
    if (child.kind == StructureChild::Kind::element)
      inside += (inside.empty() ? "" : " ") + text_of(tree, child.element);
  }
  return inside.empty() ? out : out + "(" + inside + ")";
}

std::string text_of(const StructureTree& tree) {
  std::string out;
  for (const int root : tree.roots) out += (out.empty() ? "" : " ") + text_of(tree, root);
  return out;
}

std::string types_of(const std::string& root) { return text_of(tree_of(root)); }

TEST(Structure, OfUntaggedDocumentsIsEmpty) {
  PdfBuilder pdf;
  pdf.page("");
  EXPECT_TRUE(open_or_fail(pdf.bytes())->structure().empty());
  EXPECT_TRUE(tree_of("/K 7").empty());
  EXPECT_TRUE(tree_of("").empty());
}

TEST(Structure, KidsAreElementsContentAndObjects) {
  const StructureTree tree = tree_of(
      "/K << /S /Sect /Pg 4 0 R /K [<< /S /H1 /K 0 >> << /S /P /Pg 6 0 R /K [1 << /Type /MCR /MCID 2 /Pg 4 0 "
      "R >> "
      "<< /MCID 3 >>] >> << /S /Link /K [4 << /Type /OBJR /Obj 9 0 R >> << /Obj 8 0 R /Pg 6 0 R >>] >>] >>");
  EXPECT_EQ(text_of(tree), "Sect(H1[0:0] P[1:1][0:2][1:3] Link[0:4]{9@0}{8@1})");
  ASSERT_EQ(tree.elements.size(), 4U);
  EXPECT_EQ(tree.elements[2].parent, 0);
  EXPECT_EQ(tree.owner_of(0, 0), 1);
  EXPECT_EQ(tree.owner_of(1, 1), 2);
  EXPECT_EQ(tree.owner_of(0, 2), 2);
  EXPECT_EQ(tree.owner_of(0, 1), -1);
  EXPECT_EQ(tree.owner_of(5, 0), -1);
  EXPECT_EQ(tree.owners_on(0).size(), 3U);
  EXPECT_EQ(tree.owners_on(1)[1], (ContentOwner{1, 3, 2}));
  EXPECT_TRUE(tree.owners_on(2).empty());
}

TEST(Structure, ContentClaimedTwiceStaysWithTheFirst) {
  const StructureTree tree = tree_of("/K [<< /S /P /Pg 4 0 R /K 7 >> << /S /Span /Pg 4 0 R /K 7 >>]");
  EXPECT_EQ(tree.owner_of(0, 7), 0);
  EXPECT_EQ(tree.owners.size(), 1U);
}

TEST(Structure, ContentOfFormsAndOfNoPageIsNobodys) {
  EXPECT_EQ(types_of("/K << /S /P /Pg 4 0 R /K [<< /Type /MCR /MCID 0 /Stm 3 0 R >> -1 1.5 (x)] >>"), "P");
  EXPECT_EQ(types_of("/K << /S /P /K [0] >>"), "P") << "which of the two pages?";
  EXPECT_EQ(types_of("/K << /S /Sect /Pg 4 0 R /K << /S /P /Pg 99 0 R /K 0 >> >>"), "Sect(P)");
}

TEST(Structure, TheOnlyPageNeedNotBeNamed) {
  PdfBuilder pdf;
  pdf.page("");
  EXPECT_EQ(text_of(tree_of(pdf, "/K << /S /P /K 0 >>")), "P[0:0]");
}

/// A page whose content 0 two elements claim; `names` has what the page's parent tree
/// says of it, "@1" for the first element, "@2" for the second.
StructureTree claimed_twice(std::string names) {
  PdfBuilder pdf;
  const int first = pdf.object("<< /S /P /K 0 >>");
  const int second = pdf.reserve();
  const int page = pdf.page("", "/StructParents 4");
  pdf.define(second, "<< /S /H1 /Pg " + PdfBuilder::ref(page) + " /K 0 >>");
  for (const auto& [name, number] : {std::pair("@1", first), std::pair("@2", second)}) {
    if (const auto at = names.find(name); at != std::string::npos) names.replace(at, 2, PdfBuilder::ref(number));
  }
  return tree_of(pdf, "/K [" + PdfBuilder::ref(first) + " " + PdfBuilder::ref(second) +
                          "] /ParentTree << /Kids [<< /Nums [1 [" + PdfBuilder::ref(first) + "]] >> << /Nums [4 " +
                          names + "] >>] >>");
}

TEST(Structure, ThePageNamesTheOwnerOfWhatTwoElementsClaim) {
  EXPECT_EQ(claimed_twice("[@2]").owner_of(0, 0), 1);
  EXPECT_EQ(claimed_twice("[@1]").owner_of(0, 0), 0);
}

TEST(Structure, WhereThePageNamesNobodyTheElementThatNamesThePageIsTheOwner) {
  for (const char* names : {"[]", "[null]", "null", "(x)", "[[@1]]", "[99 0 R]", "<< /K 0 >>"})
    EXPECT_EQ(claimed_twice(names).owner_of(0, 0), 1) << names;
}

TEST(Structure, AnElementOfNoPageOwnsNothingThatIsAnothers) {
  PdfBuilder pdf;
  pdf.page("", "/StructParents 0");
  const StructureTree tree = tree_of(pdf, "/K << /S /P /K [0 1] >> /ParentTree << /Nums [0 [99 0 R null]] >>");
  EXPECT_EQ(tree.owner_of(0, 0), -1);
  EXPECT_EQ(tree.owner_of(0, 1), 0) << "the page says nothing of it";
}

TEST(Structure, ParentTreesThatGoRoundInCirclesEnd) {
  PdfBuilder pdf;
  const int node = pdf.reserve();
  pdf.define(node, "<< /Kids [" + PdfBuilder::ref(node) + " " + PdfBuilder::ref(node) + "] >>");
  pdf.page("", "/StructParents 0");
  const StructureTree tree = tree_of(pdf, "/K [<< /S /P /K 0 >> << /S /P /K 0 >>] /ParentTree " + PdfBuilder::ref(node));
  EXPECT_EQ(tree.owner_of(0, 0), 0);
}

TEST(Structure, TypesFollowTheRoleMap) {
  const std::string map =
      "/RoleMap << /Head /Big /Big /H1 /P /Span /Loop /Pool /Pool /Loop /Title /H2 /Odd 7 >> ";
  EXPECT_EQ(
      types_of(map + "/K [<< /S /Head >> << /S /P >> << /S /Title >> << /S /Odd >> << /S /Aside >> << >>]"),
      "H1 P H2 Odd Aside NonStruct");
  EXPECT_EQ(tree_of(map + "/K << /S /Loop >>").elements.size(), 1U);
  EXPECT_EQ(types_of("/RoleMap << /Head / >> /K << /S /Head >>"), "Head") << "the empty name is no type";
}

TEST(Structure, TypesFollowNamespaces) {
  PdfBuilder pdf = two_pages();
  const int pdf2 = pdf.object("<< /NS (http://iso.org/pdf2/ssn) >>");
  const int own = pdf.object("<< /NS (urn:own) /RoleMapNS << /Box [/Aside " + PdfBuilder::ref(pdf2) +
                             "] /Old /Quote >> >>");
  const std::string in_own = " /NS " + PdfBuilder::ref(own) + " >> ";
  EXPECT_EQ(text_of(tree_of(pdf, "/RoleMap << /Title /H2 >> /K [<< /S /Box" + in_own + "<< /S /Old" + in_own +
                                     "<< /S /Else" + in_own + "<< /S /Title /NS " + PdfBuilder::ref(pdf2) +
                                     " >> << /S /mi /NS << /NS (http://www.w3.org/1998/Math/MathML) >> >>]")),
            "Aside Quote Else Title mi");
}

TEST(Structure, TypesInOldEncodingsAreMapped) {
  EXPECT_EQ(types_of("/RoleMap << /#dcber /H3 >> /K [<< /S /#dcber >> << /S /#dc >>]"), "H3 \xef\xbf\xbd");
}

TEST(Structure, ElementsHaveTexts) {
  const StructureTree tree = tree_of(
      "/K [<< /S /Figure /Alt <FEFF00C4> /T (title) /Lang (de_AT) /ActualText () /E (exp) >> << /S /P /Lang "
      "(%) >>]");
  ASSERT_EQ(tree.elements.size(), 2U);
  EXPECT_EQ(tree.elements[0].alt, "Ä");
  EXPECT_EQ(tree.elements[0].title, "title");
  EXPECT_EQ(tree.elements[0].language, "de-AT");
  EXPECT_EQ(tree.elements[0].actual_text, "");
  EXPECT_EQ(tree.elements[0].expansion, "exp");
  EXPECT_EQ(tree.elements[1].actual_text, std::nullopt);
  EXPECT_EQ(tree.elements[1].language, "");
}

TEST(Structure, CellsHaveSpansScopesAndHeaders) {
  const StructureTree tree = tree_of(
      "/ClassMap << /wide << /O /Table /ColSpan 3 /RowSpan 5 >> >> /K << /S /TR /K ["
      "<< /S /TH /ID (a) /A << /O /Table /Scope /Row >> >> "
      "<< /S /TD /C [/wide 0 /none] /A [<< /O /Layout /ColSpan 9 >> 0 << /O /Table /RowSpan 2 /Headers [(b) "
      "(a) (x)] "
      ">>] >> << /S /TH /ID (b) /A << /O /Table /Scope /Column /ColSpan -4 /RowSpan 1000000 >> >>] >>");
  ASSERT_EQ(tree.elements.size(), 4U);
  EXPECT_EQ(tree.elements[1].scope, HeaderScope::row);
  EXPECT_EQ(tree.elements[3].scope, HeaderScope::column);
  EXPECT_EQ(tree.elements[2].column_span, 3);
  EXPECT_EQ(tree.elements[2].row_span, 2) << "its own before its class's";
  EXPECT_EQ(tree.elements[2].headers, (std::vector<int>{3, 1}));
  EXPECT_EQ(tree.elements[3].column_span, 1);
  EXPECT_EQ(tree.elements[3].row_span, 10'000);
}

TEST(Structure, ListsHaveANumberingThatIsInherited) {
  const StructureTree tree = tree_of(
      "/K [<< /S /L /A << /O /List /ListNumbering /LowerRoman >> /K << /S /LI /K << /S /L >> >> >> << /S /L "
      ">>]");
  ASSERT_EQ(tree.elements.size(), 4U);
  EXPECT_EQ(tree.elements[0].numbering, ListNumbering::lower_roman);
  EXPECT_EQ(tree.elements[2].numbering, ListNumbering::lower_roman);
  EXPECT_EQ(tree.elements[3].numbering, ListNumbering::none);
}

TEST(Structure, WhatIsInArtifactsIsArtifact) {
  const StructureTree tree =
      tree_of("/K << /S /Document /K [<< /S /Artifact /K << /S /P >> >> << /S /P >>] >>");
  ASSERT_EQ(tree.elements.size(), 4U);
  EXPECT_FALSE(tree.elements[0].artifact);
  EXPECT_TRUE(tree.elements[1].artifact);
  EXPECT_TRUE(tree.elements[2].artifact);
  EXPECT_FALSE(tree.elements[3].artifact);
}

TEST(Structure, LoopsEndAndAreTold) {
  PdfBuilder pdf = two_pages();
  const int a = pdf.reserve(), b = pdf.reserve();
  pdf.define(a, "<< /S /Sect /K [" + PdfBuilder::ref(b) + " " + PdfBuilder::ref(a) + "] >>");
  pdf.define(b, "<< /S /P /K " + PdfBuilder::ref(a) + " >>");
  const StructureTree tree = tree_of(pdf, "/K [" + PdfBuilder::ref(a) + " " + PdfBuilder::ref(b) + "]");
  EXPECT_EQ(text_of(tree), "Sect(P)");
  EXPECT_EQ(tree.diagnostics.items().size(), 2U) << "one for each of the two";
}

TEST(Structure, WrongTypesAreSkipped) {
  EXPECT_EQ(
      types_of("/RoleMap 3 /ClassMap (x) /K [<< /S 7 /K (s) /A 5 /C 6 /Alt 7 /Lang /x /ID 1 >> null true "
               "[<< /S /P >>] << /S /P /K << /S /Q /K 7 0 R >> >> 99 0 R]"),
      "NonStruct P(Q)");
}

TEST(Structure, TheLanguageOfTheDocumentIsATag) {
  const auto language = [](const std::string& lang) {
    PdfBuilder pdf;
    pdf.page("");
    pdf.catalog("/Lang " + lang);
    return open_or_fail(pdf.bytes())->language();
  };
  EXPECT_EQ(language("(en-GB)"), "en-GB");
  EXPECT_EQ(language("<FEFF00640065>"), "de");
  EXPECT_EQ(language("7"), "");
  EXPECT_EQ(language("(\\042><script>)"), "");
}

TEST(LanguageTag, HasTheShapeOfBcp47) {
  for (const char* tag : {"en", "en-US", "zh-Hant-TW", "x-default", "de-CH-1996", "i-klingon"})
    EXPECT_EQ(language_tag(tag), tag);
  EXPECT_EQ(language_tag("pt_BR"), "pt-BR");
  for (const char* tag :
       {"", "e", "-en", "en-", "en--US", "1en", "en US", "en;q", "abcdefghi", "\xc3\xa4", "e\"n"})
    EXPECT_EQ(language_tag(tag), "") << tag;
  EXPECT_EQ(language_tag(std::string("en\0x", 4)), "");
  std::string longest = "en";
  while (longest.size() < 62) longest += "-aaa";
  EXPECT_EQ(language_tag(longest), longest.size() <= 64 ? longest : "");
  EXPECT_EQ(language_tag(longest + "-aaa"), "");
}

}  // namespace
}  // namespace ode::pdf
