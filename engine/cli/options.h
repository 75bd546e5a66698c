// The command line as values. What CLI11 cannot check by itself is checked in options.cpp; everything that
// needs the document (does it have page 9?) later.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "engine/api/session.h"
#include "engine/api/text_output.h"
#include "engine/export/html/font_book.h"
#include "engine/export/image_policy.h"
#include "engine/geometry/geometry.h"
#include "engine/images/encode/encode.h"
#include "engine/raster/replay/render.h"

namespace ode::cli {

struct InfoOptions {
  std::string file;
  std::optional<std::string> password;
  std::string font_directory;
  bool json = false;
};

struct TextOptions {
  std::string file, pages;
  std::string output = "-";
  std::optional<std::string> password;
  std::string font_directory;
  api::TextFormat format = api::TextFormat::plain;
  int threads = 0;  ///< 0: one per processor
};

struct SearchOptions {
  std::string file, pages;
  std::optional<std::string> password;
  std::string font_directory;
  text::Query query;
  bool json = false;
};

struct ConvertOptions {
  enum class Format : std::uint8_t { html, svg };
  std::string file, pages, output;  ///< output: a file, "-", or empty for <name>.html
  std::optional<std::string> password;
  std::string font_directory;
  Format format = Format::html;
  bool split = false;  ///< output is a directory
  bool zip = false;    ///< all files in one archive
  bool embed = true;
  exporter::FontPolicy web_fonts = exporter::FontPolicy::woff2;
  exporter::ImagePolicy images;
  int threads = 0;  ///< 0: as many as there are processors
  bool stats = false;
  std::optional<api::TextFormat> text = std::nullopt;  ///< written instead of `format`
};

enum class Backend : std::uint8_t { ode, poppler };

/// How large a page becomes.
struct Sizing {
  enum class Kind : std::uint8_t { scale, width, height } kind = Kind::scale;
  double value = 150.0 / 72.0;  ///< pixels per point, or pixels
};

struct RenderOptions {
  std::string file, pages, output;  ///< output: a pattern, "-", or empty for the standard names
  std::optional<std::string> password;
  std::string font_directory;
  Sizing sizing;
  std::optional<images::FileFormat> format;  ///< nullopt: none, pages are drawn and dropped
  std::optional<int> quality;
  images::Channels channels = images::Channels::color;
  raster::Background background;
  api::View view;  ///< scale is set per page from `sizing`
  std::optional<IntRect> tile;
  bool zip = false;  ///< all pages in one archive; `output` names it
  int threads = 0;  ///< 0: as many as there are processors, at most one per page
  bool stats = false;
  Backend backend = Backend::ode;
};

using Options = std::variant<InfoOptions, RenderOptions, TextOptions, ConvertOptions, SearchOptions>;

/// Parsed options, or the code to exit with when everything has been said (help, version, errors).
std::variant<Options, int> parse_options(int argc, const char* const* argv);

}  // namespace ode::cli
