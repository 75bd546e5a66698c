// Document::attachments: embedded files (ISO 32000-2, 7.11.4) from the name tree, from associated files of
// the catalog (14.13) and from FileAttachment annotations (12.5.6.15), each file once.
#include <algorithm>
#include <unordered_set>

#include "engine/pdf/document/targets.h"
#include "engine/pdf/objects/name_tree.h"
#include "engine/pdf/objects/page_walk.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/stream_bytes.h"
#include "engine/pdf/objects/text_string.h"

namespace ode::pdf {
namespace {

constexpr std::size_t kAttachmentsMax = 10'000;
constexpr int kAnnotationsMax = 100'000;

class Collector {
 public:
  explicit Collector(ObjectStreams& streams) : streams_(streams) {}
  /// `fallback_name` counts when the specification has none.
  void add(const Object& specification, const std::string& fallback_name) {
    const Object files = streams_.entry(specification, "EF");
    for (const char* key : {"UF", "F", "Unix", "Mac", "DOS"}) {
      Object stream = streams_.entry(files, key);
      if (!stream.isStream()) continue;
      const Ref ref = entry_ref(files, key);
      if (ref != Ref::INVALID() && !seen_.insert(key_of(ref)).second) return;
      std::string name = file_name_of(streams_, specification);
      if (name.empty()) name = fallback_name;
      if (files_.size() < kAttachmentsMax)
        files_.push_back({specification.copy(), std::move(stream), std::max(ref.num, 0), std::move(name)});
      return;
    }
  }
  std::vector<EmbeddedFile> take() { return std::move(files_); }

 private:
  ObjectStreams& streams_;
  std::vector<EmbeddedFile> files_;
  std::unordered_set<std::uint64_t> seen_;
};

const std::vector<EmbeddedFile>& embedded_files(Document::Impl& impl) {
  if (impl.embedded_files) return *impl.embedded_files;
  ObjectStreams& streams = object_streams(impl.context);
  Collector collector(streams);
  XRef* xref = impl.context.xref();
  const Object catalog = xref->getCatalog();
  for_each_name(streams, streams.entry(streams.entry(catalog, "Names"), "EmbeddedFiles"),
                [&](const std::string& name, const Object& value) {
                  streams.prepare(value);
                  collector.add(value.fetch(xref), utf8_from_pdf_string(name));
                  return true;
                });
  const Object associated = streams.entry(catalog, "AF");
  for (int i = 0; i < std::min(element_count(associated), kAnnotationsMax); ++i)
    collector.add(streams.element(associated, i), "");
  for_each_page(impl.context, [&](const WalkedPage& page) {
    const Object annotations = streams.entry(page.dictionary, "Annots");
    for (int i = 0; i < std::min(element_count(annotations), kAnnotationsMax); ++i) {
      const Object annotation = streams.element(annotations, i);
      if (name_of(streams.entry(annotation, "Subtype")) == "FileAttachment")
        collector.add(streams.entry(annotation, "FS"), "");
    }
    return true;
  });
  return impl.embedded_files.emplace(collector.take());
}

}  // namespace

std::vector<Attachment> Document::attachments() {
  std::vector<Attachment> out;
  ObjectStreams& streams = object_streams(impl_->context);
  for (const EmbeddedFile& file : embedded_files(*impl_)) {
    Attachment attachment;
    attachment.name = file.name;
    attachment.description = utf8_from_object(streams.entry(file.specification, "Desc"));
    attachment.mime_type = utf8_from_object(streams.entry(file.stream, "Subtype"));
    attachment.index = static_cast<int>(out.size());
    if (const std::optional<double> size = number_of(streams.entry(streams.entry(file.stream, "Params"), "Size"));
        size && *size >= 0) {
      attachment.size_bytes = static_cast<std::size_t>(*size);
    } else if (const Result<SharedBytes> bytes = read_all(impl_->context, file.stream, file.object)) {
      attachment.size_bytes = bytes->size();
    }
    out.push_back(std::move(attachment));
  }
  return out;
}

Result<SharedBytes> Document::attachment_bytes(int index) {
  const std::vector<EmbeddedFile>& files = embedded_files(*impl_);
  if (index < 0 || index >= static_cast<int>(files.size()))
    return Error{ErrorKind::malformed, "there is no such attachment"};
  const EmbeddedFile& file = files[static_cast<std::size_t>(index)];
  return read_all(impl_->context, file.stream, file.object);
}

}  // namespace ode::pdf
