// ode.h: the C interface of ODE (C99 and C++), and its manual. A client can be written from this file alone.
/* clang-format off */
/*
 * ODE opens PDF documents and draws their pages. A program opens a document, asks for the size of a page in
 * pixels, gives memory for a tile and has it drawn:
 *
 *     ode_document* document = NULL;
 *     ode_error error;
 *     if (ode_open_file("paper.pdf", NULL, NULL, &document, &error) != ODE_OK) return complain(error.message);
 *     ode_view view = ode_view_default();
 *     view.scale = 150.0 / 72.0;
 *     int width, height;
 *     ode_page_pixels(document, 0, &view, &width, &height, &error);
 *     unsigned char* rgba = malloc((size_t)width * height * 4);
 *     ode_render_tile(document, 0, &view, 0, 0, width, height, rgba, (size_t)width * 4, &error);
 *     ode_close(document);
 *
 * Pages    Indices are 0-based: 0 to ode_page_count() - 1. Pages in ode_error and in JSON are 1-based, as
 *          people count.
 * Spaces   Page space: points (1/72 inch), y up, origin at the lower left corner of the page box before
 *          rotation. Device space: pixels, y down, origin at the top left corner of the page as shown.
 * Pixels   RGBA, 8 bits each, sRGB, premultiplied by alpha, rows top-down. The same document, view and tile
 *          give the same bytes on every machine, on every thread, and whatever tiles a page is cut into.
 * Strings  UTF-8, ended by a zero byte. Those given out belong to the document and stay until the same
 *          function is called again on that document, or it is closed. Copy what has to stay.
 * Errors   Functions that can fail return an ode_status and fill the ode_error given, which may be NULL.
 *          On ODE_OK the error is left alone. Nothing is printed.
 * Threads  A document is used by one thread at a time, except ode_cancel, which any thread may call. Threads
 *          that draw pages of one document at the same time open it once each, over the same memory.
 * Hostile  Documents are checked throughout: a damaged one gives errors or diagnostics, never a crash.
 * input    Budgets against documents made to exhaust memory give ODE_LIMIT_EXCEEDED; against those made to
 *          take long, call ode_cancel.
 */
/* clang-format on */
#ifndef ODE_H
#define ODE_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define ODE_API __attribute__((visibility("default")))
#else
#define ODE_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* What a call came to. The numbers stay what they are from version to version. */
typedef enum ode_status {
  ODE_OK = 0,
  ODE_MALFORMED = 1,      /* not a PDF, beyond repair, or there is no such page, layer, attachment */
  ODE_UNSUPPORTED = 2,    /* valid input that ODE does not handle */
  ODE_ENCRYPTED = 3,      /* a password is needed, or the one given is wrong */
  ODE_LIMIT_EXCEEDED = 4, /* a budget ran out: pixels, memory, operators, nesting */
  ODE_CANCELLED = 5,      /* ode_cancel was called */
  ODE_IO = 6,             /* a file cannot be read, or the font pack is missing */
  ODE_INTERNAL = 7,       /* ODE is wrong; please report. The document stays usable, its other pages too */
  ODE_BAD_ARGUMENT = 8    /* the call is wrong: NULL where something is needed, a stride too small */
} ode_status;

/* Details of a failure. */
typedef struct ode_error {
  int status;        /* an ode_status, as returned */
  int page;          /* 1-based; 0: of no page */
  int object;        /* PDF object number; 0: of no object */
  char message[240]; /* one line of English without a full stop */
} ode_error;

typedef struct ode_document ode_document;

/* "0.1.0". Never NULL; need not be freed. */
ODE_API const char* ode_version(void);
/* "malformed", "encrypted" … for an ode_status; "ok" for 0. */
ODE_API const char* ode_status_name(int status);

/* ---- Opening and closing ---- */

/* Opens a document in memory. `bytes` is not copied: it must stay, unchanged, until ode_close.
 * `password` is tried as user and as owner password; NULL or "" when there is none.
 * `font_directory` holds the font pack for fonts that documents do not embed; NULL: the one installed with
 * the library (share/ode/fonts beside its directory; programs that link libode.a lie elsewhere and name it).
 * On ODE_OK `*document` is to be closed with ode_close; otherwise it is NULL. Errors: ODE_MALFORMED,
 * ODE_ENCRYPTED, ODE_LIMIT_EXCEEDED, ODE_IO, ODE_BAD_ARGUMENT.
 */
