// See repair/repair.h.
#include "engine/pdf/repair/repair.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "engine/pdf/objects/object_streams.h"
#include "engine/pdf/objects/page_tree.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/repair/compressed.h"
#include "engine/pdf/repair/mended_stream.h"
#include "engine/pdf/repair/page_search.h"
#include "engine/pdf/repair/scan.h"
#include "engine/pdf/repair/section.h"
#include "engine/pdf/repair/trailers.h"

namespace ode::pdf {
namespace {

using Place = FoundObject::Place;

constexpr std::size_t kHeaderSearchBytes = 1024;  // as far as poppler looks for "%PDF-"
constexpr std::size_t kCatalogsMax = 16;          // tried

SharedBytes from_header(const SharedBytes& bytes) {
  const std::size_t at = as_chars(bytes.view()).substr(0, kHeaderSearchBytes).find("%PDF-");
  return at == std::string_view::npos ? bytes : bytes.slice(at, bytes.size() - at);
}

ObjectBounds bounds_of(const ObjectTable& table) {
  auto bounds = std::make_shared<std::vector<std::uint64_t>>();
  for (const FoundObject& object : table.objects) {
    if (object.place == Place::in_file) bounds->push_back(object.offset);
  }
  std::sort(bounds->begin(), bounds->end());
  return bounds;
}

class Mender {
 public:
  Mender(const SharedBytes& bytes, const PopplerOpener& open)
      : open_(open),
        file_(from_header(bytes)),
        table_(scan_objects(file_.view())),
        bounds_(bounds_of(table_)),
        trailers_(file_.view(), table_) {}

  Result<MendedFile> run() {
    const bool has_streams =
        std::any_of(table_.objects.begin(), table_.objects.end(),
                    [](const FoundObject& object) { return (object.hints & kHintObjectStream) != 0; });
    if (has_streams) {
      // Read through poppler, who decrypts; the catalogue may be in one of them.
      ODE_TRY(open_with(std::nullopt));
      report_.object_streams = add_compressed_objects(*context_, table_, section_);
    }
    count_objects();
    if (report_.objects == 0) return Error{ErrorKind::malformed, "not a PDF, or damaged beyond repair"};
    const std::vector<Ref> catalogs = catalogs_by_promise();
    ODE_TRY(open_with(catalogs.empty() ? std::nullopt : std::optional(catalogs.front())));
    const std::optional<Ref> catalog = with_pages(catalogs);
    if (!catalog) {
      ODE_TRY(make_pages(catalogs));
    } else if (!(*catalog == context_->xref()->getRoot())) {
      ODE_TRY(open_with(catalog));
    }
    context_->object_streams.reset();  // gives back what it put into poppler's table
    return MendedFile{file_, added_, std::move(context_->poppler), report_};
  }

 private:
  /// Opens the file with all that is known by now; without a root, with a catalogue that holds nothing.
  Status open_with(std::optional<Ref> root) {
    context_.reset();  // before the bytes it reads
    Section section = section_;
    if (!root) {
      root = Ref{static_cast<int>(free_number()), 0};
      section.objects.emplace_back(free_number(), "<< /Type /Catalog >>");
    }
    section.trailer = "/Root " + object_text(Object(*root)) + " " + trailers_.entries();
    added_ = write_section(table_, section, file_.size());
    context_ = std::make_unique<Context>();
    context_->bytes = file_;
    context_->poppler =
        ODE_TRY(open_([this] { return new MendedStream(file_.view(), added_.view(), bounds_); }));
    return Ok{};
  }

  std::uint64_t free_number() const {
    std::uint64_t number = std::max<std::uint64_t>(table_.objects.size(), 1);
    for (const auto& [used, text] : section_.objects) number = std::max(number, used + 1);
    return number;
  }

  void count_objects() {
    for (const FoundObject& object : table_.objects) {
      report_.objects += object.place != Place::none ? 1 : 0;
      report_.compressed += object.place == Place::in_object_stream ? 1 : 0;
    }
  }

