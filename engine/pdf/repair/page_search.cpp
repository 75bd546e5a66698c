// See repair/page_search.h.
#include "engine/pdf/repair/page_search.h"

#include <algorithm>
#include <array>
#include <memory>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "engine/base/limits.h"
#include "engine/pdf/objects/object_streams.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/repair/compressed.h"

namespace ode::pdf {
namespace {

constexpr const char* kInherited[] = {"Resources", "MediaBox", "CropBox", "Rotate"};  // 7.7.3.4
constexpr std::size_t kInheritedTextMax = std::size_t{16} << 20;  // of all groups of pages

class PageSearch {
 public:
  PageSearch(Context& context, const ObjectTable& table, Section& section, std::uint64_t next_number)
      : context_(context),
        streams_(object_streams(context)),
        table_(table),
        section_(section),
        next_(next_number) {}

  std::string run() {
    for (const std::uint64_t number : in_file_order(kHintPageNode)) take_subtree(number);
    for (const std::uint64_t number : in_file_order(kHintPage)) take_page(number);
    if (pages_ == 0) return "";
    std::string kids;
    for (const Group& group : groups_) kids += group.inherited.empty() ? group.kids : node_of(group);
    return "<< /Type /Pages /Count " + std::to_string(pages_) + " /Kids [" + kids + "] >>";
  }

 private:
  /// Pages that inherit the same.
  struct Group {
    std::string inherited, kids;
    int pages = 0;
  };
  /// What a node hands down, in the order of kInherited; null where it has nothing.
  using HandedDown = std::array<std::shared_ptr<const std::string>, 4>;

  std::vector<std::uint64_t> in_file_order(Hint hint) const {
    std::vector<std::uint64_t> numbers;
    for (std::uint64_t number = 1; number < table_.objects.size(); ++number) {
      const FoundObject* found = table_.find(number);
      if (found != nullptr && (found->hints & hint) != 0) numbers.push_back(number);
    }
    const auto place = [&](std::uint64_t number) {
      const FoundObject& found = table_.objects[number];
      return std::tuple(position_of(table_, found), found.index);
    };
    std::sort(numbers.begin(), numbers.end(),
              [&](std::uint64_t a, std::uint64_t b) { return place(a) < place(b); });
    return numbers;
  }

  Object fetch(const Object& reference) {
    streams_.prepare(reference);
    return reference.fetch(context_.xref());
  }
  Object fetch(std::uint64_t number) { return fetch(Object(ref_of(number))); }
  Ref ref_of(std::uint64_t number) const {
    return {static_cast<int>(number), table_.objects[number].generation};
  }
  std::string kid_text(std::uint64_t number) const { return object_text(Object(ref_of(number))) + " "; }

  /// Of a node that stands below no other.
  void take_subtree(std::uint64_t number) {
    const Object node = fetch(number);
    if (!entry(node, "Kids").isArray() || is_dictionary(raw_entry(node, "Parent"))) return;
    if (!seen_.insert(number).second) return;
    const int before = pages_;
    count_pages(node, 1);
    if (pages_ > before) groups_.push_back({"", kid_text(number), pages_ - before});
  }

  /// Asked once for each object: a parent may have very many kids.
  bool is_dictionary(const Object& reference) {
    if (!reference.isRef()) return reference.isDict();
    const auto [known, fresh] = is_dictionary_.try_emplace(key_of(reference.getRef()), false);
    if (fresh) known->second = fetch(reference).isDict();
    return known->second;
  }

  void count_pages(const Object& node, int depth) {
    const Object kids = streams_.entry(node, "Kids");
    for (int i = 0; i < element_count(kids) && pages_ < kPagesMax; ++i) {
      const Object& raw = kids.arrayGetNF(i);
      if (!raw.isRef() || raw.getRefNum() <= 0) continue;
      if (!seen_.insert(static_cast<std::uint64_t>(raw.getRefNum())).second) continue;
      const Object kid = fetch(raw);
      if (!kid.isDict()) continue;
      if (!entry(kid, "Kids").isArray()) {
        ++pages_;
      } else if (depth < kTreeDepthMax) {
        count_pages(kid, depth + 1);
      }
    }
  }

  void take_page(std::uint64_t number) {
    if (pages_ >= kPagesMax || seen_.count(number) != 0) return;
    const Object page = fetch(number);
    if (name_of(entry(page, "Type")) != "Page" || entry(page, "Kids").isArray()) return;
    seen_.insert(number);
    ++pages_;
    const Object parent = raw_entry(page, "Parent").copy();
    const std::uint64_t key = parent.isRef() ? key_of(parent.getRef()) : 0;
    const auto [known, fresh] = group_of_parent_.try_emplace(key, groups_.size());
    if (fresh) groups_.push_back({inherited_text(parent), "", 0});
    groups_[known->second].kids += kid_text(number);
    ++groups_[known->second].pages;
  }

  std::string inherited_text(const Object& parent) {
    std::string text;
    const HandedDown& values = handed_down(parent, 0);
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (values[i] != nullptr) text += "/" + std::string(kInherited[i]) + " " + *values[i] + " ";
    }
    if (text.size() > text_left_) return "";
    text_left_ -= text.size();
    return text;
  }

  const HandedDown& handed_down(const Object& node_reference, int depth) {
    static const HandedDown kNothing;
    if (!node_reference.isRef() || depth > kTreeDepthMax) return kNothing;
    const std::uint64_t key = key_of(node_reference.getRef());
    if (const auto known = handed_down_.find(key); known != handed_down_.end()) return known->second;
    handed_down_[key] = kNothing;  // of a node that is above itself
    const Object node = fetch(node_reference);
    HandedDown values = handed_down(raw_entry(node, "Parent"), depth + 1);
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Object own = raw_entry(node, kInherited[i]);
      if (!own.isNull()) values[i] = std::make_shared<const std::string>(object_text(own));
    }
    return handed_down_[key] = std::move(values);
  }

  std::string node_of(const Group& group) {
    section_.objects.emplace_back(next_, "<< /Type /Pages /Count " + std::to_string(group.pages) +
                                             " /Kids [" + group.kids + "] " + group.inherited + ">>");
    return std::to_string(next_++) + " 0 R ";
  }

  Context& context_;
  ObjectStreams& streams_;
  const ObjectTable& table_;
  Section& section_;
  std::uint64_t next_;
  int pages_ = 0;
  std::size_t text_left_ = kInheritedTextMax;
  std::vector<Group> groups_;
  std::unordered_map<std::uint64_t, std::size_t> group_of_parent_;
  std::unordered_set<std::uint64_t> seen_;
  std::unordered_map<std::uint64_t, bool> is_dictionary_;
  std::unordered_map<std::uint64_t, HandedDown> handed_down_;
};

}  // namespace

std::string page_tree_of_found(Context& context, const ObjectTable& table, Section& section,
                               std::uint64_t next_number) {
  return PageSearch(context, table, section, next_number).run();
}

}  // namespace ode::pdf
