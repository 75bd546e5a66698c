// Document::fonts: the fonts that pages, forms, patterns and appearances name in their resources, described
// as pdffonts does (ISO 32000-2, 9.5 to 9.10).
#include <algorithm>
#include <set>
#include <unordered_set>

#include "engine/pdf/document/impl.h"
#include "engine/pdf/objects/page_walk.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/text_string.h"

namespace ode::pdf {
namespace {

constexpr int kEntriesMax = 100'000;

bool is_subset_name(const std::string& name) {
  return name.size() > 7 && name[6] == '+' &&
         std::all_of(name.begin(), name.begin() + 6, [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string without_suffix(std::string name, std::string_view suffix) {
  if (name.size() > suffix.size() && std::string_view(name).substr(name.size() - suffix.size()) == suffix)
    name.resize(name.size() - suffix.size());
  return name;
}

/// The name of the CMap or encoding, "Custom" for one with /Differences, "Builtin" for none.
std::string encoding_of(const Object& font) {
  const Object encoding = entry(font, "Encoding");
  if (encoding.isName()) return without_suffix(name_of(encoding), "Encoding");
  if (encoding.isStream()) return name_of(entry(encoding, "CMapName"));
  if (!encoding.isDict()) return "Builtin";
  if (element_count(entry(encoding, "Differences")) > 0) return "Custom";
  const std::string base = name_of(entry(encoding, "BaseEncoding"));
  return base.empty() ? "Builtin" : without_suffix(base, "Encoding");
}

/// Font program: the key in the descriptor and, for FontFile3, its kind.
struct Program {
  bool embedded = false;
  std::string kind;  ///< /Subtype of FontFile3
};

Program program_of(const Object& descriptor) {
  Program program;
  for (const char* key : {"FontFile", "FontFile2", "FontFile3"}) {
    const Object file = entry(descriptor, key);
    if (!file.isStream()) continue;
    program.embedded = true;
    program.kind = name_of(entry(file, "Subtype"));
  }
  return program;
}

std::string type_of(const std::string& subtype, const std::string& program_kind) {
  const bool open_type = program_kind == "OpenType";
  if (subtype == "Type3") return "Type 3";
  if (subtype == "TrueType") return open_type ? "TrueType (OT)" : "TrueType";
  if (subtype == "CIDFontType2") return open_type ? "CID TrueType (OT)" : "CID TrueType";
  if (subtype == "CIDFontType0") {
    if (open_type) return "CID Type 0C (OT)";
    return program_kind == "CIDFontType0C" ? "CID Type 0C" : "CID Type 0";
  }
  if (subtype == "Type1" || subtype == "MMType1") {
    if (open_type) return "Type 1C (OT)";
    return program_kind == "Type1C" ? "Type 1C" : "Type 1";
  }
  return "unknown";
}

FontInfo describe(const Object& font, Ref ref) {
  FontInfo info;
  info.object = std::max(ref.num, 0);
  std::string subtype = name_of(entry(font, "Subtype"));
  const Object descendant = element(entry(font, "DescendantFonts"), 0);
  const bool composite = subtype == "Type0" && descendant.isDict();
  if (composite) subtype = name_of(entry(descendant, "Subtype"));
  const Program program = program_of(entry(composite ? descendant : font, "FontDescriptor"));
  info.name = utf8_from_object(entry(font, "BaseFont"));
  if (info.name.empty() && subtype == "Type3") info.name = utf8_from_object(entry(font, "Name"));
  info.type = type_of(subtype, program.kind);
  info.encoding = encoding_of(font);
  info.embedded = program.embedded || subtype == "Type3";
  info.subset = is_subset_name(info.name);
  info.has_to_unicode = entry(font, "ToUnicode").isStream();
  return info;
}

class FontCollector {
 public:
  /// With a list of what is still to be read, so nesting costs no stack.
  void add_page(const WalkedPage& page) {
    add_resources(page.resources.copy());
    const Object annotations = entry(page.dictionary, "Annots");
    for (int i = 0; i < std::min(element_count(annotations), kEntriesMax); ++i) {
      const Object appearances = entry(element(annotations, i), "AP");
      add_stream(appearances, "N");
      const Object normal = entry(appearances, "N");
      if (normal.isDict()) add_streams(normal);
    }
    drain();
  }
  std::vector<FontInfo> take() { return std::move(fonts_); }

 private:
  /// True the first time; direct objects are always new, kTreeNodesMax bounds them.
  bool is_new(Ref ref) { return ref == Ref::INVALID() || seen_.insert(key_of(ref)).second; }

  void add_resources(Object resources) {
    if (resources.isDict() && visited_ < kTreeNodesMax) {
      ++visited_;
      pending_.push_back(std::move(resources));
    }
  }
  void add_stream(const Object& holder, const char* key) {
    const Ref ref = entry_ref(holder, key);
    if (!is_new(ref)) return;
    const Object stream = entry(holder, key);
    if (stream.isStream() || stream.isDict()) add_resources(entry(stream, "Resources"));
  }
  void add_streams(const Object& category) {
    if (!category.isDict()) return;
    for (int i = 0; i < std::min(category.dictGetLength(), kEntriesMax); ++i)
      add_stream(category, category.dictGetKey(i));
  }
  void add_font(const Object& font, Ref ref) {
    if (!font.isDict()) return;
    if (ref != Ref::INVALID()) {
      if (!seen_fonts_.insert(key_of(ref)).second) return;
      fonts_.push_back(describe(font, ref));
    } else {
      FontInfo info = describe(font, ref);
      if (!direct_.insert(info.name + '/' + info.type + '/' + info.encoding).second) return;
      fonts_.push_back(std::move(info));
    }
    add_resources(entry(font, "Resources"));  // Type 3
  }
  void add_fonts(const Object& category) {
    if (!category.isDict()) return;
    for (int i = 0; i < std::min(category.dictGetLength(), kEntriesMax); ++i) {
      const Object& raw = category.dictGetValNF(i);
      add_font(category.dictGetVal(i), raw.isRef() ? raw.getRef() : Ref::INVALID());
    }
  }
  /// Graphics states may set a font and a soft mask's group.
  void add_states(const Object& category) {
    if (!category.isDict()) return;
    for (int i = 0; i < std::min(category.dictGetLength(), kEntriesMax); ++i) {
      const Object state = category.dictGetVal(i);
      const Object font = entry(state, "Font");
      if (element_count(font) > 0) {
        const Object& raw = font.arrayGetNF(0);
        add_font(element(font, 0), raw.isRef() ? raw.getRef() : Ref::INVALID());
      }
      add_stream(entry(state, "SMask"), "G");
    }
  }
  void drain() {
    while (!pending_.empty()) {
      const Object resources = std::move(pending_.back());
      pending_.pop_back();
      add_fonts(entry(resources, "Font"));
      add_streams(entry(resources, "XObject"));
      add_streams(entry(resources, "Pattern"));
      add_states(entry(resources, "ExtGState"));
    }
  }

  std::vector<FontInfo> fonts_;
  std::vector<Object> pending_;
  std::unordered_set<std::uint64_t> seen_, seen_fonts_;
  std::set<std::string> direct_;
  int visited_ = 0;
};

}  // namespace

std::vector<FontInfo> Document::fonts(int first_page_index, int last_page_index) {
  FontCollector collector;
  for_each_page(impl_->context, [&](const WalkedPage& page) {
    if (page.index >= first_page_index && page.index < last_page_index) collector.add_page(page);
    return page.index + 1 < last_page_index;
  });
  return collector.take();
}

}  // namespace ode::pdf
