// The options of each command (CLI11), and the checks that need no document.
#include "engine/cli/options.h"

#include <CLI/CLI.hpp>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "engine/api/ode.h"
#include "engine/cli/exit_codes.h"
#include "engine/cli/output/output_names.h"
#include "engine/cli/page_ranges.h"

namespace ode::cli {
namespace {

constexpr const char* kFooter =
    "Exit codes: 0 done (warnings on standard error), 1 usage, 2 unreadable or not a PDF, 3 password needed "
    "or wrong,\n"
    "4 cannot write, 5 limit exceeded, 6 some pages failed (the rest are written), 7 internal error (the rest are\n"
    "written too), 130 interrupted.";

/// Options as typed.
struct Typed {
  std::string format, background = "white", box = "crop", tile, annotations = "on", backend = "ode", password,
                      to = "html", text = "plain", web_fonts, images, embed = "on";
  double dpi = 0, scale = 0, width = 0, height = 0;
  int quality = 0, rotate = 0;
  bool gray = false, pattern = false, whole_words = false, exact_case = false;
};

std::optional<int> hex_byte(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  if (error != std::errc() || end != text.data() + text.size() || text[0] == '-') return std::nullopt;
  return value;
}

Result<raster::Background> parse_background(const std::string& text) {
  if (text == "white") return raster::Background{255, 255, 255, 255};
  if (text == "transparent") return raster::Background{0, 0, 0, 0};
  if (text.size() == 7 && text[0] == '#') {
    const std::string_view digits = std::string_view(text).substr(1);
    const auto r = hex_byte(digits.substr(0, 2)), g = hex_byte(digits.substr(2, 2)),
               b = hex_byte(digits.substr(4, 2));
    if (r && g && b) {
      return raster::Background{static_cast<std::uint8_t>(*r), static_cast<std::uint8_t>(*g),
                                static_cast<std::uint8_t>(*b), 255};
    }
  }
  return Error{ErrorKind::malformed, "--background " + text + ": expected white, transparent or #RRGGBB"};
}

Result<IntRect> parse_tile(const std::string& text) {
  constexpr int kFar_px = 1 << 29;
  int values[4] = {};
  const char* at = text.data();
  const char* end = text.data() + text.size();
  for (int i = 0; i < 4; ++i) {
    const auto [next, error] = std::from_chars(at, end, values[i]);
    const bool separated = i == 3 ? next == end : next != end && *next == ',';
    if (error != std::errc() || !separated || values[i] > kFar_px || values[i] < (i < 2 ? -kFar_px : 1)) {
      return Error{ErrorKind::malformed, "--tile " + text + ": expected X,Y,W,H in pixels"};
    }
    at = next + 1;
  }
  return IntRect{values[0], values[1], values[0] + values[2], values[1] + values[3]};
}

Result<Sizing> parse_sizing(const Typed& typed) {
  Sizing sizing;
  if (typed.dpi != 0) sizing = {Sizing::Kind::scale, typed.dpi / 72.0};
  if (typed.scale != 0) sizing = {Sizing::Kind::scale, typed.scale};
  if (typed.width != 0) sizing = {Sizing::Kind::width, typed.width};
  if (typed.height != 0) sizing = {Sizing::Kind::height, typed.height};
  return sizing;
}

/// The format asked for, or the one the output's name asks for, or PNG.
Result<std::optional<images::FileFormat>> parse_format(const Typed& typed, const std::string& output) {
  if (typed.format == "none") return std::optional<images::FileFormat>();
  if (!typed.format.empty()) return images::file_format_named(typed.format);
  const std::size_t dot = output.rfind('.');
  const auto named =
      dot == std::string::npos ? std::nullopt : images::file_format_named(output.substr(dot + 1));
  return std::optional<images::FileFormat>(named.value_or(images::FileFormat::png));
}

Status check_render(const RenderOptions& options) {
  if (options.format) {
    const images::EncodeSettings settings{*options.format, options.channels, options.quality, 0, {}};
    ODE_TRY(images::make_encoder(settings, {}));
  }
  if (options.backend == Backend::poppler) {
    const char* refused = nullptr;
    if (options.view.box == pdf::PageBox::media) refused = "--box media";
    if (options.view.annotations == api::Annotations::hidden) refused = "--annotations off";
    if (options.background.a == 0) refused = "--background transparent";
    if (refused != nullptr)
      return Error{ErrorKind::unsupported, std::string("--backend poppler cannot do ") + refused};
  }
  if (options.zip && !options.format) return Error{ErrorKind::unsupported, "--zip has nothing to hold with --format none"};
  if (!options.output.empty() && options.output != "-" && !options.zip) ODE_TRY(OutputNames::parse(options.output));
  return check_pages(options.pages);
}

Status finish_render(const Typed& typed, RenderOptions& options) {
  options.background = ODE_TRY(parse_background(typed.background));
  if (!typed.tile.empty()) options.tile = ODE_TRY(parse_tile(typed.tile));
  options.sizing = ODE_TRY(parse_sizing(typed));
  options.format = ODE_TRY(parse_format(typed, options.output));
  if (typed.quality != 0) options.quality = typed.quality;
  const bool transparent = options.background.a == 0;
  if (transparent && typed.gray)
    return Error{ErrorKind::unsupported, "--gray and --background transparent exclude each other"};
  if (transparent) options.channels = images::Channels::color_alpha;
  if (typed.gray) options.channels = images::Channels::gray;
  options.view.rotate_deg = typed.rotate;
  options.view.box = typed.box == "media" ? pdf::PageBox::media : pdf::PageBox::crop;
  options.view.annotations = typed.annotations == "on" ? api::Annotations::shown : api::Annotations::hidden;
  options.backend = typed.backend == "poppler" ? Backend::poppler : Backend::ode;
  return check_render(options);
}

void add_common(CLI::App& command, std::string& file, Typed& typed, std::string& fonts) {
  command.add_option("FILE", file, "a PDF, or - for standard input")->required();
  command.add_option("--password", typed.password, "user or owner password")->type_name("P");
  command.add_option("--font-pack", fonts, "directory of the font pack, instead of the installed one")
      ->type_name("DIR");
}

void add_render(CLI::App& command, RenderOptions& options, Typed& typed) {
  add_common(command, options.file, typed, options.font_directory);
  command
      .add_option(
          "-o,--output", options.output,
          "file name, with %d or %03d for the page number; - for standard output; default <name>-%03d.<ext>")
      ->type_name("PATTERN");
  command.add_option("--pages", options.pages, "such as 1-3,7; all by default")->type_name("RANGES");
  const CLI::Validator positive = CLI::Range(1e-6, 1e6);
  auto* dpi = command.add_option("--dpi", typed.dpi, "pixels per inch; 150 by default")
                  ->check(positive)
                  ->type_name("D");
  auto* scale =
      command.add_option("--scale", typed.scale, "pixels per point")->check(positive)->type_name("S");
  auto* width = command.add_option("--width", typed.width, "pixels from side to side")
                    ->check(CLI::Range(1.0, 1e6))
                    ->type_name("W");
  auto* height = command.add_option("--height", typed.height, "pixels from top to bottom")
                     ->check(CLI::Range(1.0, 1e6))
                     ->type_name("H");
  dpi->excludes(scale)->excludes(width)->excludes(height);
  scale->excludes(width)->excludes(height);
  width->excludes(height);
  command
      .add_option("--format", typed.format,
                  "png (default, unless the name given with -o says otherwise), jpeg, webp, ppm, pam; none "
                  "draws and drops")
      ->check(CLI::IsMember({"png", "jpeg", "jpg", "webp", "ppm", "pam", "none"}))
      ->type_name("F");
  command.add_option("--background", typed.background, "white (default), transparent or #RRGGBB")
      ->type_name("COLOR");
  command.add_option("--rotate", typed.rotate, "clockwise: 0, 90, 180 or 270")
      ->check(CLI::IsMember({0, 90, 180, 270}))
      ->type_name("DEG");
  command.add_option("--box", typed.box, "crop (default) or media")
      ->check(CLI::IsMember({"crop", "media"}))
      ->type_name("BOX");
  command.add_flag("--zip", options.zip, "all pages in one archive, written to -o (default <name>.zip)");
  command.add_option("--tile", typed.tile, "only these pixels of the page")->type_name("X,Y,W,H");
  command.add_flag("--gray", typed.gray, "shades of grey");
  command
      .add_option("--quality", typed.quality, "1 to 100, for jpeg (default 85) and webp (default lossless)")
      ->check(CLI::Range(1, 100))
      ->type_name("Q");
  command.add_option("--annotations", typed.annotations, "on (default) or off")
      ->check(CLI::IsMember({"on", "off"}))
      ->type_name("ON");
  command
      .add_option("--threads", options.threads, "pages drawn at the same time; by default one per processor")
      ->check(CLI::Range(1, 256))
      ->type_name("N");
  command.add_flag("--stats", options.stats,
                   "times and memory as JSON on standard output (standard error when pages go there)");
  command.add_option("--backend", typed.backend, "ode (default), or poppler for a second opinion")
      ->check(CLI::IsMember({"ode", "poppler"}))
      ->type_name("B");
}

std::optional<std::string> password_of(const CLI::App& command, const Typed& typed) {
  if (command.count("--password") == 0) return std::nullopt;
  return typed.password;
}

void add_convert(CLI::App& command, ConvertOptions& options, Typed& typed) {
  add_common(command, options.file, typed, options.font_directory);
  command.add_option("--to", typed.to, "html (default), svg, text, json, markdown or hocr")
      ->check(CLI::IsMember({"html", "svg", "text", "json", "markdown", "hocr"}))
      ->type_name("FORMAT");
  command
      .add_option("-o,--output", options.output,
                  "file to write, - for standard output; default <name>.html or as the format asks; with --split a directory, by default <name>")
      ->type_name("FILE");
  command.add_option("--pages", options.pages, "such as 1-3,7; all by default")->type_name("RANGES");
  command.add_flag("--split", options.split, "index.html and one file a page, which it loads when it is near the screen");
  command.add_flag("--zip", options.zip, "with --split or --to svg: all files in one archive, written to -o (default <name>.zip)");
  command.add_option("--fonts", typed.web_fonts, "woff2 (default): the document's; none: the reader's, small and approximate")
      ->check(CLI::IsMember({"woff2", "none"}))
      ->type_name("F");
  command
      .add_option("--images", typed.images,
                  "keep (default): JPEG as it is, others PNG; webp; max-dpi=N: halved until they have at most N pixels an inch")
      ->type_name("I");
  command.add_option("--embed", typed.embed, "on (default): one file; off: fonts and images in <name>_files beside it")
      ->check(CLI::IsMember({"on", "off"}))
      ->type_name("ON");
  command.add_option("--threads", options.threads, "for reading pages, writing them and packing fonts; by default one per processor")
      ->check(CLI::Range(1, 256))
      ->type_name("N");
  command.add_flag("--stats", options.stats, "times, sizes and memory as JSON on standard error");
}

Result<exporter::ImagePolicy> parse_images(const std::string& text) {
  exporter::ImagePolicy policy;
  constexpr std::string_view kMaxDpi = "max-dpi=";
  if (text.empty() || text == "keep") return policy;
  if (text == "webp") {
    policy.format = exporter::ImagePolicy::Format::webp;
    return policy;
  }
  int dpi = 0;
  const char* const end = text.data() + text.size();
  const bool named = text.rfind(kMaxDpi, 0) == 0;
  const auto [last, error] = std::from_chars(text.data() + (named ? kMaxDpi.size() : 0), end, dpi);
  if (!named || error != std::errc() || last != end || dpi < 1 || dpi > 100'000)
    return Error{ErrorKind::malformed, "--images " + text + ": expected keep, webp or max-dpi=N"};
  policy.dpi_max = dpi;
  return policy;
}

Status finish_convert(const Typed& typed, ConvertOptions& options) {
  options.format = typed.to == "svg" ? ConvertOptions::Format::svg : ConvertOptions::Format::html;
  if (typed.to != "html" && typed.to != "svg") options.text = api::text_format_named(typed.to);
  options.images = ODE_TRY(parse_images(typed.images));
  if (typed.web_fonts == "none") options.web_fonts = exporter::FontPolicy::none;
  options.embed = typed.embed != "off";
  if (typed.to != "html" && (options.split || !options.embed))
    return Error{ErrorKind::unsupported, "--split and --embed off are for HTML"};
  if (options.zip && !options.split && typed.to != "svg") return Error{ErrorKind::unsupported, "--zip needs --split or --to svg"};
  if (options.output == "-" && !options.zip && (options.split || !options.embed))
    return Error{ErrorKind::unsupported, "standard output takes one file: neither --split nor --embed off"};
  return check_pages(options.pages);
}

void add_text(CLI::App& command, TextOptions& options, Typed& typed) {
  add_common(command, options.file, typed, options.font_directory);
  command
      .add_option("--format", typed.text,
                  "plain (default), layout (columns kept), json (words with place, font and colour), hocr or "
                  "markdown")
      ->check(CLI::IsMember({"plain", "layout", "json", "hocr", "markdown"}))
      ->type_name("F");
  command.add_option("--pages", options.pages, "such as 1-3,7; all by default")->type_name("RANGES");
  command.add_option("-o,--output", options.output, "file to write; standard output by default")
      ->type_name("FILE");
}

constexpr const char* kSearchFooter =
    "Prints PAGE:X0,Y0,X1,Y1: CONTEXT for each hit, with one rectangle for each line that it touches (between ';').\n"
    "Rectangles are in points from the top left corner of the page as shown: pixels of `ode render --dpi D` times\n"
    "72 / D. Letters are compared without regard to case and typography (ligatures, quotes, dashes); words cut at\n"
    "line ends are found with their hyphen and without. Exit code 0 whether there are hits or not.";

void add_search(CLI::App& command, SearchOptions& options, Typed& typed) {
  add_common(command, options.file, typed, options.font_directory);
  command.add_option("QUERY", options.query.text, "what to look for")->required();
  command.add_flag("--regex", typed.pattern, "QUERY is a regular expression (RE2); paragraphs are its lines");
  command.add_flag("--word", typed.whole_words, "whole words only");
  command.add_flag("--case", typed.exact_case, "capital and small letters differ");
  command.add_flag("--json", options.json, "hits as JSON: page, boxes, text, before, after");
  command.add_option("--pages", options.pages, "such as 1-3,7; all by default")->type_name("RANGES");
  command.footer(std::string(kSearchFooter) + "\n" + kFooter);
}

Status finish_search(const CLI::App& command, const Typed& typed, SearchOptions& options) {
  options.password = password_of(command, typed);
  if (typed.pattern) options.query.kind = text::Query::Kind::pattern;
  if (typed.whole_words) options.query.bounds = text::Query::Bounds::whole_words;
  if (typed.exact_case) options.query.letter_case = text::LetterCase::exact;
  return check_pages(options.pages);
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

}  // namespace

std::variant<Options, int> parse_options(int argc, const char* const* argv) {
  CLI::App app("ODE: the pages of a PDF as pictures and text", "ode");
  app.set_version_flag("--version", std::string("ode ") + ode_version());
  app.require_subcommand(1);
  app.footer(kFooter);
  Typed typed;
  InfoOptions info;
  RenderOptions render;
  TextOptions text;
  ConvertOptions convert;
  SearchOptions search;

  CLI::App* info_command = app.add_subcommand("info", "what the document says about itself");
  add_common(*info_command, info.file, typed, info.font_directory);
  info_command->add_flag("--json", info.json, "as JSON");
  CLI::App* render_command = app.add_subcommand("render", "pages as pictures");
  add_render(*render_command, render, typed);
  render_command->footer(kFooter);
  CLI::App* text_command = app.add_subcommand("text", "text in reading order, plain or with its places");
  add_text(*text_command, text, typed);
  CLI::App* search_command = app.add_subcommand("search", "where the document says something");
  add_search(*search_command, search, typed);
  CLI::App* convert_command = app.add_subcommand("convert", "a document as HTML or text, or a page as SVG");
  add_convert(*convert_command, convert, typed);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Help and version are no errors; both print what they carry.
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
    return usage_error(first_line(error.what()) + "; see ode --help");
  }

  Status status = Ok{};
  Options options = info;
  if (info_command->parsed()) {
    info.password = password_of(*info_command, typed);
    options = info;
  } else if (render_command->parsed()) {
    render.password = password_of(*render_command, typed);
    status = finish_render(typed, render);
    options = render;
  } else if (convert_command->parsed()) {
    convert.password = password_of(*convert_command, typed);
    status = finish_convert(typed, convert);
    options = convert;
  } else if (search_command->parsed()) {
    status = finish_search(*search_command, typed, search);
    options = search;
  } else {
    text.password = password_of(*text_command, typed);
    text.format = api::text_format_named(typed.text).value_or(api::TextFormat::plain);
    status = check_pages(text.pages);
    options = text;
  }
  if (!status) return usage_error(status.error().message);
  return options;
}

}  // namespace ode::cli
