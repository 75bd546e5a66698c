// Document::information: what the header, the trailer, the catalog and the Info dictionary say about the
// document.
#include <Catalog.h>

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "engine/pdf/document/impl.h"
#include "engine/pdf/objects/date.h"
#include "engine/pdf/objects/name_tree.h"
#include "engine/pdf/objects/object_streams.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/text_string.h"

namespace ode::pdf {
namespace {

constexpr int kInfoEntriesMax = 1000, kActionsMax = 100;

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::map<std::string, std::string> metadata_of(const Object& info) {
  std::map<std::string, std::string> metadata;
  const int count = info.isDict() ? std::min(info.dictGetLength(), kInfoEntriesMax) : 0;
  for (int i = 0; i < count; ++i) {
    const std::string key = utf8_from_u32(u32_from_utf8(info.dictGetKey(i)));
    const Object value = info.dictGetVal(i);
    if (!value.isString() && !value.isName()) continue;
    std::string text = utf8_from_object(value);
    metadata[key] = ends_with(key, "Date") ? iso_date_from_pdf_date(text) : std::move(text);
  }
  return metadata;
}

std::string encryption_of(XRef& xref) {
  if (!xref.isEncrypted()) return {};
  unsigned char* key = nullptr;
  CryptAlgorithm algorithm = cryptNone;
  int key_bytes = 0;
  xref.getEncryptionParameters(&key, &algorithm, &key_bytes);
  switch (algorithm) {
    case cryptRC4:
      return "RC4-" + std::to_string(8 * key_bytes);
    case cryptAES:
      return "AES-" + std::to_string(8 * key_bytes);
    case cryptAES256:
      return "AES-256";
    case cryptNone:
      break;
  }
  return "none";
}

bool is_java_script(const Object& action) { return name_of(entry(action, "S")) == "JavaScript"; }

/// /A, or any of the actions in /AA.
bool has_script_action(const Object& holder) {
  if (is_java_script(entry(holder, "A"))) return true;
  const Object additional = entry(holder, "AA");
  for (int i = 0; additional.isDict() && i < std::min(additional.dictGetLength(), kActionsMax); ++i)
    if (is_java_script(additional.dictGetVal(i))) return true;
  return false;
}

/// Calculations, formats and validations of form fields.
bool has_field_script(const Object& form) {
  std::vector<Object> pending;
  pending.push_back(entry(form, "Fields"));
  std::unordered_set<std::uint64_t> seen;
  int steps = 0;
  while (!pending.empty()) {
    const Object fields = std::move(pending.back());
    pending.pop_back();
    for (int i = 0; i < element_count(fields); ++i) {
      if (++steps > kTreeNodesMax) return false;
      const Object& raw = fields.arrayGetNF(i);
      if (raw.isRef() && !seen.insert(key_of(raw.getRef())).second) continue;
      const Object field = element(fields, i);
      if (has_script_action(field)) return true;
      pending.push_back(entry(field, "Kids"));
    }
  }
  return false;
}

bool has_java_script(ObjectStreams& streams, const Object& catalog) {
  if (is_java_script(entry(catalog, "OpenAction")) || has_script_action(catalog)) return true;
  bool found = false;
  for_each_name(streams, streams.entry(streams.entry(catalog, "Names"), "JavaScript"), [&](const std::string&, const Object&) {
    found = true;
    return false;
  });
  return found || has_field_script(entry(catalog, "AcroForm"));
}

std::string repair_text(const RepairReport& report) {
  std::string text = "the cross-reference table was rebuilt: " + std::to_string(report.objects) + " objects found";
  if (report.object_streams > 0)
    text += ", " + std::to_string(report.compressed) + " of them in " + std::to_string(report.object_streams) +
            " object streams";
  if (report.made_catalog) text += "; no catalog was among them";
  if (report.made_pages) text += "; the page tree was made from the pages found";
  return text;
}

}  // namespace

Information Document::information() {
  PDFDoc& poppler = *impl_->context.poppler;
  XRef& xref = *impl_->context.xref();
  const Object catalog = xref.getCatalog();
  Information out;
  out.pdf_version =
      std::to_string(poppler.getPDFMajorVersion()) + "." + std::to_string(poppler.getPDFMinorVersion());
  out.metadata = metadata_of(poppler.getDocInfo());
  out.encrypted = xref.isEncrypted();
  out.encryption = encryption_of(xref);
  out.linearized = poppler.isLinearized();
  if (impl_->repair) out.repair = repair_text(*impl_->repair);
  out.tagged =
      is_true(entry(entry(catalog, "MarkInfo"), "Marked")) || entry(catalog, "StructTreeRoot").isDict();
  const Object form = entry(catalog, "AcroForm");
  out.has_forms = element_count(entry(form, "Fields")) > 0 || !entry(form, "XFA").isNull();
  out.has_javascript = has_java_script(object_streams(impl_->context), catalog);
  out.may_print = xref.okToPrint();
  out.may_copy = xref.okToCopy();
  out.may_change = xref.okToChange();
  out.may_annotate = xref.okToAddNotes();
  return out;
}

}  // namespace ode::pdf
