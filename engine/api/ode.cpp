// The C interface over Session: documents and pages. Text and conversion are in ode_text.cpp.
#include "engine/api/ode.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string>

#include "engine/api/json.h"
#include "engine/api/ode_handle.h"
#include "engine/api/session.h"
#include "engine/platform/file.h"

#ifndef ODE_VERSION
#define ODE_VERSION "0.1.0"
#endif

namespace ode::api {

ode_status status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::malformed:
      return ODE_MALFORMED;
    case ErrorKind::unsupported:
      return ODE_UNSUPPORTED;
    case ErrorKind::encrypted:
      return ODE_ENCRYPTED;
    case ErrorKind::limit_exceeded:
      return ODE_LIMIT_EXCEEDED;
    case ErrorKind::cancelled:
      return ODE_CANCELLED;
    case ErrorKind::io:
      return ODE_IO;
    case ErrorKind::internal:
      return ODE_INTERNAL;
  }
  return ODE_INTERNAL;
}

int report(ode_status status, std::string_view message, int page, int object, ode_error* error) {
  if (error == nullptr) return status;
  error->status = status;
  error->page = page;
  error->object = object;
  // Cut between characters, not within one.
  std::size_t size = std::min(message.size(), sizeof error->message - 1);
  while (size < message.size() && size > 0 && (static_cast<unsigned char>(message[size]) & 0xc0) == 0x80)
    --size;
  std::memcpy(error->message, message.data(), size);
  error->message[size] = 0;
  return status;
}

int bad_argument(const char* message, ode_error* error) {
  return report(ODE_BAD_ARGUMENT, message, 0, 0, error);
}

}  // namespace ode::api

namespace {

using ode::Ok;
using ode::Status;
using ode::api::bad_argument;
using ode::api::kNoDocument;
using ode::api::report;
using ode::api::to_status;

/// Puts what `make` gives into the document's slot; NULL when memory is short.
template <class Make>
const char* kept(std::string& slot, Make&& make) {
  const Status made = ode::guarded([&]() -> Status {
    slot = make();
    return Ok{};
  });
  return made ? slot.c_str() : nullptr;  // documented: NULL says there is nothing to be had
}

template <class Make>
const char* kept_json(std::string& slot, Make&& make) {
  return kept(slot, [&] { return ode::api::to_text(make(), ode::api::JsonStyle::compact); });
}

int open_bytes(ode::SharedBytes bytes, const char* password, const char* font_directory,
               ode_document** document, ode_error* error) {
  return to_status(error, [&]() -> Status {
    ode::api::OpenSettings settings;
    if (password != nullptr && *password != 0) settings.password = password;
    if (font_directory != nullptr) settings.font_directory = font_directory;
    auto opened = std::make_unique<ode_document>();
    opened->session = ODE_TRY(ode::api::Session::open(std::move(bytes), settings));
    *document = opened.release();
    return Ok{};
  });
}

bool is_view(const ode_view* view) {
  const std::uint32_t alpha = view->background & 0xff;
  return view->rotate_deg % 90 == 0 && (view->box == ODE_BOX_CROP || view->box == ODE_BOX_MEDIA) &&
         (alpha == 0 || alpha == 0xff);
}

ode::api::RenderSettings settings_of(const ode_document* document, const ode_view* view) {
  ode::api::RenderSettings settings;
  settings.view.scale = view->scale;
  settings.view.rotate_deg = view->rotate_deg;
  settings.view.box = view->box == ODE_BOX_MEDIA ? ode::pdf::PageBox::media : ode::pdf::PageBox::crop;
  settings.view.annotations =
      view->annotations != 0 ? ode::api::Annotations::shown : ode::api::Annotations::hidden;
  const std::uint32_t c = view->background;
  settings.background = {0, 0, 0, 0};
  if ((c & 0xff) == 0xff) {
    settings.background = {static_cast<std::uint8_t>(c >> 24), static_cast<std::uint8_t>(c >> 16),
                           static_cast<std::uint8_t>(c >> 8), 255};
  }
  settings.cancel = &document->cancel;
  return settings;
}

constexpr const char* kBadView =
    "a view with an unknown box, a rotation that is no multiple of 90 or a half transparent background";

}  // namespace

