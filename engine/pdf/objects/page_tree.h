// PageTree: finds a page by its index without reading those before it. ISO 32000-2, 7.7.3. Poppler's
// catalogue would parse and keep every page up to the one asked for.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/pdf/objects/context.h"

namespace ode::pdf {

/// A page's dictionary and what it has or inherits (7.7.3.4).
struct PageNode {
  Object dictionary;
  Ref ref = Ref::INVALID();
  Object resources, media_box, crop_box, rotate;  ///< resolved; null when absent
};

class PageTree {
 public:
  /// `root` is the catalogue's /Pages.
  PageTree(XRef* xref, ObjectStreams& streams, Object root);

  /// By /Count of the root when it is sensible, by counting otherwise; at most kPagesMax + 1.
  int page_count();
  /// By counting, whatever /Count says: for a file that may lack some.
  int count_found();
  /// Why find(index) is null: what stands where a page should.
  std::string explain_missing(int index);
  /// The page with this 0-based index; null when there is none. Valid until the next call.
  const PageNode* find(int index);

 private:
  struct Ancestor {
    Object dictionary;
    int parent = -1;
  };
  struct Leaf {
    Ref ref;
    int parent = -1;  ///< into ancestors_
  };

  /// A node of the tree as the walk needs it, kept because poppler parses it again each time.
  struct Node {
    Object dictionary;
    std::vector<int> pages_of_kids;  ///< 1 for a page, -1 unknown; empty until asked for
  };

  bool descend(int index, PageNode& out);
  Node& node(const Object& reference);
  const std::vector<int>& pages_of_kids(Node& node);
  void enumerate();
  void note_stranger(const Object& kid, const Object& what);
  void visit(const Object& kid, int parent, int depth, std::unordered_set<std::uint64_t>& seen);
  PageNode node_of(Object dictionary, Ref ref, const std::vector<const Object*>& ancestors) const;

  XRef* xref_;
  ObjectStreams& streams_;
  Object root_;
  std::unordered_map<std::uint64_t, Node> nodes_;
  bool enumerated_ = false;
  std::unordered_set<std::uint64_t> pages_seen_;  ///< keys of leaves_
  std::string stranger_;      ///< the first kid that is neither page nor node, once enumerated_
  std::vector<Leaf> leaves_;  ///< of trees whose counts lie
  std::vector<Ancestor> ancestors_;
  int last_index_ = -1;
  PageNode last_;
};

/// The tree of the document; made when first asked for.
PageTree& page_tree(Context& context);

}  // namespace ode::pdf
