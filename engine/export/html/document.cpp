#include "engine/export/html/document.h"

#include "engine/export/markup.h"

namespace ode::exporter {
namespace {

// Lines stand on their baselines: the fonts have no descent (kWebDescentEm), so the lower edge of a line is its baseline,
// whatever browsers round its height to. What else is in a line must not reach below it.
constexpr const char* kStyle = R"(
body{margin:0;background:#e8e8e8;-webkit-text-size-adjust:none;text-size-adjust:none}
main{display:block}
body>svg{display:none}
.title{position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%);white-space:nowrap;-webkit-user-select:none;user-select:none}
.page{position:relative;overflow:hidden;margin:8pt auto;background:#fff;content-visibility:auto;isolation:isolate}
.page svg{position:absolute;left:0;top:0;width:100%;height:100%;pointer-events:none}
.page :is(span,.t){position:absolute;white-space:pre;line-height:1;transform-origin:0 100%;font-kerning:normal;text-rendering:geometricPrecision;font-synthesis:none;font-variant-ligatures:none}
.page i{font-style:normal}
.page i[class],.page a[class]:not(.t,.l){position:relative;line-height:0}
.page :is(p,h1,h2,h3,h4,h5,h6,ul,ol,li,table,caption,td,th,figure,figcaption,blockquote){margin:0;padding:0;border:0;font:inherit;list-style:"";border-spacing:0}
.page a{text-decoration:none}
.page a:not([class]){color:inherit}
.page i.d{display:inline-block;position:relative;-webkit-text-fill-color:transparent;line-height:1;margin-bottom:-1px;direction:ltr}
.page .t.d,.page span.d{-webkit-text-fill-color:transparent}
.page i.d:empty{margin:0}
.page [dir=rtl] i.d{position:absolute;bottom:0;margin:0}
.page .d::before{content:attr(data-t);position:absolute;left:0;top:0;-webkit-text-fill-color:currentColor;direction:ltr;unicode-bidi:bidi-override}
.page .l,.page .n{position:absolute}
.page .n{z-index:-1}
.page .c{position:absolute;box-sizing:border-box;margin:0;padding:0 2pt;border:0;opacity:0;resize:none;font-family:sans-serif}
.page .c:focus,.page .c:user-valid,.page .c:user-invalid{opacity:1}
.page iframe{border:0;width:100%;height:100%}
.alone .page{margin:0}
nav{margin:8pt;font:10pt sans-serif}
@media print{body{background:none}nav{display:none}.page{margin:0;break-after:page}}
)";

constexpr const char* kWebFontStyle =
    ".page :is(span,.t){line-height:normal}\n"
    ".page .d:empty::before,.page [dir=rtl] .d::before,.page .d[dir=rtl]::before{top:auto;bottom:0;line-height:normal}\n";
// The fonts of the reader's machine have descents, of about a fifth.
constexpr const char* kSystemFontStyle = ".page :is(span,.t){margin-bottom:-.2em}\n";

// A page that comes near the screen is fetched and put into its place; where fetching is refused, as from a folder on
// disk, it is shown in a frame. What an address points into is fetched first.
constexpr const char* kLoader = R"(<script>
(()=>{
const load=async s=>{
 const u=s.dataset.src;if(!u)return;
 delete s.dataset.src;
 try{
  if(location.protocol==="file:")throw u;
  const r=await fetch(u);if(!r.ok)throw r.status;
  const d=new DOMParser().parseFromString(await r.text(),"text/html");
  s.replaceChildren(...d.querySelector(".page").childNodes);
 }catch(e){
  const f=document.createElement("iframe");
  f.src=u;f.title=s.getAttribute("aria-label");
  s.prepend(f);
 }
};
const near=new IntersectionObserver(all=>{for(const e of all)if(e.isIntersecting){near.unobserve(e.target);load(e.target)}},{rootMargin:"1500px"});
const pages=document.querySelectorAll("[data-src]");
for(const s of pages)near.observe(s);
const go=async()=>{
 const m=/^#(page\d+)/.exec(location.hash),s=m&&document.getElementById(m[1]);
 if(!s)return;
 await load(s);
 const t=document.getElementById(location.hash.slice(1));if(t)t.scrollIntoView();
};
addEventListener("hashchange",go);go();
addEventListener("beforeprint",()=>pages.forEach(load));
})();
</script>
)";

std::string title_or_default(const std::string& title) { return title.empty() ? "Document" : title; }

std::string head_of(const HtmlMetadata& metadata, const std::string& title, const std::string& style) {
  std::string out = "<!DOCTYPE html>\n<html";
  out += " lang=\"";
  append_escaped(out, metadata.language.empty() ? "und" : metadata.language);
  out += "\">\n<head>\n<meta charset=utf-8>\n<meta name=viewport content=\"width=device-width\">\n<title>";
  append_escaped(out, title_or_default(title));
  out += "</title>\n";
  if (!metadata.author.empty()) {
    out += "<meta name=author content=\"";
    append_escaped(out, metadata.author);
    out += "\">\n";
  }
  return out + style + "</head>\n";
}

std::string style_link() { return std::string("<link rel=stylesheet href=") + kStyleSheetName + ">\n"; }

std::string page_number(const PageShell& shell, int number) {
  return shell.label.empty() ? std::to_string(number) : shell.label;
}

/// Two pages may have one label, landmarks may not.
std::string page_name(const PageShell& shell, int number) {
  const std::string label = page_number(shell, number), counted = std::to_string(number);
  return label == counted ? label : label + " (" + counted + ")";
}

/// The page's element up to its children; `more`: further attributes.
std::string page_start(const PageShell& shell, int number, const std::string& more) {
  std::string out = "<section class=page id=page" + std::to_string(number) + " aria-label=\"Page ";
  append_escaped(out, page_name(shell, number));
  out += "\"" + more + " style=\"width:";
  append_number(out, shell.width_pt);
  out += "pt;height:";
  append_number(out, shell.height_pt);
  out += "pt;contain-intrinsic-size:";
  append_number(out, shell.width_pt);
  out += "pt ";
  append_number(out, shell.height_pt);
  return out + "pt\">\n";
}

/// The title once more, for those who find their way by headings: most documents have none that are told as such.
std::string main_start(const std::string& title) {
  std::string out = "<main>\n<h1 class=title>";
  append_escaped(out, title_or_default(title));
  return out + "</h1>\n";
}

std::string body_start(const std::string& title, const HtmlNavigation& navigation) {
  std::string out = "<body>\n";
  append_outline(out, navigation.outline);
  append_layer_list(out, navigation.layers);
  append_attachments(out, navigation.attachments);
  return out + main_start(title);
}

}  // namespace