extern "C" {

const char* ode_version(void) { return ODE_VERSION; }

const char* ode_status_name(int status) {
  switch (status) {
    case ODE_OK:
      return "ok";
    case ODE_MALFORMED:
      return "malformed";
    case ODE_UNSUPPORTED:
      return "unsupported";
    case ODE_ENCRYPTED:
      return "encrypted";
    case ODE_LIMIT_EXCEEDED:
      return "limit_exceeded";
    case ODE_CANCELLED:
      return "cancelled";
    case ODE_IO:
      return "io";
    case ODE_BAD_ARGUMENT:
      return "bad_argument";
    default:
      return "internal";
  }
}

int ode_open_memory(const void* bytes, size_t size, const char* password, const char* font_directory,
                    ode_document** document, ode_error* error) {
  if (document == nullptr) return bad_argument("no place for the document", error);
  *document = nullptr;
  if (bytes == nullptr && size != 0) return bad_argument("no bytes", error);
  const ode::ByteView view(static_cast<const std::byte*>(bytes), size);
  return open_bytes(ode::SharedBytes(nullptr, view), password, font_directory, document, error);
}

int ode_open_file(const char* path, const char* password, const char* font_directory, ode_document** document,
                  ode_error* error) {
  if (document == nullptr || path == nullptr)
    return bad_argument("no path, or no place for the document", error);
  *document = nullptr;
  ode::SharedBytes bytes;
  const int status = to_status(error, [&]() -> Status {
    bytes = ODE_TRY(ode::platform::map_file(path));
    return Ok{};
  });
  if (status != ODE_OK) return status;
  return open_bytes(std::move(bytes), password, font_directory, document, error);
}

void ode_close(ode_document* document) { delete document; }

int ode_page_count(const ode_document* document) {
  return document == nullptr ? 0 : document->session->page_count();
}

const char* ode_page_label(ode_document* document, int page) {
  if (document == nullptr || page < 0 || page >= ode_page_count(document)) return nullptr;
  return kept(document->label, [&] {
    const auto geometry = document->session->page_geometry(page);
    return geometry ? geometry->label : std::to_string(page + 1);
  });
}

const char* ode_metadata(ode_document* document, const char* key) {
  if (document == nullptr || key == nullptr) return nullptr;
  bool found = false;
  const char* value = kept(document->metadata, [&] {
    const ode::pdf::Information info = document->session->document().information();
    const auto entry = info.metadata.find(key);
    found = entry != info.metadata.end();
    return found ? entry->second : std::string();
  });
  return found ? value : nullptr;
}

const char* ode_info_json(ode_document* document) {
  if (document == nullptr) return nullptr;
  return kept_json(document->info, [&] { return ode::api::info_json(*document->session); });
}
const char* ode_pages_json(ode_document* document) {
  if (document == nullptr) return nullptr;
  return kept_json(document->pages, [&] { return ode::api::pages_json(*document->session); });
}
const char* ode_outline_json(ode_document* document) {
  if (document == nullptr) return nullptr;
  return kept_json(document->outline, [&] { return ode::api::outline_json(*document->session); });
}
const char* ode_links_json(ode_document* document, int page) {
  if (document == nullptr || page < 0 || page >= ode_page_count(document)) return nullptr;
  return kept_json(document->links, [&] { return ode::api::links_json(*document->session, page); });
}
const char* ode_attachments_json(ode_document* document) {
  if (document == nullptr) return nullptr;
  return kept_json(document->attachments, [&] { return ode::api::attachments_json(*document->session); });
}
const char* ode_layers_json(ode_document* document) {
  if (document == nullptr) return nullptr;
  return kept_json(document->layers, [&] { return ode::api::layers_json(*document->session); });
}
const char* ode_fonts_json(ode_document* document) {
  if (document == nullptr) return nullptr;
  return kept_json(document->fonts, [&] { return ode::api::fonts_json(*document->session); });
}
const char* ode_diagnostics_json(ode_document* document) {
  if (document == nullptr) return nullptr;
  return kept_json(document->diagnostics,
                   [&] { return ode::api::diagnostics_json(document->session->diagnostics()); });
}

int ode_attachment(ode_document* document, int index, const void** bytes, size_t* size, ode_error* error) {
  if (document == nullptr || bytes == nullptr || size == nullptr) return bad_argument(kNoDocument, error);
  return to_status(error, [&]() -> Status {
    document->attachment = ODE_TRY(document->session->document().attachment_bytes(index));
    *bytes = document->attachment.data();
    *size = document->attachment.size();
    return Ok{};
  });
}

int ode_set_layer_visible(ode_document* document, int index, int visible, ode_error* error) {
  if (document == nullptr) return bad_argument(kNoDocument, error);
  return to_status(error, [&] { return document->session->set_layer_visible(index, visible != 0); });
}

ode_view ode_view_default(void) {
  ode_view view;
  ode_view_init(&view);
  return view;
}

void ode_view_init(ode_view* view) {
  if (view != nullptr) *view = {1.0, 0, ODE_BOX_CROP, 1, 0xffffffffu};
}

int ode_page_size(ode_document* document, int page, double* width_pt, double* height_pt, ode_error* error) {
  if (document == nullptr || width_pt == nullptr || height_pt == nullptr)
    return bad_argument(kNoDocument, error);
  return to_status(error, [&]() -> Status {
    const ode::api::PageSize size = ODE_TRY(document->session->page_size(page, ode::pdf::PageBox::crop));
    *width_pt = size.width_pt;
    *height_pt = size.height_pt;
    return Ok{};
  });
}

int ode_page_pixels(ode_document* document, int page, const ode_view* view, int* width_px, int* height_px,
                    ode_error* error) {
  if (document == nullptr || view == nullptr || width_px == nullptr || height_px == nullptr)
    return bad_argument(kNoDocument, error);
  if (!is_view(view)) return bad_argument(kBadView, error);
  return to_status(error, [&]() -> Status {
    const ode::api::Placement placement =
        ODE_TRY(document->session->place(page, settings_of(document, view).view));
    *width_px = placement.width_px;
    *height_px = placement.height_px;
    return Ok{};
  });
}

int ode_page_matrix(ode_document* document, int page, const ode_view* view, double matrix[6],
                    ode_error* error) {
  if (document == nullptr || view == nullptr || matrix == nullptr) return bad_argument(kNoDocument, error);
  if (!is_view(view)) return bad_argument(kBadView, error);
  return to_status(error, [&]() -> Status {
    const ode::api::Placement placement =
        ODE_TRY(document->session->place(page, settings_of(document, view).view));
    const ode::Matrix& m = placement.device_from_page;
    const double values[6] = {m.a, m.b, m.c, m.d, m.e, m.f};
    std::copy(values, values + 6, matrix);
    return Ok{};
  });
}

int ode_render_tile(ode_document* document, int page, const ode_view* view, int x_px, int y_px, int width_px,
                    int height_px, unsigned char* rgba, size_t stride_bytes, ode_error* error) {
  if (document == nullptr || view == nullptr || rgba == nullptr) return bad_argument(kNoDocument, error);
  if (!is_view(view)) return bad_argument(kBadView, error);
  if (width_px < 1 || height_px < 1 || stride_bytes % 4 != 0 ||
      stride_bytes / 4 < static_cast<size_t>(width_px)) {
    return bad_argument("an empty tile, or a stride that is no multiple of 4 or too small", error);
  }
  constexpr int kFar_px = 1 << 29;
  if (x_px < -kFar_px || x_px > kFar_px || y_px < -kFar_px || y_px > kFar_px || width_px > kFar_px ||
      height_px > kFar_px) {
    return report(ODE_LIMIT_EXCEEDED, "a tile too far from the page", page + 1, 0, error);
  }
  return to_status(
      error,
      [&] {
        const ode::IntRect tile{x_px, y_px, x_px + width_px, y_px + height_px};
        return document->session->render_into(page, settings_of(document, view), tile, rgba, stride_bytes);
      },
      page);
}

int ode_page_text(ode_document* document, int page, const char** text, ode_error* error) {
  if (document == nullptr || text == nullptr) return bad_argument(kNoDocument, error);
  return to_status(
      error,
      [&]() -> Status {
        document->text = ODE_TRY(document->session->text(page, &document->cancel));
        *text = document->text.c_str();
        return Ok{};
      },
      page);
}

void ode_cancel(ode_document* document) {
  if (document != nullptr) document->cancel.cancel();
}
void ode_resume(ode_document* document) {
  if (document != nullptr) document->cancel.reset();
}

}  // extern "C"
