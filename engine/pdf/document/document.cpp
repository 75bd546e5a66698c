// Opening, page geometry and recording. The information functions are in document_*.cpp.
#include "engine/pdf/document/document.h"

#include <ErrorCodes.h>
#include <PDFDoc.h>

#include <algorithm>
#include <exception>

#include "engine/pdf/document/impl.h"
#include "engine/pdf/document/record.h"
#include "engine/pdf/objects/page_tree.h"
#include "engine/pdf/objects/password.h"
#include "engine/pdf/objects/poppler_globals.h"
#include "engine/pdf/objects/read.h"
#include "engine/pdf/objects/text_string.h"
#include "engine/pdf/repair/repair.h"

namespace ode::pdf {
namespace {

// What readers show when a page says nothing of its size: US Letter.
constexpr Rect kDefaultBox{0, 0, 612, 792};

// Poppler throws only what the standard library throws (no memory, impossible sizes); none of it may pass the
// floor.
template <class Function>
auto guarded(Function&& function) -> decltype(function()) {
  try {
    return function();
  } catch (const std::exception& e) {
    return Error{ErrorKind::malformed, std::string("reading the document failed: ") + e.what()};
  }
}

/// Whether the document is encrypted in a way that a password opens (7.6.4).
bool takes_password(const PDFDoc& doc) {
  if (doc.getXRef() == nullptr) return true;
  const Object encryption = entry(*doc.getXRef()->getTrailerDict(), "Encrypt");
  const std::string handler = name_of(entry(encryption, "Filter"));
  return handler.empty() || handler == "Standard";
}

Error why_not_open(const PDFDoc& doc) {
  if (doc.getErrorCode() == errEncrypted) {
    if (!takes_password(doc))
      return {ErrorKind::unsupported, "the document is encrypted for certificates; only passwords are known"};
    return {ErrorKind::encrypted, "the document needs a password, or the one given is wrong"};
  }
  return {ErrorKind::malformed, "not a PDF, or damaged beyond repair"};
}

/// Poppler's document, and whether it has had to make up the cross-reference table.
struct Opened {
  std::unique_ptr<PDFDoc> poppler;
  std::shared_ptr<const bool> reconstructed;
};

Result<Opened> open_poppler(const StreamMaker& make_stream, const std::optional<std::string>& password) {
  std::optional<GooString> secret;
  if (password) secret.emplace(*password);
  auto reconstructed = std::make_shared<bool>(false);  // poppler keeps the callback
  auto doc = std::make_unique<PDFDoc>(make_stream(), secret, secret, nullptr,
                                      [reconstructed] { *reconstructed = true; });
  if (!doc->isOk()) return why_not_open(*doc);
  if (doc->getCatalog() == nullptr || !doc->getCatalog()->isOk()) {
    return Error{ErrorKind::malformed, "the document has no catalog"};
  }
  return Opened{std::move(doc), std::move(reconstructed)};
}

// A document that opens without a password opens with any: nobody is kept out by one word too many.
Result<Opened> open_with_password(const StreamMaker& make_stream,
                                  const std::optional<std::string>& password) {
  if (!password) return open_poppler(make_stream, std::nullopt);
  Result<Opened> doc = Error{};
  for (const std::string& candidate : password_candidates(*password)) {
    doc = open_poppler(make_stream, candidate);
    if (doc || doc.error().kind != ErrorKind::encrypted) return doc;
  }
  auto open = open_poppler(make_stream, std::nullopt);
  return open ? std::move(open) : std::move(doc);
}

/// Into `impl`, as poppler reads it. True when nothing speaks for damage.
Result<bool> open_plainly(Document::Impl& impl, const SharedBytes& bytes, const OpenOptions& options) {
  // Poppler reads the file in place; the stream is the document's from here on.
  const auto chars = as_chars(bytes.view());
  const auto stream_over_bytes = [chars]() -> BaseStream* {
    return new MemStream(chars.data(), 0, static_cast<Goffset>(chars.size()), Object(objNull));
  };
  Opened opened = ODE_TRY(open_with_password(stream_over_bytes, options.password));
  impl.context.bytes = bytes;
  impl.context.poppler = std::move(opened.poppler);
  PageTree& pages = page_tree(impl.context);
  impl.page_count = std::max(pages.page_count(), 0);
  return pages.find(0) != nullptr && !*opened.reconstructed;
}

/// Into `impl`, with every object that the bytes hold.
Status open_mended(Document::Impl& impl, const SharedBytes& bytes, const OpenOptions& options) {
  MendedFile mended =
      ODE_TRY(mend(bytes, [&](const StreamMaker& make_stream) -> Result<std::unique_ptr<PDFDoc>> {
        return ODE_TRY(open_with_password(make_stream, options.password)).poppler;
      }));
  impl.context.bytes = std::move(mended.file);
  impl.context.added = std::move(mended.added);
  impl.context.poppler = std::move(mended.poppler);
  impl.repair = mended.report;
  impl.page_count = page_tree(impl.context).count_found();
  return Ok{};
}

// A file that poppler reads without complaint costs nothing more; any other is searched for all it holds.
// What poppler made of it counts only where that finds no page.
Result<std::unique_ptr<Document::Impl>> open_or_mend(const SharedBytes& bytes, const OpenOptions& options) {
  auto plain = std::make_unique<Document::Impl>();
  const Result<bool> sound = open_plainly(*plain, bytes, options);
  if (sound && *sound) return plain;
  if (!sound && sound.error().kind != ErrorKind::malformed) return sound.error();
  auto mended = std::make_unique<Document::Impl>();
  const Status status = open_mended(*mended, bytes, options);
  if (status && mended->page_count > 0) return mended;
  if (sound) return plain;
  return !status && status.error().kind == ErrorKind::encrypted ? status.error() : sound.error();
}

// A box in points. Empty when there is none or it makes no sense.
Rect box_of(const Object& array, double unit) {
  const std::optional<Rect> r = rect_of(array);
  return r ? Rect{r->x0 * unit, r->y0 * unit, r->x1 * unit, r->y1 * unit} : Rect{};
}

std::string label_of(Context& context, int page_index) {
  GooString label;
  if (!context.poppler->getCatalog()->indexToLabel(page_index, &label)) return std::to_string(page_index + 1);
  return utf8_from_pdf_string(label);
}

Result<PageGeometry> read_geometry(Context& context, int page_index) {
  const PageNode* page = page_tree(context).find(page_index);
  if (page == nullptr)
    return Error{ErrorKind::malformed, page_tree(context).explain_missing(page_index), page_index + 1};
  PageGeometry geometry;
  const double unit = number_or(entry(page->dictionary, "UserUnit"), 1);
  geometry.user_unit = unit > 0 ? unit : 1;
  geometry.media_box = box_of(page->media_box, geometry.user_unit);
  if (geometry.media_box.empty()) geometry.media_box = kDefaultBox;
  geometry.crop_box = box_of(page->crop_box, geometry.user_unit).intersect(geometry.media_box);
  if (geometry.crop_box.empty()) geometry.crop_box = geometry.media_box;
  const int degrees = int_or(page->rotate, 0) % 360;
  geometry.rotate_deg = (degrees + 360) % 360 / 90 * 90;
  geometry.label = label_of(context, page_index);
  return geometry;
}

// The page in hand while it is recorded: set up and taken back however recording ends.
class PageInHand {
 public:
  PageInHand(Context& context, int page_index, const CancelFlag* cancel) : context_(context) {
    context.page_number = page_index + 1;
    context.budget = PageBudget{};
    context.diagnostics = &diagnostics_;
    context.cancel = cancel;
  }
  ~PageInHand() {
    context_.page_number = 0;
    context_.diagnostics = nullptr;
    context_.cancel = nullptr;
  }
  PageInHand(const PageInHand&) = delete;
  PageInHand& operator=(const PageInHand&) = delete;