ODE_API int ode_open_memory(const void* bytes, size_t size, const char* password, const char* font_directory,
                            ode_document** document, ode_error* error);
/* Opens a file, mapped into memory. The file must not be shortened while it is open. Arguments and errors as
 * above. */
ODE_API int ode_open_file(const char* path, const char* password, const char* font_directory,
                          ode_document** document, ode_error* error);
/* Frees the document and every string it gave out. NULL is allowed. */
ODE_API void ode_close(ode_document* document);

/* ---- The document ---- */

/* 0 or more; 0 for NULL. */
ODE_API int ode_page_count(const ode_document* document);
/* The page's label as viewers show it ("iv", "A-3"), or its number; NULL when there is no such page. */
ODE_API const char* ode_page_label(ode_document* document, int page);
/* An entry of the document's information: "Title", "Author", "Subject", "Keywords", "Creator", "Producer",
 * "CreationDate", "ModDate" (ISO 8601) and others; NULL when there is none. */
ODE_API const char* ode_metadata(ode_document* document, const char* key);

/* clang-format off */
/* Structured facts as JSON texts. NULL only for a NULL document, a page that is not there, or when memory runs
 * out.
 *
 * ode_info_json         {"pages": 3, "pdf_version": "1.7", "metadata": {"Title": "...", ...}, "encrypted": false,
 *                        "encryption": "" or "AES-256" ..., "permissions": {"print": true, "copy": true,
 *                        "change": true, "annotate": true}, "tagged": false, "linearized": false,
 *                        "forms": false, "javascript": false, "diagnostics": [{"kind": "malformed",
 *                        "message": "the cross-reference table was rebuilt: ..."}]}: the last is of the file as
 *                        a whole, empty for a sound one
 * ode_pages_json        [{"page": 1, "label": "i", "width_pt": 595, "height_pt": 842, "rotate_deg": 0,
 *                        "user_unit": 1, "media_box": [x0, y0, x1, y1], "crop_box": [...]}, ...]: sizes as shown,
 *                        boxes in points; a page that cannot be read has "error": "..." instead
 * ode_outline_json      [{"title": "...", "open": true, "target": TARGET, "children": [...]}, ...]
 * ode_links_json        [{"area": [x0, y0, x1, y1], "target": TARGET}, ...]: of one page, in page space
 * ode_attachments_json  [{"index": 0, "name": "...", "description": "...", "mime_type": "...",
 *                        "size_bytes": 1}, ...]
 * ode_layers_json       [{"index": 0, "name": "...", "visible": true, "object": 12}, ...]
 * ode_fonts_json        [{"name": "...", "type": "...", "encoding": "...", "embedded": true, "subset": true,
 *                        "to_unicode": true, "object": 7}, ...]: of all pages
 * ode_diagnostics_json  [{"kind": "malformed", "message": "...", "page": 1, "object": 0}, ...]: what was wrong with
 *                        the page that was drawn or read last, and was drawn all the same
 * TARGET                {"kind": "page", "page": 2, "top_left": [x, y], "zoom": 1.5} (the last two only where
 *                        the link says them), {"kind": "uri" or "file" or "named", "text": "..."},
 *                        {"kind": "none"} */
/* clang-format on */
ODE_API const char* ode_info_json(ode_document* document);
ODE_API const char* ode_pages_json(ode_document* document);
ODE_API const char* ode_outline_json(ode_document* document);
ODE_API const char* ode_links_json(ode_document* document, int page);
ODE_API const char* ode_attachments_json(ode_document* document);
ODE_API const char* ode_layers_json(ode_document* document);
ODE_API const char* ode_fonts_json(ode_document* document);
ODE_API const char* ode_diagnostics_json(ode_document* document);

/* The bytes of attachment `index` of ode_attachments_json; they stay until this function is called again on
 * the document, or it is closed. Errors: ODE_MALFORMED (no such attachment, damaged), ODE_LIMIT_EXCEEDED. */
ODE_API int ode_attachment(ode_document* document, int index, const void** bytes, size_t* size,
                           ode_error* error);
/* Shows (1) or hides (0) layer `index` of ode_layers_json from now on. Errors: ODE_MALFORMED (no such layer).
 */
ODE_API int ode_set_layer_visible(ode_document* document, int index, int visible, ode_error* error);

/* ---- Pages ---- */

