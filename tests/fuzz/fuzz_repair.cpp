// The reader of damaged files: the scan alone, then the whole of it, whether the file needs it or not.
#include <PDFDoc.h>

#include <cstdint>
#include <cstdlib>
#include <optional>

#include "engine/pdf/objects/page_tree.h"
#include "engine/pdf/objects/poppler_globals.h"
#include "engine/pdf/repair/repair.h"
#include "engine/pdf/repair/scan.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ode::pdf::ensure_poppler_globals();
  const auto* begin = reinterpret_cast<const std::byte*>(data);
  const ode::SharedBytes bytes(ode::ByteVector(begin, begin + size));
  const ode::pdf::ObjectTable table = ode::pdf::scan_objects(bytes.view());
  for (const ode::pdf::FoundObject& object : table.objects) {
    if (object.offset >= size && object.offset != 0) std::abort();
  }
  auto mended = ode::pdf::mend(
      bytes, [](const ode::pdf::StreamMaker& make_stream) -> ode::Result<std::unique_ptr<PDFDoc>> {
        auto document = std::make_unique<PDFDoc>(make_stream(), std::nullopt, std::nullopt);
        if (!document->isOk())
          return ode::Error{ode::ErrorKind::malformed, "poppler refuses the mended file"};
        return document;
      });
  if (!mended) return 0;
  ode::pdf::Context context;
  context.bytes = mended->file;
  context.added = mended->added;
  context.poppler = std::move(mended->poppler);
  ode::pdf::PageTree& pages = ode::pdf::page_tree(context);
  const int count = pages.count_found();
  for (int page = 0; page < count && page < 8; ++page) pages.find(page);
  pages.explain_missing(count);
  return 0;
}