  /// Those that trailers name, then what says that it is one, the newest first.
  std::vector<Ref> catalogs_by_promise() const {
    std::vector<Ref> catalogs;
    for (const Ref root : trailers_.roots()) {
      const FoundObject* found = root.num > 0 ? table_.find(static_cast<std::uint64_t>(root.num)) : nullptr;
      if (found != nullptr) catalogs.push_back({root.num, found->generation});
    }
    std::vector<std::uint64_t> others;
    for (std::uint64_t number = 1; number < table_.objects.size(); ++number) {
      const FoundObject* found = table_.find(number);
      if (found != nullptr && (found->hints & kHintCatalog) != 0) others.push_back(number);
    }
    std::sort(others.begin(), others.end(), [&](std::uint64_t a, std::uint64_t b) {
      return position_of(table_, table_.objects[a]) > position_of(table_, table_.objects[b]);
    });
    for (const std::uint64_t number : others) {
      const Ref ref{static_cast<int>(number), table_.objects[number].generation};
      if (std::find(catalogs.begin(), catalogs.end(), ref) == catalogs.end()) catalogs.push_back(ref);
      if (catalogs.size() >= kCatalogsMax) break;
    }
    return catalogs;
  }

  Object fetch(Ref ref) {
    object_streams(*context_).prepare(Object(ref));
    return context_->xref()->fetch(ref);
  }

  /// The first catalogue whose tree has a page.
  std::optional<Ref> with_pages(const std::vector<Ref>& catalogs) {
    for (const Ref ref : catalogs) {
      const Object catalog = fetch(ref);
      if (!catalog.isDict()) continue;
      ObjectStreams& streams = object_streams(*context_);
      PageTree tree(context_->xref(), streams, streams.entry(catalog, "Pages"));
      if (tree.find(0) != nullptr) return ref;
    }
    return std::nullopt;
  }

  Status make_pages(const std::vector<Ref>& catalogs) {
    Object catalog(objNull);
    std::uint64_t catalog_number = free_number();
    for (std::size_t i = 0; i < catalogs.size() && !catalog.isDict(); ++i) {
      catalog = fetch(catalogs[i]);
      if (catalog.isDict()) catalog_number = static_cast<std::uint64_t>(catalogs[i].num);
    }
    report_.made_catalog = !catalog.isDict();
    report_.made_pages = true;
    const std::uint64_t tree = std::max(free_number(), catalog_number + 1);
    std::string text = page_tree_of_found(*context_, table_, section_, tree + 1);
    if (text.empty()) return Error{ErrorKind::malformed, "the file is damaged, and no page was found in it"};
    section_.objects.emplace_back(tree, std::move(text));
    section_.objects.emplace_back(catalog_number, catalog_text(catalog, tree));
    return open_with(Ref{static_cast<int>(catalog_number), 0});
  }

  /// Entries of the catalogue that was found go on to count. Strings of an encrypted document would be
  /// decrypted once more, so those that may hold any are left out.
  std::string catalog_text(const Object& catalog, std::uint64_t tree) const {
    std::string text = "<< /Type /Catalog /Pages " + std::to_string(tree) + " 0 R ";
    for (int i = 0; catalog.isDict() && i < catalog.dictGetLength(); ++i) {
      const std::string key = catalog.dictGetKey(i);
      const Object& value = catalog.dictGetValNF(i);
      if (key == "Type" || key == "Pages") continue;
      if (context_->xref()->isEncrypted() && !value.isRef() && !value.isName()) continue;
      text += object_text(Object(objName, key.c_str())) + " " + object_text(value) + " ";
    }
    return text + ">>";
  }

  const PopplerOpener& open_;
  SharedBytes file_, added_;
  ObjectTable table_;
  ObjectBounds bounds_;
  Trailers trailers_;
  Section section_;
  RepairReport report_;
  std::unique_ptr<Context> context_;  ///< of the file as far as it is mended; uses added_
};

}  // namespace

Result<MendedFile> mend(const SharedBytes& bytes, const PopplerOpener& open) {
  return Mender(bytes, open).run();
}

}  // namespace ode::pdf