enum { ODE_BOX_CROP = 0, ODE_BOX_MEDIA = 1 };

/* What is shown of a page, and how large. Start from ode_view_default(). */
typedef struct ode_view {
  double scale;        /* pixels per point: dpi / 72; default 1 */
  int rotate_deg;      /* 0, 90, 180 or 270, clockwise, on top of the page's own rotation; default 0 */
  int box;             /* ODE_BOX_CROP (default) or ODE_BOX_MEDIA */
  int annotations;     /* 1 (default): annotations and form fields are drawn; 0: they are not */
  uint32_t background; /* 0xRRGGBBAA under the page; alpha is 0xFF (opaque) or 0 (transparent); default white
                          0xFFFFFFFF */
} ode_view;

ODE_API ode_view ode_view_default(void);
/* The same, for languages that cannot take a struct as a result. */
ODE_API void ode_view_init(ode_view* view);

/* Size of a page in points as shown: crop box, the page's own rotation applied. Errors: ODE_MALFORMED. */
ODE_API int ode_page_size(ode_document* document, int page, double* width_pt, double* height_pt,
                          ode_error* error);
/* Size of a page in pixels under a view: exact size rounded up, at least 1.
 * Errors: ODE_MALFORMED, ODE_LIMIT_EXCEEDED (more than 2^30 pixels), ODE_BAD_ARGUMENT. */
ODE_API int ode_page_pixels(ode_document* document, int page, const ode_view* view, int* width_px,
                            int* height_px, ode_error* error);
/* The matrix from page space to device space, for placing links and selections: six numbers a, b, c, d, e, f;
 * (x, y) goes to (a x + c y + e, b x + d y + f). Errors as ode_page_pixels. */
ODE_API int ode_page_matrix(ode_document* document, int page, const ode_view* view, double matrix[6],
                            ode_error* error);

/* Draws the `width_px` × `height_px` pixels whose top left corner is (`x_px`, `y_px`) on the device into
 * `rgba`: rows `stride_bytes` apart, a multiple of 4, at least 4 × width_px. The tile may reach beyond the
 * page and shows the background there. Drawing several tiles of one page in a row is cheap: the page is
 * interpreted once. On an error `rgba` holds nothing of use. Errors: ODE_MALFORMED (no such page),
 * ODE_LIMIT_EXCEEDED (a side above 32768, more than 2^27 pixels, a page that exhausts a budget),
 * ODE_CANCELLED, ODE_BAD_ARGUMENT. */
ODE_API int ode_render_tile(ode_document* document, int page, const ode_view* view, int x_px, int y_px,
                            int width_px, int height_px, unsigned char* rgba, size_t stride_bytes,
                            ode_error* error);

/* The page's plain text in reading order, lines ended by '\n'. Errors: ODE_MALFORMED, ODE_LIMIT_EXCEEDED,
 * ODE_CANCELLED. */
ODE_API int ode_page_text(ode_document* document, int page, const char** text, ode_error* error);

/* ---- Text ---- */

enum {
  ODE_TEXT_PLAIN = 0,   /* reading order, lines ended by '\n' */
  ODE_TEXT_LAYOUT = 1,  /* a grid of characters of one width, columns kept */
  ODE_TEXT_JSON = 2,    /* blocks, lines and words with place, font, size and colour (docs/text_json.md) */
  ODE_TEXT_HOCR = 3,    /* hOCR 1.2: XHTML, boxes in pixels at 300 dpi */
  ODE_TEXT_MARKDOWN = 4 /* CommonMark with tables, docs/markdown.md */
};
/* The page's text as a document of its own in one of these formats. Errors: as ode_page_text,
 * ODE_BAD_ARGUMENT. */
ODE_API int ode_page_text_format(ode_document* document, int page, int format, const char** text,
                                 ode_error* error);

/* Corners in page space: of upright text lower left, lower right, upper right, upper left; of other text the
 * same corners turned with it. */
typedef struct ode_quad {
  double x[4], y[4];
} ode_quad;

/* A character of a page. A glyph that stands for several characters ("fi") has its quad shared out between
 * them. */
