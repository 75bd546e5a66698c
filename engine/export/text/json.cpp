// The JSON of docs/text_json.md. Keys keep their order, numbers have at most two decimals.
#include "engine/export/text/json.h"

#include "engine/base/utf8.h"
#include "engine/export/markup.h"

namespace ode::exporter {
namespace {

/// JSON wants "0.5" where markup has ".5".
void append_json_number(std::string& out, double v) {
  std::string number;
  append_number(number, v);
  const std::size_t digits = number[0] == '-' ? 1 : 0;
  if (number[digits] == '.') number.insert(digits, 1, '0');
  out += number;
}

void append_string(std::string& out, std::u32string_view text) {
  constexpr const char* kDigits = "0123456789abcdef";
  out.push_back('"');
  for (const char32_t c : text) {
    if (c == U'"' || c == U'\\') {
      out.push_back('\\');
      out.push_back(static_cast<char>(c));
    } else if (c < 0x20 || c == 0x7f) {
      out += "\\u00";
      out.push_back(kDigits[c >> 4]);
      out.push_back(kDigits[c & 15]);
    } else {
      append_utf8(out, c);
    }
  }
  out.push_back('"');
}
void append_string(std::string& out, std::string_view utf8) {
  append_string(out, from_utf8(utf8).value_or(U"\ufffd"));
}

void append_box(std::string& out, const Rect& box) {
  out.push_back('[');
  append_json_number(out, box.x0);
  for (const double v : {box.y0, box.x1, box.y1}) {
    out.push_back(',');
    append_json_number(out, v);
  }
  out.push_back(']');
}

void append_six_digits(std::string& out, display::Rgb c) {
  constexpr const char* kDigits = "0123456789abcdef";
  out += "\"#";
  for (const std::uint8_t v : {c.r, c.g, c.b}) {
    out.push_back(kDigits[v >> 4]);
    out.push_back(kDigits[v & 15]);
  }
  out.push_back('"');
}

void append_word(std::string& out, const TextWord& word) {
  out += "{\"bbox\":";
  append_box(out, word.box);
  out += ",\"text\":";
  append_string(out, word.text);
  out += ",\"font\":";
  append_string(out, word.style.font);
  if (!word.more_fonts.empty()) {
    out += ",\"more_fonts\":[";
    for (std::size_t i = 0; i < word.more_fonts.size(); ++i) {
      if (i > 0) out.push_back(',');
      append_string(out, word.more_fonts[i]);
    }
    out.push_back(']');
  }
  out += ",\"size\":";
  append_json_number(out, word.style.size_pt);
  out += ",\"color\":";
  append_six_digits(out, word.style.color);
  if (word.style.bold) out += ",\"bold\":true";
  if (word.style.italic) out += ",\"italic\":true";
  if (word.style.hidden) out += ",\"hidden\":true";
  out.push_back('}');
}

const char* direction_of(const text::Line& line) {
  if (line.vertical) return "ttb";
  return line.right_to_left ? "rtl" : "ltr";
}

void append_line(std::string& out, const TextPage& page, const text::Line& line) {
  const Baseline baseline = baseline_of(page, line);
  out += "{\"bbox\":";
  append_box(out, box_of(page, line));
  out += ",\"baseline\":";
  append_box(out, {baseline.begin.x, baseline.begin.y, baseline.end.x, baseline.end.y});
  out += ",\"angle\":";
  append_json_number(out, line.vertical ? 0 : angle_of(baseline));
  out += ",\"direction\":\"";
  out += direction_of(line);
  out += "\",\"text\":";
  append_string(out, text::text_of(line));
  if (line.hyphenated) out += ",\"hyphenated\":true";
  out += ",\"words\":[";
  bool begun = false;
  for (const TextWord& word : words_on_screen(page, line)) {
    if (begun) out.push_back(',');
    begun = true;
    append_word(out, word);
  }
  out += "]}";
}

}  // namespace

std::string TextJson::head(const TextFacts& facts) {
  std::string out = "{\"format\":\"ode-text\",\"version\":1,\"unit\":\"pt\",\"title\":";
  append_string(out, facts.title);
  out += ",\"language\":";
  append_string(out, facts.language);
  out += ",\"page_count\":" + std::to_string(facts.page_count) + ",\"pages\":[";
  return out;
}

std::string TextJson::page(const TextPage& page) {
  std::string out = begun_ ? ",\n" : "\n";
  begun_ = true;
  out += "{\"page\":" + std::to_string(page.number) + ",\"label\":";
  append_string(out, page.label);
  out += ",\"width\":";
  append_json_number(out, page.screen.width_pt);
  out += ",\"height\":";
  append_json_number(out, page.screen.height_pt);
  out += ",\"blocks\":[";
  for (std::size_t b = 0; b < page.text.blocks.size(); ++b) {
    const text::Block& block = page.text.blocks[b];
    out += b > 0 ? ",\n{\"bbox\":" : "\n{\"bbox\":";
    append_box(out, box_of(page, block));
    out += ",\"lines\":[";
    for (std::uint32_t i = 0; i < block.line_count; ++i) {
      if (i > 0) out.push_back(',');
      append_line(out, page, page.text.lines[block.first_line + i]);
    }
    out += "]}";
  }
  out += "]}";
  return out;
}

std::string TextJson::tail() { return "\n]}\n"; }

}  // namespace ode::exporter