 private:
  Context& context_;
  Diagnostics diagnostics_;
};

}  // namespace

Rect on_page(const PageGeometry& geometry, const Rect& user) {
  const double unit = geometry.user_unit;
  const Rect& box = geometry.crop_box;
  return {user.x0 * unit - box.x0, user.y0 * unit - box.y0, user.x1 * unit - box.x0, user.y1 * unit - box.y0};
}

Document::Document(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Document::~Document() = default;

Result<std::unique_ptr<Document>> Document::open(SharedBytes bytes, const OpenOptions& options) {
  if (bytes.empty()) return Error{ErrorKind::malformed, "the file is empty"};
  if (bytes.size() > kDocumentBytesMax) return Error{ErrorKind::limit_exceeded, "the file is too large"};
  ensure_poppler_globals();
  return guarded([&]() -> Result<std::unique_ptr<Document>> {
    auto impl = ODE_TRY(open_or_mend(bytes, options));
    impl->context.fonts = options.fonts;
    if (impl->page_count > kPagesMax)
      return Error{ErrorKind::limit_exceeded, "the document has too many pages"};
    return std::unique_ptr<Document>(new Document(std::move(impl)));
  });
}

int Document::page_count() const { return impl_->page_count; }

Result<PageGeometry> Document::page_geometry(int page_index) {
  if (page_index < 0 || page_index >= impl_->page_count) {
    return Error{ErrorKind::malformed, "no such page", page_index + 1};
  }
  return guarded([&] { return read_geometry(impl_->context, page_index); });
}

Result<std::shared_ptr<const display::DisplayList>> Document::record_page(int page_index,
                                                                          const RecordOptions& options) {
  const PageGeometry geometry = ODE_TRY(page_geometry(page_index));
  const Rect& box = options.box == PageBox::crop ? geometry.crop_box : geometry.media_box;
  const Matrix page_from_user =
      Matrix::translation(-box.x0, -box.y0) * Matrix::scale(geometry.user_unit, geometry.user_unit);
  const Rect page_bounds{0, 0, box.width(), box.height()};
  const PageInHand page(impl_->context, page_index, options.cancel);
  return guarded([&] { return record(impl_->context, page_index, page_from_user, page_bounds, options); });
}

}  // namespace ode::pdf
