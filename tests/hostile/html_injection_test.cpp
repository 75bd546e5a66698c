// Documents whose every string tries to be markup: what HTML and SVG are written of them runs nothing and
// stays well-formed.
#include <gtest/gtest.h>

#include "engine/api/convert.h"
#include "tests/hostile/bombs.h"
#include "tests/support/split_document.h"
#include "tests/support/strict_markup.h"

namespace ode {
namespace {

using testing::complaint_about;
using testing::MarkupKind;
using testing::PdfBuilder;

/// What a string says, in UTF-16: unpaired surrogates and U+0000 can be written.
using Payload = std::u16string;

const Payload kPayloads[] = {
    u"</style><script>alert(1)</script>",
    u"</title></textarea></option></svg><script>alert(1)</script>",
    u"\" onload=\"alert(1)\" x=\"",
    u"' onload='alert(1)' x='",
    u" onload=alert(1) ",
    u"><img src=x onerror=alert(1)>",
    u"javascript:alert(1)",
    u" \tJaVa\nScRiPt:alert(1)",
    u"vbscript:msgbox(1)",
    u"data:text/html,<script>alert(1)</script>",
    u"data:image/svg+xml,<svg onload=alert(1)/>",
    u"]]><script>alert(1)</script><![CDATA[",
    u"--><script>alert(1)</script><!--",
    u"&lt;script&gt;&#60;script&#x3e;&amp",
    u"};@import url(//evil);x{background:url(javascript:alert(1))",
    u"x\\22\\3c/style>",
    Payload(u"a\0b", 3),
    Payload{u'a', 0x2028, 0x2029, 0x85, u'b'},
    Payload{u'a', 0xd800, u'b', 0xdc00, 0xffff, 0xfffe, 0xfdd0, 0x7f, 1, 8, 0xb, 0xc, 0x1b, u'c'},
    Payload{0x202e, u'<', u's', u'c', u'r', u'i', u'p', u't', u'>', 0x200b, 0xfeff},
};

std::string hex_of(const Payload& text) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const char16_t unit : text)
    for (int shift = 12; shift >= 0; shift -= 4) out += kDigits[unit >> shift & 15];
  return out;
}

/// A text string of a PDF.
std::string text_string(const Payload& text) { return "<FEFF" + hex_of(text) + ">"; }

/// The payload as bytes, where strings have no encoding (URIs) and in names.
std::string bytes_of(const Payload& text) {
  std::string out;
  for (const char16_t unit : text) out += static_cast<char>(unit < 0x100 ? unit : '?');
  return out;
}

std::string byte_string(const Payload& text) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out = "<";
  for (const char c : bytes_of(text)) out = out + kDigits[c >> 4 & 15] + kDigits[c & 15];
  return out + ">";
}

std::string name(const Payload& text) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out = "/";
  for (const char c : bytes_of(text)) {
    if (c == 0) continue;
    out = out + '#' + kDigits[c >> 4 & 15] + kDigits[c & 15];
  }
  return out;
}

/// A font that shows the payload: code 1 + i stands for its unit i, as /ToUnicode says.
std::string font(PdfBuilder& pdf, const Payload& text) {
  std::string map = "begincmap 1 begincodespacerange <00> <ff> endcodespacerange " +
                    std::to_string(text.size()) + " beginbfchar ";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const Payload code{static_cast<char16_t>(i + 1)};
    map += "<" + hex_of(code).substr(2) + "> <" + hex_of(Payload{text[i]}) + "> ";
  }
  const int to_unicode = pdf.stream(map + "endbfchar endcmap");
  return "<< /Type /Font /Subtype /Type1 /BaseFont " + name(text) + " /ToUnicode " +
         PdfBuilder::ref(to_unicode) + " >>";
}

std::string codes_of(const Payload& text) {
  Payload codes;
  for (std::size_t i = 0; i < text.size(); ++i) codes += static_cast<char16_t>(i + 1);
  std::string out = "<";
  for (const char16_t code : codes) out += hex_of(Payload{code}).substr(2);
  return out + ">";
}

void add_structure(PdfBuilder& pdf, const std::string& string, const Payload& text) {
  pdf.catalog("/Lang " + string + " /MarkInfo << /Marked true >> /StructTreeRoot << /RoleMap << /X " +
              name(text) + " >> /K [<< /S " + name(text) + " /T " + string + " /Lang " + string +
              " /K << /MCID 0 >> >> << /S "
              "/Figure /Alt " +
              string + " /E " + string + " /ActualText " + string +
              " /K << /MCID 1 >> >> << /S /TH "
              "/ID " +
              string + " /A << /O /Table /Headers [" + string + "] /Scope " + name(text) + " >> >>] >>");
}

