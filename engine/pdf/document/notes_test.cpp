// Document::notes.
#include <gtest/gtest.h>

#include "engine/base/limits.h"
#include "engine/pdf/document/document.h"
#include "tests/support/pdf_builder.h"

namespace ode::pdf {
namespace {

using ode::testing::PdfBuilder;

std::vector<Note> notes_of(const std::string& annotations) {
  PdfBuilder pdf;
  pdf.page("", "/CropBox [10 10 110 110] /Annots [" + annotations + "]");
  Result<std::unique_ptr<Document>> document = Document::open(pdf.bytes(), {});
  EXPECT_TRUE(document.ok());
  return document ? (*document)->notes(0) : std::vector<Note>{};
}

TEST(DocumentNotes, texts_of_markup_annotations_are_read_with_author_and_place) {
  const std::vector<Note> notes = notes_of(
      "<< /Subtype /Text /Rect [20 30 40 50] /T (Ann) /Contents (one\\rtwo\\r\\nthree\\n) >>"
      "<< /Subtype /Highlight /Rect [0 0 1 1] /Contents <FEFF0391> >>");
  ASSERT_EQ(notes.size(), 2u);
  EXPECT_EQ(notes[0].kind, "Text");
  EXPECT_EQ(notes[0].author, "Ann");
  EXPECT_EQ(notes[0].text, "one\ntwo\nthree");
  EXPECT_EQ(notes[0].area, (Rect{10, 20, 30, 40}));
  EXPECT_EQ(notes[1].text, "\u0391");
}

TEST(DocumentNotes, what_says_nothing_or_is_not_to_be_seen_is_no_note) {
  EXPECT_TRUE(notes_of("<< /Subtype /Text /Rect [0 0 1 1] /Contents ( \\n) >>"
                       "<< /Subtype /Text /Rect [0 0 1 1] /F 2 /Contents (hidden) >>"
                       "<< /Subtype /Text /Contents (nowhere) >>"
                       "<< /Subtype /FreeText /Rect [0 0 1 1] /Contents (is on the page) >>"
                       "<< /Subtype /Link /Rect [0 0 1 1] /Contents (is a link) >> 7 null")
                  .empty());
}

TEST(DocumentNotes, their_texts_are_bounded) {
  std::string annotations;
  const std::string text(std::size_t{1} << 20, 'x');
  for (int i = 0; i < 6; ++i) annotations += "<< /Subtype /Text /Rect [0 0 1 1] /Contents (" + text + ") >>";
  EXPECT_EQ(notes_of(annotations).size(), kNoteBytesMax >> 20);
}

}  // namespace
}  // namespace ode::pdf