typedef struct ode_char {
  ode_quad quad;
  double size_pt;     /* of the font */
  uint32_t unicode;   /* code point; 0x20 between words, drawn or not */
  uint32_t color;     /* 0xRRGGBBAA; alpha is 0 for invisible text, such as that of scans */
  int32_t block;      /* paragraphs, headings, cells: counted from 0 in reading order */
  int32_t line;       /* counted from 0 on the page; a new one begins where the number changes */
  int32_t word;       /* counted from 0 on the page; -1 for spaces between words */
  int32_t font;       /* for ode_text_font_name; -1 for spaces that no glyph draws */
  int32_t hyphenated; /* 1: of a line whose last word goes on in the next, after a hyphen; else 0 */
} ode_char;

/* The characters of a page in reading order. A result of its own: it stays when the document is closed, and any
 * threads may read it. */
typedef struct ode_text ode_text;

/* On ODE_OK `*text` is to be freed with ode_text_free; otherwise it is NULL. Errors: as ode_page_text. */
ODE_API int ode_text_new(ode_document* document, int page, ode_text** text, ode_error* error);
/* NULL is allowed. */
ODE_API void ode_text_free(ode_text* text);
/* How many characters there are; 0 for NULL. */
ODE_API size_t ode_text_count(const ode_text* text);
/* An array of ode_text_count() characters, which belongs to `text`; NULL for NULL. */
ODE_API const ode_char* ode_text_chars(const ode_text* text);
/* Name of the font `font` of an ode_char, without subset tag; it belongs to `text`. NULL when there is none. */
ODE_API const char* ode_text_font_name(const ode_text* text, int font);

enum {
  ODE_SEARCH_REGEX = 1, /* the query is a regular expression, in the syntax of RE2 */
  ODE_SEARCH_CASE = 2,  /* capital and small letters differ */
  ODE_SEARCH_WORDS = 4  /* whole words only */
};
/* What was found on a page. A result of its own, as ode_text. */
typedef struct ode_hits ode_hits;

/* Searches a page for `query` (at most 4096 bytes). `flags` is a sum of ODE_SEARCH_… or 0. White space of the
 * query matches line ends and column ends; ligatures, typographic quotes and dashes match plain ones; words cut at
 * line ends are found with their hyphen and without. To a regular expression paragraphs are lines. No more than
 * 100000 hits of a page are told.
 * On ODE_OK `*hits`, which may be empty, is to be freed with ode_hits_free; otherwise it is NULL. Errors: as
 * ode_page_text; ODE_MALFORMED also for a query of white space, one that is no UTF-8 and one that is no regular
 * expression; ODE_LIMIT_EXCEEDED also for an expression that is too large; ODE_BAD_ARGUMENT. */
ODE_API int ode_search_page(ode_document* document, int page, const char* query, unsigned flags,
                            ode_hits** hits, ode_error* error);
/* NULL is allowed. */
ODE_API void ode_hits_free(ode_hits* hits);
/* How many there are, in reading order; 0 for NULL. */
ODE_API size_t ode_hits_count(const ode_hits* hits);
/* The place of hit `index`: an array of `*count` quads, one for each line that it touches, which belongs to
 * `hits`. NULL, and a count of 0, when there is no such hit. */
ODE_API const ode_quad* ode_hits_quads(const ode_hits* hits, size_t index, size_t* count);
/* What was found, as the page writes it, and up to 60 characters before and after. They belong to `hits`; NULL
 * when there is no such hit. */
ODE_API const char* ode_hits_text(const ode_hits* hits, size_t index);
ODE_API const char* ode_hits_before(const ode_hits* hits, size_t index);
ODE_API const char* ode_hits_after(const ode_hits* hits, size_t index);

/* ---- Conversion ---- */

/* The page as an HTML document with everything in it (docs/html_output.md), `*size` bytes and a zero byte. The text
 * stays until this function is called again on the document, or it is closed; `size` may be NULL. Errors:
 * as ode_page_text. */
ODE_API int ode_page_html(ode_document* document, int page, const char** html, size_t* size,
                          ode_error* error);
/* The page as an SVG document, text as outlines; otherwise the same. */
ODE_API int ode_page_svg(ode_document* document, int page, const char** svg, size_t* size, ode_error* error);

/* ---- Cancelling ---- */

/* Makes the call in progress on the document, and every later one, return ODE_CANCELLED soon. Any thread. */
ODE_API void ode_cancel(ode_document* document);
/* Lets calls run again. Any thread, but after the cancelled call has returned. */
ODE_API void ode_resume(ode_document* document);

#ifdef __cplusplus
}
#endif

#endif /* ODE_H */