std::string widgets(const std::string& string, const Payload& text) {
  const std::string common = "<< /Subtype /Widget /Rect [10 10 60 20] /T " + string + " /TU " + string +
                             " /V " + string + " /DV " + string + " /DA " + string + " /MK << /CA " + string +
                             " >> ";
  return common + "/FT /Tx >> " + common + "/FT /Tx /Ff 4096 >> " + common + "/FT /Ch /Ff 131072 /Opt [[" +
         string + " " + string + "]] >> " + common + "/FT /Ch /Opt [" + string + "] >> " + common +
         "/FT /Btn /Ff 65536 >> << /Subtype /Widget /Rect [70 10 80 20] /FT /Btn /T " + string + " /AS " +
         name(text) + " /AP << /N << " + name(text) + " null >> >> >> ";
}

/// A page on which everything that has a string says `text`.
PdfBuilder document_of(const Payload& text) {
  PdfBuilder pdf;
  const std::string string = text_string(text);
  const std::string fonts = "/Font << /F " + font(pdf, text) + " >> ";
  const int layer = pdf.object("<< /Type /OCG /Name " + string + " >>");
  const std::string resources = "/Resources << " + fonts + "/Properties << /L " + PdfBuilder::ref(layer) +
                                " /P << /MCID 0 /ActualText " + string + " /Alt " + string + " /Lang " +
                                string + " >> >> >> ";
  const std::string links =
      "<< /Subtype /Link /Rect [10 100 90 110] /Contents " + string + " /A << /S /URI /URI " +
      byte_string(text) + " >> >> << /Subtype /Link /Rect [10 120 90 130] /A << /S /GoToR /F " + string +
      " >> >> << /Subtype /Link "
      "/Rect [10 140 90 150] /Dest " +
      string + " >> << /Subtype /Text /Rect [5 5 9 9] /Contents " + string + " /T " + string +
      " >> << /Subtype /FreeText /Rect [100 100 190 120] /DA (/Helv 9 Tf) /Contents " + string + " >> ";
  const std::string shown = "BT /F 12 Tf 10 50 Td " + codes_of(text) + " Tj ET ";
  pdf.page(shown + "/Span /P BDC " + shown + "EMC /OC /L BDC 0 0 5 5 re f EMC " + name(text) +
               " << /MCID 1 /Alt " + string + " >> BDC " + shown + "EMC BT 3 Tr /F 12 Tf 10 80 Td " +
               codes_of(text) + " Tj ET",
           resources + "/Annots [" + links + widgets(string, text) + "]");
  const int file = pdf.stream(bytes_of(text), "/Type /EmbeddedFile");
  pdf.catalog("/Names << /EmbeddedFiles << /Names [" + byte_string(text) + " << /UF " + string + " /Desc " + string +
              " /EF << /F " + PdfBuilder::ref(file) + " >> >>] >> >>");
  const int item = pdf.object("<< /Title " + string + " /A << /S /URI /URI " + byte_string(text) + " >> >>");
  const int info = pdf.object("<< /Title " + string + " /Author " + string + " /Subject " + string +
                              " /Keywords " + string + " /Creator " + string + " >>");
  add_structure(pdf, string, text);
  pdf.catalog("/Outlines << /First " + PdfBuilder::ref(item) + " >> /PageLabels << /Nums [0 << /P " + string +
              " >>] >> /OCProperties << /OCGs [" + PdfBuilder::ref(layer) +
              "] /D << >> >> /AcroForm << /DA " + string + " >> /URI << /Base " + byte_string(text) + " >>");
  pdf.trailer("/Info " + PdfBuilder::ref(info));
  return pdf;
}

std::unique_ptr<api::Session> session_of(const PdfBuilder& pdf) {
  api::OpenSettings settings;
  settings.fonts = testing::font_pack();
  auto session = api::Session::open(pdf.bytes(), settings);
  return session ? std::move(session).value() : nullptr;
}

std::string html_of(const PdfBuilder& pdf) {
  const auto session = session_of(pdf);
  if (session == nullptr) return "not opened";
  std::string html;
  api::ConvertSettings settings;
  settings.pages = {0};
  settings.failed = [](int, const Error& error) { ADD_FAILURE() << to_string(error); };
  const Status status = api::convert_to_html(*session, settings, [&](std::string_view part) -> Status {
    html += part;
    return Ok{};
  });
  EXPECT_TRUE(status.ok());
  return html;
}

class Injection : public ::testing::TestWithParam<int> {};

