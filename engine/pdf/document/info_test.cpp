// Information, layers, attachments, fonts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/pdf/document/document.h"
#include "tests/support/pdf_builder.h"

namespace ode::pdf {
namespace {

using ode::testing::PdfBuilder;
using ::testing::ElementsAre;

std::unique_ptr<Document> open(const PdfBuilder& pdf) {
  Result<std::unique_ptr<Document>> document = Document::open(pdf.bytes(), {});
  EXPECT_TRUE(document.ok());
  return document ? std::move(*document) : nullptr;
}

TEST(DocumentInformation, MetadataIsUtf8AndDatesAreIso) {
  PdfBuilder pdf;
  pdf.page("");
  const int info = pdf.object(
      "<< /Title <FEFF00410391> /Author (Jos\\351) /CreationDate (D:20200131235959+02'00') /Trapped /True "
      "/Odd 3 >>");
  pdf.trailer("/Info " + pdf.ref(info));
  const Information information = open(pdf)->information();
  EXPECT_EQ(information.metadata,
            (std::map<std::string, std::string>{{"Title", "AΑ"},
                                                {"Author", "José"},
                                                {"CreationDate", "2020-01-31T23:59:59+02:00"},
                                                {"Trapped", "True"}}));
  EXPECT_EQ(information.pdf_version, "1.7");
  EXPECT_FALSE(information.encrypted);
  EXPECT_EQ(information.encryption, "");
  EXPECT_FALSE(information.tagged || information.has_forms || information.has_javascript ||
               information.linearized);
  EXPECT_TRUE(information.may_print && information.may_copy && information.may_change &&
              information.may_annotate);
}

TEST(DocumentInformation, TheCatalogMayRaiseTheVersion) {
  PdfBuilder pdf;
  pdf.page("");
  pdf.catalog("/Version /2.0");
  EXPECT_EQ(open(pdf)->information().pdf_version, "2.0");
}

TEST(DocumentInformation, TagsFormsAndScriptsAreFound) {
  PdfBuilder pdf;
  pdf.page("");
  const int names = pdf.object("<< /Names [(a) << /S /JavaScript /JS (1) >>] >>");
  pdf.catalog("/MarkInfo << /Marked true >> /AcroForm << /Fields [1 0 R] >> /Names << /JavaScript " +
              pdf.ref(names) + " >>");
  const Information information = open(pdf)->information();
  EXPECT_TRUE(information.tagged && information.has_forms && information.has_javascript);

  PdfBuilder action;
  action.page("");
  action.catalog("/OpenAction << /S /JavaScript /JS (1) >>");
  EXPECT_TRUE(open(action)->information().has_javascript);

  PdfBuilder field;
  field.page("");
  const int parent = field.reserve();
  field.define(parent,
               "<< /Kids [" + field.ref(parent) + " << /AA << /K << /S /JavaScript /JS (1) >> >> >>] >>");
  field.catalog("/AcroForm << /Fields [" + field.ref(parent) + "] >>");
  EXPECT_TRUE(open(field)->information().has_javascript);
}

TEST(DocumentLayers, LayersCanBeSwitched) {
  PdfBuilder pdf;
  const int a = pdf.object("<< /Type /OCG /Name (Plan) >>");
  const int b = pdf.object("<< /Type /OCG /Name <FEFF00C4> >>");
  pdf.page("");
  const std::string both = pdf.ref(a) + " " + pdf.ref(b);
  pdf.catalog("/OCProperties << /OCGs [" + both + " " + pdf.ref(a) + "] /D << /OFF [" + pdf.ref(b) +
              "] /RBGroups [[" + both + "]] >> >>");
  const auto document = open(pdf);
  std::vector<Layer> layers = document->layers();
  ASSERT_EQ(layers.size(), 2U) << "each once";
  EXPECT_EQ(layers[0].name, "Plan");
  EXPECT_EQ(layers[1].name, "Ä");
  EXPECT_EQ(layers[1].object, b);
  EXPECT_TRUE(layers[0].visible);
  EXPECT_FALSE(layers[1].visible);
  ASSERT_TRUE(document->set_layer_visible(1, true).ok());
  layers = document->layers();
  EXPECT_FALSE(layers[0].visible) << "radio buttons: one at a time";
  EXPECT_TRUE(layers[1].visible);
  ASSERT_TRUE(document->set_layer_visible(1, false).ok());
  EXPECT_FALSE(document->layers()[1].visible);
  EXPECT_FALSE(document->set_layer_visible(2, true).ok());
  EXPECT_FALSE(document->set_layer_visible(-1, true).ok());
}

TEST(DocumentLayers, DocumentsWithoutLayersHaveNone) {
  PdfBuilder pdf;
  pdf.page("");
  EXPECT_TRUE(open(pdf)->layers().empty());
  EXPECT_FALSE(open(pdf)->set_layer_visible(0, true).ok());
}

TEST(DocumentAttachments, FilesOfTheNameTreeAndOfAnnotationsAreFoundOnce) {
  PdfBuilder pdf;
  const int first = pdf.stream("hello", "/Subtype /text#2Fplain /Params << /Size 5 >>");
  const int second = pdf.stream("world!", "");
  const int spec = pdf.object("<< /F (a.txt) /UF <FEFF00E4002E0074> /Desc (greeting) /EF << /F " +
                              pdf.ref(first) + " >> >>");
  const int annot = pdf.object("<< /Subtype /FileAttachment /Rect [0 0 9 9] /FS << /F (b.bin) /EF << /F " +
                               pdf.ref(second) + " >> >> >>");
  const int again = pdf.object("<< /Subtype /FileAttachment /Rect [0 0 9 9] /FS " + pdf.ref(spec) + " >>");
  pdf.page("", "/Annots [" + pdf.ref(annot) + " " + pdf.ref(again) + "]");
  pdf.catalog("/Names << /EmbeddedFiles << /Names [(x) " + pdf.ref(spec) + "] >> >>");
  const auto document = open(pdf);
  const std::vector<Attachment> attachments = document->attachments();
  ASSERT_EQ(attachments.size(), 2U);
  EXPECT_EQ(attachments[0].name, "ä.t");
  EXPECT_EQ(attachments[0].description, "greeting");
  EXPECT_EQ(attachments[0].mime_type, "text/plain");
  EXPECT_EQ(attachments[0].size_bytes, 5U);
  EXPECT_EQ(attachments[1].name, "b.bin");
  EXPECT_EQ(attachments[1].size_bytes, 6U);
  EXPECT_EQ(attachments[1].index, 1);
  EXPECT_EQ(as_chars(document->attachment_bytes(1).value().view()), "world!");
  EXPECT_FALSE(document->attachment_bytes(2).ok());
  EXPECT_FALSE(document->attachment_bytes(-1).ok());
}

TEST(DocumentAttachments, LoopsInNameTreesEnd) {
  PdfBuilder pdf;
  const int node = pdf.reserve();
  const int file = pdf.stream("x");
  pdf.define(node, "<< /Kids [" + pdf.ref(node) + " " + pdf.ref(node) + "] /Names [(n) << /EF << /F " +
                       pdf.ref(file) + " >> >>] >>");
  pdf.page("");
  pdf.catalog("/Names << /EmbeddedFiles " + pdf.ref(node) + " >>");
  const std::vector<Attachment> attachments = open(pdf)->attachments();
  ASSERT_EQ(attachments.size(), 1U);
  EXPECT_EQ(attachments[0].name, "n") << "the key, when the specification has no name";
}

TEST(DocumentFonts, FontsOfNestedFormsAreListedOnce) {
  PdfBuilder pdf;
  const int helvetica =
      pdf.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  const int program = pdf.stream("", "/Subtype /CIDFontType0C");
  const int cmap = pdf.stream("");
  const int composite = pdf.object(
      "<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+Kai /Encoding /Identity-H /ToUnicode " +
      pdf.ref(cmap) + " /DescendantFonts [<< /Subtype /CIDFontType0 /FontDescriptor << /FontFile3 " +
      pdf.ref(program) + " >> >>] >>");
  const int form = pdf.reserve();
  pdf.define_stream(form, "",
                    "/Subtype /Form /Resources << /Font << /A " + pdf.ref(composite) + " /B " +
                        pdf.ref(helvetica) + " >> /XObject << /Loop " + pdf.ref(form) + " >> >>");
  pdf.page("", "/Resources << /Font << /F " + pdf.ref(helvetica) + " >> /XObject << /X " + pdf.ref(form) +
                   " >> >>");
  const std::vector<FontInfo> fonts = open(pdf)->fonts(0, 1);
  ASSERT_EQ(fonts.size(), 2U);
  EXPECT_EQ(fonts[0].name, "Helvetica");
  EXPECT_EQ(fonts[0].type, "Type 1");
  EXPECT_EQ(fonts[0].encoding, "WinAnsi");
  EXPECT_FALSE(fonts[0].embedded || fonts[0].subset || fonts[0].has_to_unicode);
  EXPECT_EQ(fonts[1].name, "ABCDEF+Kai");
  EXPECT_EQ(fonts[1].type, "CID Type 0C");
  EXPECT_EQ(fonts[1].encoding, "Identity-H");
  EXPECT_TRUE(fonts[1].embedded && fonts[1].subset && fonts[1].has_to_unicode);
  EXPECT_EQ(fonts[1].object, composite);
  EXPECT_TRUE(open(pdf)->fonts(1, 5).empty());
}

}  // namespace
}  // namespace ode::pdf
