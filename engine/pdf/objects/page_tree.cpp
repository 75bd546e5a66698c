#include "engine/pdf/objects/page_tree.h"

#include <algorithm>

#include "engine/pdf/objects/object_streams.h"
#include "engine/pdf/objects/read.h"

namespace ode::pdf {
namespace {

// Some files lack /Type, some have a wrong one: a node with kids is a node of the tree, any other a page.
bool is_leaf(const Object& dictionary) { return !entry(dictionary, "Kids").isArray(); }

/// For messages: "a stream", "null", "the number 7".
std::string description_of(const Object& object) {
  if (object.isStream())
    return "a stream" +
           (name_of(entry(object, "Type")).empty() ? "" : " of type " + name_of(entry(object, "Type")));
  if (object.isDict())
    return "a dictionary" +
           (name_of(entry(object, "Type")).empty() ? "" : " of type " + name_of(entry(object, "Type")));
  if (object.isArray()) return "an array";
  if (object.isName()) return "the name /" + std::string(object.getName());
  if (object.isString()) return "a string";
  if (object.isBool()) return object.getBool() ? "true" : "false";
  if (object.isNum()) return "a number";
  return "missing";
}

// Nodes kept; a balanced tree of 10,000 pages has 2,000, flat ones a handful.
constexpr std::size_t kNodesKept = 4096;

}  // namespace

PageTree::PageTree(XRef* xref, ObjectStreams& streams, Object root)
    : xref_(xref), streams_(streams), root_(std::move(root)) {}

PageNode PageTree::node_of(Object dictionary, Ref ref, const std::vector<const Object*>& ancestors) const {
  const auto inherited = [&](const char* key) {
    Object value = streams_.entry(dictionary, key);
    for (std::size_t i = ancestors.size(); value.isNull() && i-- > 0;)
      value = streams_.entry(*ancestors[i], key);
    return value;
  };
  PageNode node;
  node.resources = inherited("Resources");
  node.media_box = inherited("MediaBox");
  node.crop_box = inherited("CropBox");
  node.rotate = inherited("Rotate");
  node.dictionary = std::move(dictionary);
  node.ref = ref;
  return node;
}

int PageTree::page_count() {
  const int count = int_or(entry(root_, "Count"), 0);
  const bool sensible = count > 0 && count <= xref_->getNumObjects();
  if (sensible && !is_leaf(root_)) return std::min(count, kPagesMax + 1);
  enumerate();
  return static_cast<int>(leaves_.size());
}

int PageTree::count_found() {
  enumerate();
  return static_cast<int>(leaves_.size());
}

std::string PageTree::explain_missing(int index) {
  enumerate();
  std::string text = "no such page: the page tree ";
  if (!root_.isDict()) return text + "is " + description_of(root_) + ", no dictionary";
  text += "counts " + std::to_string(int_or(entry(root_, "Count"), 0)) + ", holds " +
          std::to_string(leaves_.size());
  if (static_cast<std::size_t>(index) < leaves_.size()) {
    const Ref ref = leaves_[static_cast<std::size_t>(index)].ref;
    return text + ", and object " + std::to_string(ref.num) + " in its place is " +
           description_of(xref_->fetch(ref));
  }
  return stranger_.empty() ? text : text + ", and " + stranger_;
}

void PageTree::note_stranger(const Object& kid, const Object& what) {
  if (!stranger_.empty()) return;
  const std::string name = kid.isRef() ? "object " + std::to_string(kid.getRefNum()) : "an entry";
  stranger_ = name + " among its kids is " + description_of(what);
}

const PageNode* PageTree::find(int index) {
  if (index < 0) return nullptr;
  if (index == last_index_) return &last_;
  last_index_ = -1;
  PageNode found;
  if (!enumerated_ && descend(index, found)) {
    last_ = std::move(found);
    last_index_ = index;
    return &last_;
  }
  enumerate();
  if (static_cast<std::size_t>(index) >= leaves_.size()) return nullptr;
  const Leaf& leaf = leaves_[static_cast<std::size_t>(index)];
  std::vector<const Object*> above;
  for (int i = leaf.parent; i >= 0; i = ancestors_[static_cast<std::size_t>(i)].parent) {
    above.insert(above.begin(), &ancestors_[static_cast<std::size_t>(i)].dictionary);
  }
  if (leaf.ref.num >= 0) streams_.prepare(Object(leaf.ref));
  Object dictionary = leaf.ref.num >= 0 ? xref_->fetch(leaf.ref) : root_.copy();
  if (!dictionary.isDict()) return nullptr;
  last_ = node_of(std::move(dictionary), leaf.ref, above);
  last_index_ = index;
  return &last_;
}

PageTree::Node& PageTree::node(const Object& reference) {
  const std::uint64_t key = reference.isRef() ? key_of(reference.getRef()) : 0;
  const auto known = nodes_.find(key);
  if (known != nodes_.end() && key != 0) return known->second;
  if (nodes_.size() >= kNodesKept) nodes_.clear();
  streams_.prepare(reference);
  Node& fresh = nodes_[key];
  fresh = Node{reference.isRef() ? reference.fetch(xref_) : reference.copy(), {}};
  return fresh;
}

const std::vector<int>& PageTree::pages_of_kids(Node& of) {
  const Object kids = entry(of.dictionary, "Kids");
  const auto count = static_cast<std::size_t>(element_count(kids));
  if (of.pages_of_kids.size() == count) return of.pages_of_kids;
  // As many pages as kids: every kid is a page, and none need be looked at (if it is not, descend() finds
  // out).
  if (int_or(entry(of.dictionary, "Count"), -1) == static_cast<int>(count)) {
    of.pages_of_kids.assign(count, 1);
    return of.pages_of_kids;
  }
  of.pages_of_kids.clear();
  for (std::size_t i = 0; i < count; ++i) {
    const Object kid = streams_.element(kids, static_cast<int>(i));
    const int pages = !kid.isDict() ? -1 : is_leaf(kid) ? 1 : int_or(entry(kid, "Count"), -1);
    of.pages_of_kids.push_back(pages < 0 ? -1 : pages);
  }
  return of.pages_of_kids;
}

// Down by the counts. False when they do not add up.
bool PageTree::descend(int index, PageNode& out) {
  std::vector<Object> above;
  Object reference = root_.copy();
  int left = index;
  while (above.size() <= static_cast<std::size_t>(kTreeDepthMax)) {
    Node& parent = node(reference);
    const Object kids = streams_.entry(parent.dictionary, "Kids");
    const std::vector<int>& pages = pages_of_kids(parent);
    std::int64_t sum = 0;
    for (int count : pages) sum += count;
    if (sum != int_or(entry(parent.dictionary, "Count"), -1)) return false;
    std::size_t i = 0;
    for (; i < pages.size() && pages[i] >= 0 && left >= pages[i]; ++i) left -= pages[i];
    if (i == pages.size() || pages[i] < 0) return false;
    above.push_back(parent.dictionary.copy());
    reference = kids.arrayGetNF(static_cast<int>(i)).copy();
    if (pages[i] != 1) continue;
    Object kid = streams_.element(kids, static_cast<int>(i));
    if (!kid.isDict()) return false;
    if (!is_leaf(kid)) {
      if (int_or(entry(kid, "Count"), -1) != 1) return false;
      continue;
    }
    std::vector<const Object*> ancestors;
    for (const Object& ancestor : above) ancestors.push_back(&ancestor);
    out = node_of(std::move(kid), reference.isRef() ? reference.getRef() : Ref::INVALID(), ancestors);
    return true;
  }
  return false;
}

// Counts lie: every page is found, in order.
void PageTree::enumerate() {
  if (enumerated_) return;
  enumerated_ = true;
  if (!root_.isDict()) return;
  if (is_leaf(root_)) {  // a document of one page whose catalogue refers to it
    if (name_of(entry(root_, "Type")) == "Page") leaves_.push_back({Ref::INVALID(), -1});
    return;
  }
  std::unordered_set<std::uint64_t> seen;
  ancestors_.push_back({root_.copy(), -1});
  const Object kids = entry(root_, "Kids");
  for (int i = 0; i < element_count(kids); ++i) visit(kids.arrayGetNF(i), 0, 1, seen);
}

void PageTree::visit(const Object& kid, int parent, int depth, std::unordered_set<std::uint64_t>& seen) {
  if (depth > kTreeDepthMax || leaves_.size() > static_cast<std::size_t>(kPagesMax)) return;
  if (!kid.isRef()) return note_stranger(kid, kid);
  if (!seen.insert(key_of(kid.getRef())).second) {  // a page may be shown twice; it is not read twice
    if (pages_seen_.contains(key_of(kid.getRef()))) leaves_.push_back({kid.getRef(), parent});
    return;
  }
  streams_.prepare(kid);
  const Object dictionary = kid.fetch(xref_);
  if (!dictionary.isDict()) return note_stranger(kid, dictionary);
  if (is_leaf(dictionary)) {
    leaves_.push_back({kid.getRef(), parent});
    pages_seen_.insert(key_of(kid.getRef()));
    return;
  }
  const int self = static_cast<int>(ancestors_.size());
  ancestors_.push_back({dictionary.copy(), parent});
  const Object kids = entry(dictionary, "Kids");
  for (int i = 0; i < element_count(kids); ++i) visit(kids.arrayGetNF(i), self, depth + 1, seen);
}

PageTree& page_tree(Context& context) {
  if (context.pages == nullptr) {
    const Object catalog = context.xref()->getCatalog();
    context.pages =
        std::make_shared<PageTree>(context.xref(), object_streams(context), entry(catalog, "Pages"));
  }
  return *context.pages;
}

}  // namespace ode::pdf
