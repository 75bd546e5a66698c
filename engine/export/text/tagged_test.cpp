// Structure → elements → Markdown.
#include "engine/export/text/tagged.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "engine/base/utf8.h"
#include "engine/export/text/markdown.h"
#include "engine/text/test_page.h"

namespace ode::exporter {
namespace {

using pdf::StructureChild;

const Screen kScreen{{1, 0, 0, -1, 0, 800}, 600, 800};

/// A document of one page, written as its structure: elements by depth, each text on a line of its own unless
/// it goes on beside the one before.
class TaggedPage {
 public:
  TaggedPage& add(int depth, const std::string& type) {
    const int index = static_cast<int>(tree_.elements.size());
    path_.resize(static_cast<std::size_t>(depth));
    pdf::StructureElement element;
    element.type = type;
    element.parent = path_.empty() ? -1 : path_.back();
    if (element.parent >= 0)
      at(element.parent).children.push_back({StructureChild::Kind::element, index, -1, -1, 0});
    tree_.elements.push_back(element);
    path_.push_back(index);
    return *this;
  }
  /// Content of the element added last.
  TaggedPage& text(std::u32string_view text) {
    x_ = 50;
    y_ -= 12;
    return beside(text);
  }
  TaggedPage& beside(std::u32string_view text) { return show(path_.back(), text); }
  /// Content of an element that was not closed.
  TaggedPage& back(int depth, std::u32string_view text) {
    path_.resize(static_cast<std::size_t>(depth) + 1);
    return this->text(text);
  }
  pdf::StructureElement& last() { return at(path_.back()); }
  text::TestPage& page() { return page_; }
  double y() const { return y_; }

  std::string markdown(std::span<const PageLink> links = {}) {
    const TextStructure structure(tree_);
    set_replacements();
    const text::PageText text = text::page_text(page_.list(), tags_);
    const TextPage page{page_.list(), text, kScreen, 1, "1", links};
    return markdown_of(tagged_elements_of(page, tags_, structure, {10, false, false, false}));
  }

 private:
  pdf::StructureElement& at(int index) { return tree_.elements[static_cast<std::size_t>(index)]; }

  /// As api::PageTags has it: of the outermost element that has any.
  void set_replacements() {
    for (text::ContentTag& tag : tags_) {
      for (int i = tree_.owner_of(0, tag.mcid); i >= 0; i = at(i).parent)
        if (at(i).actual_text) tag.replacement = &replacements_.emplace(i, from_utf8(*at(i).actual_text).value()).first->second;
    }
  }

  TaggedPage& show(int element, std::u32string_view text) {
    const int mcid = static_cast<int>(tree_.owners.size());
    at(element).children.push_back({StructureChild::Kind::content, -1, 0, mcid, 0});
    tree_.owners.push_back({0, mcid, element});
    if (!at(element).artifact) tags_.push_back({mcid, mcid, line_owner(element)});
    page_.begin_marked(mcid).show(x_, y_, text).end_marked();
    x_ += 5 * static_cast<double>(text.size());
    return *this;
  }
  /// As api::block_elements has it, where it matters here.
  int line_owner(int element) {
    for (;;) {
      const std::string& type = at(element).type;
      const auto inner = {"Span", "Link", "Lbl", "LBody", "Em", "Strong", "Code"};
      const bool in_line =
          std::any_of(inner.begin(), inner.end(), [&](const char* name) { return type == name; });
      const int parent = at(element).parent;
      if (parent < 0 || (!in_line && !(type == "P" && at(parent).type == "LBody"))) return element;
      element = parent;
    }
  }