TEST_P(Injection, HtmlIsWellFormedAndRunsNothing) {
  const std::string html = html_of(document_of(kPayloads[GetParam()]));
  EXPECT_EQ(complaint_about(html, MarkupKind::html), "");
}

TEST_P(Injection, PartsAreWellFormedAndRunOneScript) {
  const auto session = session_of(document_of(kPayloads[GetParam()]));
  ASSERT_NE(session, nullptr);
  api::ConvertSettings settings;
  settings.pages = {0};
  int documents = 0;
  settings.files = [&](const std::string& name, ByteView bytes) -> Status {
    if (!name.ends_with(".html")) return Ok{};
    ++documents;
    EXPECT_EQ(complaint_about(as_chars(bytes), MarkupKind::html, testing::elements_of_parts()), "") << name;
    return Ok{};
  };
  EXPECT_TRUE(api::convert_to_fragments(*session, settings).ok());
  EXPECT_EQ(documents, 2);
}

TEST_P(Injection, SvgIsWellFormedAndRunsNothing) {
  const auto session = session_of(document_of(kPayloads[GetParam()]));
  ASSERT_NE(session, nullptr);
  const auto svg = api::convert_to_svg(*session, 0, nullptr);
  ASSERT_TRUE(svg.ok());
  EXPECT_EQ(complaint_about(*svg, MarkupKind::svg), "");
}

INSTANTIATE_TEST_SUITE_P(Payloads, Injection, ::testing::Range(0, static_cast<int>(std::size(kPayloads))));

TEST(InjectionDocuments, BringTheirStringsIntoTheOutput) {
  const std::string html = html_of(document_of(kPayloads[0]));
  EXPECT_NE(html.find("<title>&lt;/style&gt;&lt;script&gt;"), std::string::npos);
  EXPECT_NE(html.find("aria-label=\"Page &lt;/style&gt;"), std::string::npos);
}

TEST(StrictMarkup, TakesWhatIsWritten) {
  EXPECT_EQ(
      complaint_about("<!DOCTYPE html>\n<html lang=\"en\">\n<body class=a><p>&lt;x&amp;</p><br><svg><path "
                      "d=\"M0 0\"/></svg><a href=\"https://a.b/?c&amp;d\">x</a></body></html>\n",
                      MarkupKind::html),
      "");
  EXPECT_EQ(
      complaint_about("<svg xmlns=\"http://www.w3.org/2000/svg\"><use href=\"#a\"/></svg>", MarkupKind::svg),
      "");
}

TEST(StrictMarkup, TakesWhatIsKnownJustSo) {
  const std::string known[] = {"<script>f()</script>"};
  EXPECT_EQ(complaint_about("<p></p><script>f()</script>", MarkupKind::html, known), "");
  for (const char* markup :
       {"<script>g()</script>", "<script >f()</script>", "<script>f();g()</script>", "<script>f()"})
    EXPECT_NE(complaint_about(markup, MarkupKind::html, known), "") << markup;
}

TEST(StrictMarkup, ComplainsOfWhatMayHarm) {
  for (const char* markup : {"<p>",
                             "<p></q>",
                             "<p><</p>",
                             "<p>&</p>",
                             "<p>&nbsp;</p>",
                             "<script></script>",
                             "<p onclick=x></p>",
                             "<p ONCLICK=\"x\"></p>",
                             "<p a=\"<\"></p>",
                             "<p a a></p>",
                             "<a href=\"javascript:x\"></a>",
                             "<a href=\"&#39;\tJava\nScript:x\"></a>",
                             "<a href=\" vbscript:x\"></a>",
                             "<img src=\"data:text/html,x\">",
                             "<img src=\"data:image/svg+xml,x\">",
                             "<style>@import 'x'</style>",
                             "<style>a{b:url(http://c)}</style>",
                             "<style></p></style>",
                             "<p style=\"a:url(javascript:b)\"></p>",
                             "<title><p></title>",
                             "x",
                             "<p>\x01</p>",
                             "<p>\xed\xa0\x80</p>",
                             "<p>\xff</p>",
                             "<p/>",
                             "<!-- x -->",
                             "<meta http-equiv=refresh>"}) {
    EXPECT_NE(complaint_about(markup, MarkupKind::html), "") << markup;
  }
  for (const char* markup : {"<svg a=b></svg>", "<svg a></svg>", "<svg>]]></svg>", "<svg><script/></svg>",
                             "<svg><a xlink:href=\"javascript:x\"/></svg>", "<svg><set/></svg>"}) {
    EXPECT_NE(complaint_about(markup, MarkupKind::svg), "") << markup;
  }
}

}  // namespace
}  // namespace ode
