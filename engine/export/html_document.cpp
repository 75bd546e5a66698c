#include "engine/export/html_document.h"

#include "engine/export/markup.h"

namespace ode::exporter {
namespace {

// Lines are one font size high with the baseline at 0.8 of it, as kWebAscentEm and kWebDescentEm say.
constexpr const char* kStyle = R"(
body{margin:0;background:#e8e8e8;-webkit-text-size-adjust:none;text-size-adjust:none}
main{display:block}
.page{position:relative;overflow:hidden;margin:8pt auto;background:#fff;content-visibility:auto;isolation:isolate}
.page svg{position:absolute;left:0;top:0;width:100%;height:100%;pointer-events:none}
.page svg.b{mix-blend-mode:multiply}
.t{position:absolute;white-space:pre;line-height:1;transform-origin:0 .8em;font-kerning:normal;text-rendering:geometricPrecision;font-synthesis:none;font-variant-ligatures:none}
.t span{position:relative;line-height:0}
.t i{font-style:normal}
.t .d{display:inline-block;position:relative;-webkit-text-fill-color:transparent;line-height:1;direction:ltr}
.t .d::before{content:attr(data-t);position:absolute;left:0;top:0;-webkit-text-fill-color:currentColor;direction:ltr;unicode-bidi:bidi-override}
@media print{body{background:none}.page{margin:0;break-after:page}}
)";

}  // namespace

std::string html_head(const HtmlMetadata& metadata) {
  std::string out = "<!DOCTYPE html>\n<html";
  if (!metadata.language.empty()) {
    out += " lang=\"";
    append_escaped(out, metadata.language);
    out += '"';
  }
  out += ">\n<head>\n<meta charset=utf-8>\n<meta name=viewport content=\"width=device-width\">\n<title>";
  append_escaped(out, metadata.title);
  out += "</title>\n";
  if (!metadata.author.empty()) {
    out += "<meta name=author content=\"";
    append_escaped(out, metadata.author);
    out += "\">\n";
  }
  out += "<style>";
  out += kStyle;
  out += "</style>\n</head>\n<body>\n<main>\n";
  return out;
}

std::string html_page_element(const PageShell& shell, int number, const std::string& inside) {
  const std::string n = std::to_string(number);
  std::string size = "width:";
  append_number(size, shell.width_pt);
  size += "pt;height:";
  append_number(size, shell.height_pt);
  size += "pt;contain-intrinsic-size:";
  append_number(size, shell.width_pt);
  size += "pt ";
  append_number(size, shell.height_pt);
  size += "pt";
  std::string out = "<section class=page id=page" + n + " aria-label=\"Page ";
  append_escaped(out, shell.label.empty() ? n : shell.label);
  return out + "\" style=\"" + size + "\">\n" + inside + "</section>\n";
}

Result<std::string> html_tail(const FontBook& fonts, const StyleBook& styles, Assets& assets) {
  std::string out = "</main>\n<style>\n";
  for (std::uint32_t i = 0; i < fonts.size(); ++i) {
    if (fonts.empty(i)) continue;
    const auto woff2 = ODE_TRY(fonts.woff2(i));
    const std::string url = ODE_TRY(assets.place(std::as_bytes(std::span(woff2)), "font/woff2", "woff2"));
    out += "@font-face{font-family:" + fonts.family(i) + ";src:url(" + url + ")}\n";
  }
  return out + styles.css() + "</style>\n</body>\n</html>\n";
}

}  // namespace ode::exporter
