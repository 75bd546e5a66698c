// StructureReader: reads a structure tree (ISO 32000-2, 14.7) out of the document's objects, each object
// once. Poppler's own reader is not in the library that is installed, and recurses.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/pdf/objects/page_walk.h"
#include "engine/pdf/structure/budget.h"
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
  /// An element, or the root, whose kids are being read.
  struct Level {
    Object kids;  ///< an array, or the only kid as it stands
    int next = 0;
    int element = -1;     ///< -1: the root
    int page_index = -1;  ///< of content that names no page
  };
  struct Headers {
    int element = 0;
    std::vector<std::string> ids;
  };

  void push_level(const Object& holder, int element, int page_index);
  void read_kid(const Object& raw, const Level& level);
  void read_element(const Object& dictionary, const Object& raw, int parent, int page_index);
  void fill(const Object& dictionary, int index);
  void add_content(int element, int page_index, int mcid);
  int page_index_of(const Object& holder, int inherited);
  void link_headers();
  void sort_owners();

  Context& context_;
  PageNumbers& page_numbers_;
  int page_count_;
  StructureTree tree_;
  StructureBudget budget_;
  StructureRoles roles_;
  Object class_map_;
  std::vector<Level> levels_;
  std::unordered_set<std::uint64_t> seen_;
  std::unordered_map<std::string, int> by_id_;
  std::vector<Headers> headers_;
};

}  // namespace ode::pdf
