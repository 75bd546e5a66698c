/* A program that knows ODE by its header alone: prints the page count of a document and draws a tile of its first
 * page. usage: client FILE [FONT_DIRECTORY]; fails when the tile is blank. */
#include <ode.h>
#include <stdio.h>
#include <string.h>

enum { SIDE_PX = 400 };

static unsigned char rgba[SIDE_PX * SIDE_PX * 4];

static int complain(const char* what, const ode_error* error) {
  fprintf(stderr, "client: %s: %s (%s)\n", what, error->message, ode_status_name(error->status));
  return 1;
}

static int colored_pixels(void) {
  int count = 0;
  for (int i = 0; i < SIDE_PX * SIDE_PX; ++i) count += memcmp(rgba + 4 * i, "\xff\xff\xff\xff", 4) != 0;
  return count;
}

int main(int argc, char** argv) {
  if (argc < 2) return fprintf(stderr, "usage: client FILE [FONT_DIRECTORY]\n"), 1;
  ode_document* document = NULL;
  ode_error error;
  if (ode_open_file(argv[1], NULL, argc > 2 ? argv[2] : NULL, &document, &error) != ODE_OK) return complain(argv[1], &error);
  const int pages = ode_page_count(document);
  const ode_view view = ode_view_default();
  const int status = ode_render_tile(document, 0, &view, 0, 0, SIDE_PX, SIDE_PX, rgba, SIDE_PX * 4, &error);
  ode_close(document);
  if (status != ODE_OK) return complain("page 1", &error);
  printf("ODE %s: %d pages, %d pixels drawn\n", ode_version(), pages, colored_pixels());
  return colored_pixels() > 0 ? 0 : 1;
}
