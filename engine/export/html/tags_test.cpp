// Structure elements become HTML where HTML allows them.
#include "engine/export/html/tags.h"

#include <gtest/gtest.h>

namespace ode::exporter {
namespace {

using pdf::StructureChild;

/// A tree given as lines "depth type", document order; leaves own marked content by their index.
class Tree {
 public:
  int add(int depth, const std::string& type) {
    const int index = static_cast<int>(tree_.elements.size());
    path_.resize(static_cast<std::size_t>(depth));
    pdf::StructureElement element;
    element.type = type;
    element.parent = path_.empty() ? -1 : path_.back();
    if (element.parent >= 0)
      tree_.elements[static_cast<std::size_t>(element.parent)].children.push_back({StructureChild::Kind::element, index, -1, -1, 0});
    tree_.elements.push_back(element);
    path_.push_back(index);
    return index;
  }
  pdf::StructureElement& operator[](int index) { return tree_.elements[static_cast<std::size_t>(index)]; }

  /// The elements' texts, each its own index, in the order given.
  std::string html(const std::vector<int>& owners) const {
    const HtmlTags tags(tree_);
    std::string out;
    TagWriter writer(&tags, out);
    for (const int owner : owners) writer.add({owner, 0, std::to_string(owner)});
    writer.finish();
    std::erase(out, '\n');
    return out;
  }
  const pdf::StructureTree& tree() const { return tree_; }

 private:
  pdf::StructureTree tree_;
  std::vector<int> path_;
};

TEST(HtmlTags, headings_paragraphs_and_sections_keep_their_kind_and_language) {
  Tree tree;
  tree.add(0, "Document");
  tree.add(1, "Sect");
  const int heading = tree.add(2, "H2"), paragraph = tree.add(2, "P");
  tree[paragraph].language = "de";
  EXPECT_EQ(tree.html({heading, paragraph}), "<section><h2>2</h2><p lang=\"de\">3</p></section>");
}

TEST(HtmlTags, a_heading_without_level_is_as_deep_as_its_sections) {
  Tree tree;
  tree.add(0, "Sect");
  tree.add(1, "Sect");
  const int heading = tree.add(2, "H");
  EXPECT_EQ(tree.html({heading}), "<section><section><h3>2</h3></section></section>");
}

TEST(HtmlTags, lists_hold_their_items_and_those_of_lists_within) {
  Tree tree;
  const int list = tree.add(0, "L");
  tree[list].numbering = pdf::ListNumbering::decimal;
  const int first = tree.add(1, "LI");
  tree.add(1, "L");
  const int second = tree.add(2, "LI");
  EXPECT_EQ(tree.html({first, second}), "<ol><li>1</li><li>3</li></ol>");
}

TEST(HtmlTags, cells_that_the_page_leaves_empty_keep_the_columns_in_place) {
  Tree tree;
  tree.add(0, "Table");
  tree.add(1, "TR");
  tree.add(2, "TH");
  const int middle = tree.add(2, "TD");
  tree[middle].column_span = 2;
  tree.add(2, "TD");
  EXPECT_EQ(tree.html({middle}), "<table><tr><th></th><td colspan=2>3</td><td></td></tr></table>");
}

TEST(HtmlTags, content_between_rows_is_borders_and_text_parts_the_table) {
  Tree tree;
  const int table = tree.add(0, "Table");
  tree.add(1, "TR");
  const int cell = tree.add(2, "TD");
  tree[table].children.push_back({StructureChild::Kind::content, -1, 0, 7, 0});
  EXPECT_EQ(tree.html({cell}), "<table><tr><td>2</td></tr></table>");
  EXPECT_EQ(tree.html({cell, table, cell}),
            "<table><tr><td>2</td></tr></table><p>0</p><table><tr><td>2</td></tr></table>");
}

TEST(HtmlTags, what_a_paragraph_cannot_hold_stands_beside_it) {
  Tree tree;
  tree.add(0, "P");
  const int list = tree.add(1, "L"), item = tree.add(2, "LI");
  (void)list;
  EXPECT_EQ(tree.html({item}), "<ul><li>2</li></ul>");
}

TEST(HtmlTags, figures_are_told_by_their_description_even_without_text) {
  Tree tree;
  const int figure = tree.add(0, "Figure"), paragraph = tree.add(0, "P");
  tree[figure].alt = "a \"tree\"";
  const HtmlTags tags(tree.tree());
  std::vector<TaggedPiece> pieces{{paragraph, 5, "text"}, {text::kNoOwner, 0, "page 1"}};
  const text::ContentTag content[] = {{1, 2, figure}, {2, 5, paragraph}};
  tags.add_pictures(pieces, content);
  std::string out;
  TagWriter writer(&tags, out);
  for (const TaggedPiece& piece : pieces) writer.add(piece);
  writer.finish();
  EXPECT_EQ(out, "<figure role=img aria-label=\"a &quot;tree&quot;\"></figure>\n<p>text</p>\n<p>page 1</p>\n");
}

TEST(HtmlTags, running_heads_are_hidden_from_those_who_listen) {
  Tree tree;
  const int paragraph = tree.add(0, "P");
  EXPECT_EQ(tree.html({paragraph, text::kArtifact, text::kArtifact}), "<p>0</p><div aria-hidden=true>-2-2</div>");
}

}  // namespace
}  // namespace ode::exporter