std::string html_head(const HtmlMetadata& metadata, const HtmlNavigation& navigation) {
  return head_of(metadata, metadata.title, std::string("<style>") + kStyle + "</style>\n") + body_start(metadata.title, navigation);
}

std::string html_page_element(const PageShell& shell, int number, const std::string& inside) {
  return page_start(shell, number, "") + inside + "</section>\n";
}

std::string html_tail(const std::string& css) {
  // Which fonts and looks there are is known at the end. HTML has no style element there, SVG has one anywhere.
  return "</main>\n<svg aria-hidden=true><style>\n" + css + "</style></svg>\n</body>\n</html>\n";
}

Result<std::string> document_css(const FontBook& fonts, const StyleBook& styles, Assets& assets,
                                 const ParallelFor& parallel) {
  std::vector<Result<std::vector<std::uint8_t>>> packed(fonts.size(), std::vector<std::uint8_t>());
  const auto pack = [&](std::size_t i) {
    const auto font = static_cast<std::uint32_t>(i);
    if (!fonts.empty(font)) packed[i] = fonts.woff2(font);
  };
  if (parallel) {
    parallel(packed.size(), pack);
  } else {
    for (std::size_t i = 0; i < packed.size(); ++i) pack(i);
  }
  std::string out;
  if (fonts.size() > 0) out += fonts.policy() == FontPolicy::none ? kSystemFontStyle : kWebFontStyle;
  for (std::uint32_t i = 0; i < fonts.size(); ++i) {
    if (fonts.empty(i)) continue;
    if (!packed[i]) return packed[i].error();
    const Asset asset = ODE_TRY(assets.place(std::as_bytes(std::span(*packed[i])), "font/woff2", "woff2"));
    out += "@font-face{font-family:" + fonts.family(i) + ";src:url(" + asset.url + ")}\n";
  }
  return out + styles.css();
}

std::string fragment_name(int number) { return "page-" + std::to_string(number) + ".html"; }
std::string style_sheet(const std::string& css) { return kStyle + css; }

std::string html_fragment(const HtmlMetadata& metadata, const PageShell& shell, int number, const std::string& inside) {
  HtmlMetadata described = metadata;
  described.title += (metadata.title.empty() ? "Page " : ", page ") + page_number(shell, number);
  // Links to other pages leave the frame that the page may be in.
  const std::string head = head_of(described, described.title, style_link() + "<base target=_parent>\n");
  return head + "<body class=alone>\n" + main_start(described.title) + html_page_element(shell, number, inside) + "</main>\n</body>\n</html>\n";
}

std::string index_head(const HtmlMetadata& metadata, const HtmlNavigation& navigation) {
  return head_of(metadata, metadata.title, style_link()) + body_start(metadata.title, navigation);
}

std::string index_page(const PagePlaceholder& page) {
  const std::string url = fragment_name(page.number);
  std::string out = page_start(page.shell, page.number, " data-src=" + url);
  out += "<a href=" + url + ">Page ";
  append_escaped(out, page_number(page.shell, page.number));
  out += "</a>\n";
  append_anchors(out, page.anchors);
  return out + "</section>\n";
}

std::string index_tail() { return std::string("</main>\n") + kLoader + "</body>\n</html>\n"; }

}  // namespace ode::exporter
