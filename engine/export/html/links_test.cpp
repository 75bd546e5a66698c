// Which URIs pass, and how links and outlines are written.
#include "engine/export/html/links.h"

#include <gtest/gtest.h>

namespace ode::exporter {
namespace {

TEST(SafeUrl, addresses_of_the_web_pass_as_they_are) {
  for (const char* uri : {"http://a.example/x?y=1&z#f", "HTTPS://a.example", "mailto:me@a.example", "ftp://a.example", "tel:+1"})
    EXPECT_EQ(safe_url(uri), uri);
  EXPECT_EQ(safe_url(" https://a.example\n"), "https://a.example");
  EXPECT_EQ(safe_url("www.a.example"), "http://www.a.example");
}

TEST(SafeUrl, what_runs_programs_or_reads_files_does_not) {
  for (const char* uri : {"javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
                          "data:text/html,<script>", "vbscript:x", "file:///etc/passwd", "blob:x", "relative.pdf", "//host/x", ""})
    EXPECT_EQ(safe_url(uri), "") << uri;
  EXPECT_EQ(safe_url("http://a.\x01" "example/"), "");
  EXPECT_EQ(safe_url("http://a.example/" + std::string(10000, 'x')), "");
}

TEST(PageLinks, a_link_without_text_lies_over_its_area_and_says_where_it_leads) {
  std::string out;
  append_link(out, {{10, 20, 30, 50}, "https://a.example/\"onload=x", "A & B"}, {1, 0, 0, -1, 0, 100});
  EXPECT_EQ(out,
            "<a class=l href=\"https://a.example/&quot;onload=x\" aria-label=\"A &amp; B\" rel=\"noopener noreferrer\" "
            "style=\"left:10pt;top:50pt;width:20pt;height:30pt\"></a>\n");
}

TEST(PageLinks, an_outline_is_nested_lists_however_its_depths_jump) {
  std::string out;
  append_outline(out, {{"A<", "#page1", 0}, {"B", "", 5}, {"C", "#page2", 1}, {"D", "#page3", 0}});
  EXPECT_EQ(out,
            "<nav aria-label=Outline><details><summary>Outline</summary>\n<ol>\n<li><a href=\"#page1\">A&lt;</a><ol>\n<li>B</li>\n"
            "<li><a href=\"#page2\">C</a></li></ol></li>\n<li><a href=\"#page3\">D</a></li></ol>\n</details></nav>\n");
  out.clear();
  append_outline(out, {});
  EXPECT_EQ(out, "");
}

}  // namespace
}  // namespace ode::exporter
