// Draws pages with PDFium for ./dev bench: pdfium_draw LIB FILE DPI FIRST LAST [PNG_PREFIX]. Without a prefix the pixels stay in memory.
// PDFium comes as LibreOffice's libpdfiumlo.so and has no header in Debian, so the few functions used are declared here
// (public API, fpdfview.h).
#include <dlfcn.h>
#include <math.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void* must(void* library, const char* name) {
  void* symbol = dlsym(library, name);
  if (!symbol) {
    fprintf(stderr, "pdfium_draw: %s\n", dlerror());
    exit(1);
  }
  return symbol;
}

int main(int argc, char** argv) {
  if (argc < 6) return 1;
  void* library = dlopen(argv[1], RTLD_NOW);
  if (!library) {
    fprintf(stderr, "pdfium_draw: %s\n", dlerror());
    return 1;
  }
  void (*init)(void) = (void (*)(void))must(library, "FPDF_InitLibrary");
  void* (*load)(const char*, const char*) = (void* (*)(const char*, const char*))must(library, "FPDF_LoadDocument");
  int (*count)(void*) = (int (*)(void*))must(library, "FPDF_GetPageCount");
  void* (*load_page)(void*, int) = (void* (*)(void*, int))must(library, "FPDF_LoadPage");
  void (*close_page)(void*) = (void (*)(void*))must(library, "FPDF_ClosePage");
  double (*width)(void*) = (double (*)(void*))must(library, "FPDF_GetPageWidth");
  double (*height)(void*) = (double (*)(void*))must(library, "FPDF_GetPageHeight");
  void* (*create)(int, int, int, void*, int) = (void* (*)(int, int, int, void*, int))must(library, "FPDFBitmap_CreateEx");
  void (*fill)(void*, int, int, int, int, unsigned long) = (void (*)(void*, int, int, int, int, unsigned long))must(library, "FPDFBitmap_FillRect");
  void (*render)(void*, void*, int, int, int, int, int, int) = (void (*)(void*, void*, int, int, int, int, int, int))must(library, "FPDF_RenderPageBitmap");
  void* (*buffer)(void*) = (void* (*)(void*))must(library, "FPDFBitmap_GetBuffer");
  int (*stride)(void*) = (int (*)(void*))must(library, "FPDFBitmap_GetStride");
  void (*destroy)(void*) = (void (*)(void*))must(library, "FPDFBitmap_Destroy");

  init();
  void* document = load(argv[2], NULL);
  if (!document) return 2;
  const double scale = atof(argv[3]) / 72;
  const int last = count(document) < atoi(argv[5]) ? count(document) : atoi(argv[5]);
  for (int i = atoi(argv[4]) - 1; i < last; ++i) {
    void* page = load_page(document, i);
    if (!page) continue;
    const int w = (int)ceil(width(page) * scale), h = (int)ceil(height(page) * scale);
    void* bitmap = create(w, h, 3 /* FPDFBitmap_BGRx */, NULL, 0);
    fill(bitmap, 0, 0, w, h, 0xffffffff);
    render(bitmap, page, 0, 0, w, h, 0, 0x01 /* FPDF_ANNOT */);
    if (argc > 6) {
      char path[4096];
      snprintf(path, sizeof path, "%s-%03d.png", argv[6], i + 1);
      png_image image = {.version = PNG_IMAGE_VERSION, .width = (png_uint_32)w, .height = (png_uint_32)h, .format = PNG_FORMAT_BGR};
      unsigned char* rgb = malloc((size_t)w * h * 3);
      for (int y = 0; y < h; ++y) {
        const unsigned char* from = (unsigned char*)buffer(bitmap) + (size_t)y * stride(bitmap);
        unsigned char* to = rgb + (size_t)y * w * 3;
        for (int x = 0; x < w; ++x, from += 4, to += 3) memcpy(to, from, 3);
      }
      if (!png_image_write_to_file(&image, path, 0, rgb, 0, NULL)) fprintf(stderr, "pdfium_draw: %s\n", image.message);
      free(rgb);
    }
    destroy(bitmap);
    close_page(page);
  }
  return 0;
}
