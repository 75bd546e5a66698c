// StructureReader: reads a structure tree (ISO 32000-2, 14.7) out of the document's objects, each object
// once. Poppler's own reader is not in the library that is installed, and recurses.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "engine/pdf/objects/page_walk.h"
#include "engine/pdf/structure/budget.h"
#include "engine/pdf/structure/parent_tree.h"
#include "engine/pdf/structure/roles.h"
#include "engine/pdf/structure/tree.h"

namespace ode::pdf {

/// For one tree: make it, call read() once.
class StructureReader {
 public:
  /// `root` is the catalogue's /StructTreeRoot; what is referred to outlives the reader.
  StructureReader(Context& context, PageNumbers& page_numbers, int page_count, const Object& root);
  StructureTree read(const Object& root);

 private:
  /// The page of content, and how surely it is that: leftovers of pages that are gone name none.
  struct Page {
    int index = -1;
    enum class Told : std::uint8_t { itself, around, nowhere } told = Told::nowhere;  ///< nowhere: the only page
  };
  /// That marked content is an element's.
  struct Claim {
    ContentOwner owner;
    Page::Told told = Page::Told::nowhere;
  };
  /// An element, or the root, whose kids are being read.
  struct Level {
    Object kids;  ///< an array, or the only kid as it stands
    int next = 0;
    int element = -1;     ///< -1: the root
    Page page;         ///< of content that names none
  };
  struct Headers {
    int element = 0;
    std::vector<std::string> ids;
  };

  void push_level(const Object& holder, int element, Page page);
  void read_kid(const Object& raw, const Level& level);
  void read_element(const Object& dictionary, const Object& raw, int parent, Page page);
  void fill(const Object& dictionary, int index);
  void add_content(int element, Page page, int mcid);
  Page page_of(const Object& holder, Page around);
  void link_headers();
  void settle_claims();
  const Claim* owner_among(const Claim* first, const Claim* last);

  Context& context_;
  PageNumbers& page_numbers_;
  int page_count_;
  StructureTree tree_;
  StructureBudget budget_;
  StructureRoles roles_;
  ParentTree parents_;
  Object class_map_;
  std::vector<Level> levels_;
  std::vector<Claim> claims_;
  std::unordered_map<std::uint64_t, int> by_reference_;  ///< elements by key_of
  std::unordered_map<std::string, int> by_id_;
  std::vector<Headers> headers_;
};

}  // namespace ode::pdf
