// Blocks are ocr_carea and ocr_par in one, for a PDF tells of no more; lines are ocr_line, words ocrx_word.
#include "engine/export/text/hocr.h"

#include <algorithm>
#include <cmath>

#include "engine/base/utf8.h"
#include "engine/export/markup.h"

namespace ode::exporter {
namespace {

constexpr double kPixelsPerPoint = kHocrResolution_dpi / 72.0;
/// A baseline is a function of x only where the line is nearer to lying than to standing.
constexpr double kLyingAngle_deg = 45;

struct PixelBox {
  int x0, y0, x1, y1;
};

int clamped(double px, int max_px) {
  return static_cast<int>(std::clamp(px, 0.0, static_cast<double>(max_px)));
}
int page_pixels(double points) { return static_cast<int>(std::ceil(points * kPixelsPerPoint - 0.001)); }

/// hOCR knows whole pixels of the page alone; what stands beyond its edge is cut.
PixelBox pixels_of(const TextPage& page, const Rect& box) {
  const int width = page_pixels(page.screen.width_pt), height = page_pixels(page.screen.height_pt);
  return {clamped(std::floor(box.x0 * kPixelsPerPoint), width),
          clamped(std::floor(box.y0 * kPixelsPerPoint), height),
          clamped(std::ceil(box.x1 * kPixelsPerPoint), width),
          clamped(std::ceil(box.y1 * kPixelsPerPoint), height)};
}

void append_bbox(std::string& out, const PixelBox& box) {
  out += "bbox " + std::to_string(box.x0) + " " + std::to_string(box.y0) + " " + std::to_string(box.x1) +
         " " + std::to_string(box.y1);
}

/// Numbers of properties have a digit before the point.
void append_property(std::string& out, const char* name, double v, int decimals) {
  out += name;
  std::string number;
  append_number(number, v, decimals);
  const std::size_t digits = number[0] == '-' ? 1 : 0;
  if (number[digits] == '.') number.insert(digits, 1, '0');
  out += number;
}

void append_open(std::string& out, const char* element, const char* kind, const std::string& id) {
  out += "<";
  out += element;
  out += " class=\"";
  out += kind;
  out += "\" id=\"" + id + "\" title=\"";
}

void append_line_properties(std::string& out, const TextPage& page, const text::Line& line,
                            const PixelBox& box) {
  const Baseline baseline = baseline_of(page, line);
  const double angle = angle_of(baseline);
  if (!line.vertical && std::fabs(angle) < kLyingAngle_deg) {
    // 3.3.1: slope, and height where it meets the left edge of the box, from the box's bottom, y down.
    const double slope =
        (baseline.end.y - baseline.begin.y) / std::max(baseline.end.x - baseline.begin.x, 1e-6);
    const double at_left =
        baseline.begin.y * kPixelsPerPoint + slope * (box.x0 - baseline.begin.x * kPixelsPerPoint);
    append_property(out, "; baseline ", slope, 4);
    append_property(out, " ", at_left - box.y1, 0);
  }
  if (!line.vertical && std::fabs(angle) >= 0.1) append_property(out, "; textangle ", angle, 2);
  append_property(out, "; x_size ", line.size * kPixelsPerPoint, 2);
  append_property(out, "; x_ascenders ", line.ascent * kPixelsPerPoint, 2);
  append_property(out, "; x_descenders ", -line.descent * kPixelsPerPoint, 2);
}

/// 2.2: delimited by quotes, which it cannot hold.
void append_string(std::string& out, std::u32string_view string) {
  std::u32string plain;
  for (const char32_t c : string) {
    if (c != U'"' && c != U';') plain.push_back(c);
  }
  out += "&quot;";
  append_escaped(out, plain);
  out += "&quot;";
}

void append_word(std::string& out, const TextPage& page, const TextWord& word, const std::string& id) {
  append_open(out, "span", "ocrx_word", id);
  append_bbox(out, pixels_of(page, word.box));
  append_property(out, "; x_fsize ", word.style.size_pt, 0);
  if (!word.style.font.empty()) {
    out += "; x_font ";
    append_string(out, word.style.font);
  }
  out += "\">";
  if (word.style.bold) out += "<strong>";
  if (word.style.italic) out += "<em>";
  append_escaped(out, word.text);
  if (word.style.italic) out += "</em>";
  if (word.style.bold) out += "</strong>";
  out += "</span>";
}

}  // namespace

std::string hocr_head(const TextFacts& facts) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" "
      "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n"
      "<html xmlns=\"http://www.w3.org/1999/xhtml\"";
  if (!facts.language.empty()) {
    for (const char* name : {" lang=\"", " xml:lang=\""}) {
      out += name;
      append_escaped(out, facts.language);
      out.push_back('"');
    }
  }
  out += ">\n<head>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"/>\n<title>";
  append_escaped(out, facts.title);
  out +=
      "</title>\n<meta name=\"ocr-system\" content=\"ode\"/>\n"
      "<meta name=\"ocr-capabilities\" content=\"ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_font "
      "ocrp_dir\"/>\n"
      "<meta name=\"ocr-number-of-pages\" content=\"" +
      std::to_string(facts.page_count) + "\"/>\n</head>\n<body>\n";
  return out;
}

std::string hocr_page(const TextPage& page, std::string_view image) {
  const std::string number = std::to_string(page.number);
  std::string out;
  append_open(out, "div", "ocr_page", "page_" + number);
  out += "image ";
  append_string(out, from_utf8(image).value_or(U"page"));
  out += "; ";
  append_bbox(out, {0, 0, page_pixels(page.screen.width_pt), page_pixels(page.screen.height_pt)});
  out += "; ppageno " + std::to_string(page.number - 1) + "; scan_res " +
         std::to_string(kHocrResolution_dpi) + " " + std::to_string(kHocrResolution_dpi) + "\">\n";
  std::uint32_t line_number = 0, word_number = 0;
  for (std::size_t b = 0; b < page.text.blocks.size(); ++b) {
    const text::Block& block = page.text.blocks[b];
    const PixelBox box = pixels_of(page, box_of(page, block));
    const std::string block_id = number + "_" + std::to_string(b + 1);
    append_open(out, "div", "ocr_carea", "block_" + block_id);
    append_bbox(out, box);
    out += "\">\n";
    append_open(out, "p", "ocr_par", "par_" + block_id);
    append_bbox(out, box);
    out += page.text.lines[block.first_line].right_to_left ? "\" dir=\"rtl\">\n" : "\">\n";
    for (std::uint32_t i = 0; i < block.line_count; ++i) {
      const text::Line& line = page.text.lines[block.first_line + i];
      const PixelBox line_box = pixels_of(page, box_of(page, line));
      append_open(out, "span", "ocr_line", "line_" + number + "_" + std::to_string(++line_number));
      append_bbox(out, line_box);
      append_line_properties(out, page, line, line_box);
      out += "\">";
      bool begun = false;
      for (const TextWord& word : words_on_screen(page, line)) {
        if (begun) out.push_back(' ');
        begun = true;
        append_word(out, page, word, "word_" + number + "_" + std::to_string(++word_number));
      }
      out += "</span>\n";
    }
    out += "</p>\n</div>\n";
  }
  out += "</div>\n";
  return out;
}

std::string hocr_tail() { return "</body>\n</html>\n"; }

}  // namespace ode::exporter
