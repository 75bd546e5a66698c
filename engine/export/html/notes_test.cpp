#include "engine/export/html/notes.h"

#include <gtest/gtest.h>

namespace ode::exporter {
namespace {

TEST(HtmlNotes, a_note_says_who_wrote_what_over_its_place) {
  std::string out;
  append_note(out, {"Text", "Ann \"A\"", "first\nsecond <b>", {10, 20, 30, 40}, 7}, {1, 0, 0, -1, 0, 100});
  EXPECT_EQ(out,
            "<div class=n role=note title=\"Ann &quot;A&quot;: first\nsecond &lt;b&gt;\" "
            "style=\"left:10pt;top:60pt;width:20pt;height:20pt\"></div>\n");
}

TEST(HtmlNotes, an_attached_file_is_saved_under_its_name_without_folders) {
  std::string out;
  append_attachments(out, {{"../..\\a\"b.txt", "what it is", "data:application/octet-stream;base64,AA=="}});
  EXPECT_NE(
      out.find(
          "<a download=\"a&quot;b.txt\" href=\"data:application/octet-stream;base64,AA==\">a&quot;b.txt</a>"),
      std::string::npos)
      << out;
  EXPECT_NE(out.find("what it is"), std::string::npos);
}

TEST(HtmlNotes, a_file_that_could_not_be_passed_on_is_named_without_a_link) {
  std::string out;
  append_attachments(out, {{"big.bin", "", ""}, {"", "", ""}});
  EXPECT_NE(out.find("<li>big.bin</li>\n<li>attachment</li>"), std::string::npos) << out;
  out.clear();
  append_attachments(out, {});
  EXPECT_EQ(out, "");
}

}  // namespace
}  // namespace ode::exporter