  pdf::StructureTree tree_;
  std::vector<int> path_;
  std::vector<text::ContentTag> tags_;
  std::map<int, std::u32string> replacements_;  ///< by element
  text::TestPage page_;
  double x_ = 50, y_ = 780;
};

TEST(TextTagged, headings_have_the_level_that_the_structure_says) {
  TaggedPage page;
  page.add(0, "Sect").add(1, "H1").text(U"One").add(1, "H3").text(U"Three").add(1, "P").text(U"Body");
  page.add(1, "Sect").add(2, "H").text(U"Nested").add(2, "H7").text(U"Deep");
  EXPECT_EQ(page.markdown(), "# One\n\n### Three\n\nBody\n\n### Nested\n\n###### Deep\n");
}

TEST(TextTagged, paragraphs_are_one_whatever_lies_between_them_and_their_text) {
  TaggedPage page;
  page.add(0, "P").text(U"one ").add(1, "NonStruct").beside(U"li").add(1, "NonStruct").beside(U"ne");
  page.back(0, U"and the next");
  page.add(0, "Odd").text(U"unknown");
  EXPECT_EQ(page.markdown(), "one line and the next\n\nunknown\n");
}

TEST(TextTagged, lists_are_nested_and_labels_are_their_markers) {
  TaggedPage page;
  page.add(0, "L").add(1, "LI").add(2, "Lbl").text(U"1.").add(2, "LBody").beside(U" first");
  page.add(3, "L").add(4, "LI").add(5, "Lbl").text(U"o").add(5, "LBody").beside(U" inner");
  page.add(4, "LI").add(5, "Lbl").text(U"b)").add(5, "LBody").beside(U" lettered");
  page.add(1, "LI").add(2, "Lbl").text(U"(2)").add(2, "LBody").add(3, "P").beside(U" second");
  page.add(3, "P").text(U"more of it");
  EXPECT_EQ(page.markdown(), "1. first\n   - inner\n   - b) lettered\n2. second\n\n   more of it\n");
}

TEST(TextTagged, items_without_a_label_are_marked_by_their_text_or_their_list) {
  TaggedPage page;
  page.add(0, "L").add(1, "LI").add(2, "LBody").text(U"\u2022 bullet");
  page.add(1, "LI").add(2, "LBody").text(U"none");
  page.add(0, "L").last().numbering = pdf::ListNumbering::upper_roman;
  for (const char32_t* text : {U"x", U"y"}) {
    page.add(1, "LI").last().numbering = pdf::ListNumbering::upper_roman;
    page.add(2, "LBody").text(text);
  }
  EXPECT_EQ(page.markdown(), "- bullet\n- none\n\n1. x\n2. y\n");
}

TEST(TextTagged, tables_keep_their_columns_over_spans_and_empty_cells) {
  TaggedPage page;
  page.add(0, "Table").add(1, "Caption").text(U"Sums").add(1, "TR");
  page.add(2, "TH").text(U"a").last().row_span = 2;
  page.add(2, "TH").text(U"b|c").last().column_span = 2;
  page.add(1, "TR").add(2, "TD").text(U"x").add(2, "TD").text(U"y");
  page.add(1, "TR").add(2, "TD").text(U"p").add(2, "TD").add(2, "TD").text(U"q");
  EXPECT_EQ(page.markdown(), "Sums\n\n| a | b\\|c |  |\n| --- | --- | --- |\n|  | x | y |\n| p |  | q |\n");
}

TEST(TextTagged, a_table_without_header_cells_has_an_empty_header_row) {
  TaggedPage page;
  page.add(0, "Table").add(1, "TR").add(2, "TH").text(U"row").last().scope = pdf::HeaderScope::row;
  page.add(2, "TD").add(3, "P").text(U"one").add(3, "P").text(U"two");
  EXPECT_EQ(page.markdown(), "|  |  |\n| --- | --- |\n| row | one two |\n");
}

TEST(TextTagged, tables_that_are_no_grid_are_paragraphs) {
  TaggedPage outer;
  outer.add(0, "Table").add(1, "TR").add(2, "TD").text(U"beside").add(2, "TD");
  outer.add(3, "Table").add(4, "TR").add(5, "TD").text(U"inner");
  EXPECT_EQ(outer.markdown(), "beside\n\n|  |\n| --- |\n| inner |\n");
  TaggedPage loose;
  loose.add(0, "Table").add(1, "TR").text(U"no cell").add(2, "TD").text(U"cell");
  EXPECT_EQ(loose.markdown(), "no cell\n\ncell\n");
}

TEST(TextTagged, quotes_hold_paragraphs_and_lists) {
  TaggedPage page;
  page.add(0, "BlockQuote").add(1, "P").text(U"said").add(1, "L").add(2, "LI").add(3, "LBody").text(U"this");
  page.add(0, "P").text(U"after");
  EXPECT_EQ(page.markdown(), "> said\n>\n> - this\n\nafter\n");
}

TEST(TextTagged, a_note_stands_after_the_paragraph_that_it_interrupts) {
  TaggedPage page;
  page.add(0, "P").text(U"begun").add(1, "Note").add(2, "Lbl").text(U"1").add(2, "P").text(U"aside");
  page.back(0, U"ended");
  page.add(0, "P").text(U"next");
  EXPECT_EQ(page.markdown(), "begun ended\n\n1 aside\n\nnext\n");
}

TEST(TextTagged, code_is_a_block_of_its_own_or_a_word_in_a_line) {
  TaggedPage page;
  page.add(0, "P").text(U"call ").add(1, "Code").beside(U"f(`)").add(0, "P").add(1, "Code").text(U"if x:");
  page.add(0, "P").add(1, "Code").text(U"*y");
  EXPECT_EQ(page.markdown(), "call `` f(`) ``\n\n```\nif x:\n*y\n```\n");
}

TEST(TextTagged, figures_are_told_by_their_description_even_without_text) {
  TaggedPage page;
  page.add(0, "P").text(U"before").add(0, "Figure").text(U"").last().alt = "a *small*\ntree";
  page.add(0, "P").text(U"an ").add(1, "Figure").beside(U"xyz").last().alt = "icon";
  EXPECT_EQ(page.markdown(), "before\n\n\\[*Figure: a \\*small\\* tree*\\]\n\nan \\[*Figure: icon*\\]\n");
}

TEST(TextTagged, replacement_text_stands_for_contents_once_and_may_be_nothing) {
  TaggedPage page;
  page.add(0, "P").text(U"a ").add(1, "Span").beside(U"wrong ").last().actual_text = "right";
  page.add(1, "Span").beside(U"noise").last().actual_text = "";
  page.back(0, U"end");
  page.add(0, "L").last().actual_text = "whole list";
  page.add(1, "LI").text(U"one").add(1, "LI").text(U"two");
  EXPECT_EQ(page.markdown(), "a right end\n\nwhole list\n");
}

TEST(TextTagged, replacement_text_of_an_element_from_the_page_before_is_not_said_again) {
  TaggedPage page;
  page.add(0, "P").text(U"here").last().actual_text = "said";
  EXPECT_EQ(page.markdown(), "said\n");
  pdf::StructureTree tree;
  tree.elements.resize(1);
  tree.owners = {{0, 0, 0}, {1, 0, 0}};
  EXPECT_TRUE(TextStructure(tree).begins_on(0, 0));
  EXPECT_FALSE(TextStructure(tree).begins_on(0, 1));
}

TEST(TextTagged, a_word_cut_by_a_soft_hyphen_is_whole_though_a_note_stands_between) {
  TaggedPage page;
  page.add(0, "P").text(U"docu\u00ad").add(1, "Note").text(U"aside");
  page.back(0, U"ment");
  EXPECT_EQ(page.markdown(), "document\n\naside\n");
}

TEST(TextTagged, strong_and_em_stand_out_and_links_lead_out) {
  TaggedPage page;
  page.add(0, "P").text(U"see ").add(1, "Strong").beside(U"this").add(1, "Em").beside(U" page");
  const double y = page.y();
  const PageLink links[] = {{{70, y - 2, 90, y + 10}, "http://x.y/a b", ""}};
  EXPECT_EQ(page.markdown(links), "see [**this**](http://x.y/a%20b) *page*\n");
}

TEST(TextTagged, artifacts_are_left_out_and_lines_without_an_owner_come_last) {
  TaggedPage page;
  page.page().show(50, 90, U"loose line");
  page.page().begin_marked(-1, "Artifact").show(50, 50, U"page 1").end_marked();
  page.add(0, "P")
      .text(U"a paragraph that is most of the page, by its length")
      .add(0, "Artifact")
      .last()
      .artifact = true;
  page.text(U"running head");
  EXPECT_EQ(page.markdown(), "a paragraph that is most of the page, by its length\n\nloose line\n");
}

}  // namespace
}  // namespace ode::exporter
