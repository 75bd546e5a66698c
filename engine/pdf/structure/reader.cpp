// See structure/reader.h.
#include "engine/pdf/structure/reader.h"

#include <algorithm>

#include "engine/pdf/objects/language_tag.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/text_string.h"
#include "engine/pdf/structure/attributes.h"

namespace ode::pdf {
namespace {

bool before(const ContentOwner& a, const ContentOwner& b) {
  return a.page_index != b.page_index ? a.page_index < b.page_index : a.mcid < b.mcid;
}

bool same_content(const ContentOwner& a, const ContentOwner& b) {
  return a.page_index == b.page_index && a.mcid == b.mcid;
}

enum class KidKind { element, content, object };

/// 14.7.5.1, Tables 357 and 358. /Type may be left out of elements only, but is left out of others, too.
KidKind kind_of(const Object& kid, StructureBudget& budget) {
  const std::string type = name_of(budget.entry(kid, "Type"));
  if (type == "MCR") return KidKind::content;
  if (type == "OBJR") return KidKind::object;
  if (type == "StructElem" || budget.entry(kid, "S").isName()) return KidKind::element;
  if (budget.entry(kid, "MCID").isInt()) return KidKind::content;
  return entry_ref(kid, "Obj") != Ref::INVALID() ? KidKind::object : KidKind::element;
}

}  // namespace

StructureReader::StructureReader(Context& context, PageNumbers& page_numbers, int page_count, const Object& root)
    : context_(context),
      page_numbers_(page_numbers),
      page_count_(page_count),
      budget_(context, tree_.diagnostics),
      roles_(root, budget_),
      parents_(context, budget_, root),
      class_map_(budget_.entry(root, "ClassMap")) {}

StructureTree StructureReader::read(const Object& root) {
  // Content has to name its page; where there is one page only, it is that.
  push_level(root, -1, {page_count_ == 1 ? 0 : -1, Page::Told::nowhere});
  while (!levels_.empty() && !budget_.ended()) {
    Level& level = levels_.back();
    const int count = level.kids.isArray() ? element_count(level.kids) : 1;
    if (level.next >= count) {
      levels_.pop_back();
      continue;
    }
    const int i = level.next++;
    const Object raw = level.kids.isArray() ? level.kids.arrayGetNF(i).copy() : level.kids.copy();
    read_kid(raw, Level{Object(objNull), 0, level.element, level.page});
  }
  link_headers();
  settle_claims();
  return std::move(tree_);
}

void StructureReader::push_level(const Object& holder, int element, Page page) {
  Object kids = budget_.entry(holder, "K");
  if (kids.isNull()) return;
  if (!kids.isArray()) kids = raw_entry(holder, "K");
  levels_.push_back({std::move(kids), 0, element, page});
}

void StructureReader::read_kid(const Object& raw, const Level& level) {
  const Object kid = budget_.fetch(raw);
  if (kid.isInt()) return add_content(level.element, level.page, kid.getInt());
  if (!kid.isDict()) return;
  const KidKind kind = kind_of(kid, budget_);
  if (kind == KidKind::element) return read_element(kid, raw, level.element, level.page);
  const Page page = page_of(kid, level.page);
  if (kind == KidKind::content) {
    // 14.7.5.2.3: with /Stm the number counts within a form XObject. The display list keeps no numbers of
    // forms (they would be taken for the page's), so there is nothing such a reference could lead to.
    if (raw_entry(kid, "Stm").isNull())
      add_content(level.element, page, int_or(budget_.entry(kid, "MCID"), -1));
    return;
  }
  const Ref object = entry_ref(kid, "Obj");
  if (object == Ref::INVALID() || level.element < 0) return;
  tree_.elements[static_cast<std::size_t>(level.element)].children.push_back(
      {StructureChild::Kind::object, -1, page.index, -1, object.num});
}

void StructureReader::read_element(const Object& dictionary, const Object& raw, int parent, Page page) {
  const int index = static_cast<int>(tree_.elements.size());
  if (raw.isRef() && !by_reference_.emplace(key_of(raw.getRef()), index).second) {
    tree_.diagnostics.add(ErrorKind::malformed, "a structure element is met twice", 0, raw.getRefNum());
    return;
  }
  if (tree_.elements.size() >= static_cast<std::size_t>(kStructureElementsMax)) {
    budget_.complain("too many structure elements");
    levels_.clear();
    return;
  }
  tree_.elements.emplace_back().parent = parent;
  if (parent < 0) {
    tree_.roots.push_back(index);
  } else {
    tree_.elements[static_cast<std::size_t>(parent)].children.push_back(
        {StructureChild::Kind::element, index, -1, -1, 0});
  }
  fill(dictionary, index);
  if (levels_.size() >= static_cast<std::size_t>(kStructureDepthMax))
    return budget_.complain("structure elements are nested too deeply");
  push_level(dictionary, index, page_of(dictionary, page));
}

void StructureReader::fill(const Object& dictionary, int index) {
  StructureElement& element = tree_.elements[static_cast<std::size_t>(index)];
  element.type = roles_.type_of(dictionary);
  element.artifact = element.type == "Artifact" || element.type == "Private";
  if (element.parent >= 0) {
    const StructureElement& parent = tree_.elements[static_cast<std::size_t>(element.parent)];
    element.artifact = element.artifact || parent.artifact;
    element.numbering = parent.numbering;
  }
  element.alt = budget_.text_entry(dictionary, "Alt").value_or("");
  element.expansion = budget_.text_entry(dictionary, "E").value_or("");
  element.title = budget_.text_entry(dictionary, "T").value_or("");
  element.language = language_tag(budget_.text_entry(dictionary, "Lang").value_or(""));
  element.actual_text = budget_.text_entry(dictionary, "ActualText");
  std::vector<std::string> ids;
  read_attributes(dictionary, class_map_, budget_, element, ids);
  if (!ids.empty()) headers_.push_back({index, std::move(ids)});
  if (element.type != "TH") return;
  if (auto id = budget_.bytes_of(budget_.entry(dictionary, "ID"))) by_id_.emplace(std::move(*id), index);
}

void StructureReader::add_content(int element, Page page, int mcid) {
  if (element < 0 || page.index < 0 || mcid < 0) return;
  tree_.elements[static_cast<std::size_t>(element)].children.push_back(
      {StructureChild::Kind::content, -1, page.index, mcid, 0});
  claims_.push_back({{page.index, mcid, element}, page.told});
}

StructureReader::Page StructureReader::page_of(const Object& holder, Page around) {
  const Ref page = entry_ref(holder, "Pg");
  if (page == Ref::INVALID()) return {around.index, std::max(around.told, Page::Told::around)};
  // A page that was taken out of the document is no other page: -1.
  return {page_numbers_.of(context_, page) - 1, Page::Told::itself};
}

/// Cells name their headers by /ID, which may stand anywhere in the tree.
void StructureReader::link_headers() {
  for (const Headers& cell : headers_) {
    for (const std::string& id : cell.ids)
      if (const auto found = by_id_.find(id); found != by_id_.end())
        tree_.elements[static_cast<std::size_t>(cell.element)].headers.push_back(found->second);
  }
}

/// The element that the page names (14.7.5.4) is the owner, if it wants to be. Where nobody is named who does, the first
/// one that knows best what page it is on; but nobody is asked in good documents, where content has one claim.
const StructureReader::Claim* StructureReader::owner_among(const Claim* first, const Claim* last) {
  if (last - first == 1 && first->told != Page::Told::nowhere) return first;
  const std::uint64_t named = parents_.element_of(first->owner.page_index, first->owner.mcid);
  const auto found = named != 0 ? by_reference_.find(named) : by_reference_.end();
  const Claim* owner = std::find_if(first, last, [&](const Claim& claim) {
    return found != by_reference_.end() && claim.owner.element == found->second;
  });
  if (owner != last) return owner;
  owner = std::min_element(first, last, [](const Claim& a, const Claim& b) { return a.told < b.told; });
  // An element of no page, when the page says that another has it, is left over from a page that is gone.
  return owner->told == Page::Told::nowhere && named != 0 ? nullptr : owner;
}

void StructureReader::settle_claims() {
  const auto in_order = [](const Claim& a, const Claim& b) { return before(a.owner, b.owner); };
  std::stable_sort(claims_.begin(), claims_.end(), in_order);
  tree_.owners.reserve(claims_.size());
  for (std::size_t i = 0, next = 0; i < claims_.size(); i = next) {
    while (next < claims_.size() && same_content(claims_[i].owner, claims_[next].owner)) ++next;
    if (const Claim* claim = owner_among(&claims_[i], &claims_[i] + (next - i))) tree_.owners.push_back(claim->owner);
  }
}

int StructureTree::owner_of(int page_index, int mcid) const {
  const ContentOwner wanted{page_index, mcid, 0};
  const auto found = std::lower_bound(owners.begin(), owners.end(), wanted, before);
  return found != owners.end() && same_content(*found, wanted) ? found->element : -1;
}

std::span<const ContentOwner> StructureTree::owners_on(int page_index) const {
  const auto [first, last] = std::equal_range(
      owners.begin(), owners.end(), ContentOwner{page_index, 0, 0},
      [](const ContentOwner& a, const ContentOwner& b) { return a.page_index < b.page_index; });
  return {owners.data() + (first - owners.begin()), static_cast<std::size_t>(last - first)};
}

}  // namespace ode::pdf
