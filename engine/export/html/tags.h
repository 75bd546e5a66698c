// HtmlTags: the logical structure of a document as HTML elements around the lines of a page (ISO 32000-2, 14.8.4). Lines
// are placed absolutely, so the elements around them take no room; they are for those who read without looking.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/pdf/structure/tree.h"
#include "engine/text/page_text.h"

namespace ode::exporter {

/// Lines of one owner.
struct TaggedPiece {
  std::int32_t owner = text::kNoOwner;  ///< element of the tree, kNoOwner or kArtifact
  std::int32_t rank = 0;                ///< among the page's contents, for those with an owner
  std::string html;
};

/// What each structure element becomes. What HTML does not allow where it stands (a list in a paragraph, a table whose
/// rows hold no cells) becomes nothing, and what it holds stays.
class HtmlTags {
 public:
  /// The tree outlives this.
  explicit HtmlTags(const pdf::StructureTree& tree);

  /// The element's start tag; "" when it has none.
  const std::string& start(int element) const { return tags_[static_cast<std::size_t>(element)].start; }
  const std::string& name(int element) const { return tags_[static_cast<std::size_t>(element)].name; }
  int parent(int element) const { return tree_.elements[static_cast<std::size_t>(element)].parent; }
  const std::vector<pdf::StructureChild>& children(int element) const {
    return tree_.elements[static_cast<std::size_t>(element)].children;
  }
  /// Adds a piece for each figure of the page that has a description but no text of its own.
  void add_pictures(std::vector<TaggedPiece>& pieces, std::span<const text::ContentTag> content) const;

 private:
  struct Tag {
    std::string name, start;
    bool phrasing = false;  ///< holds no paragraphs, lists or tables
    bool picture = false;   ///< told by its description
  };
  Tag tag_of(int element) const;
  std::string name_of(int element, const Tag& parent) const;
  bool is_whole_table(int element) const;
  bool is_whole_list(int element) const;
  int heading_level(int element) const;

  const pdf::StructureTree& tree_;
  std::vector<bool> holds_blocks_;
  std::vector<Tag> tags_;
};

/// Opens and closes elements between pieces.
class TagWriter {
 public:
  /// `tags` null: every piece is a paragraph.
  TagWriter(const HtmlTags* tags, std::string& out) : tags_(tags), out_(out) {}
  void add(const TaggedPiece& piece);
  void finish();

 private:
  std::vector<int> path_to(int owner) const;
  void open(int element);
  void close();
  void fill_cells(int row, int before);

  const HtmlTags* tags_;
  std::string& out_;
  std::vector<int> open_;
  std::size_t cells_done_ = 0;  ///< children of the open row that were written or passed
  bool artifact_ = false;
};

}  // namespace ode::exporter
