// Fonts: which glyph, which width and which text a code gives.
#include "engine/pdf/fonts/font.h"

#include <gtest/gtest.h>

#include <Stream.h>

#include <map>

#include "engine/fonts/test_sfnt.h"
#include "engine/pdf/objects/poppler_globals.h"
#include "engine/pdf/objects/read.h"
#include "engine/platform/file.h"
#include "tests/support/pdf_builder.h"

namespace ode::pdf {
namespace {

namespace sfnt = fonts::testing;
using testing::PdfBuilder;

/// An open document and one of its fonts.
struct Loaded {
  std::unique_ptr<Context> context;
  Diagnostics diagnostics;
  std::shared_ptr<const Font> font;
  std::vector<ShownChar> shown;

  const std::vector<ShownChar>& show(std::string_view string) {
    font->show(string, shown);
    return shown;
  }
  std::uint32_t glyph(char code) { return show(std::string_view(&code, 1))[0].glyph_id; }
};

std::unique_ptr<Loaded> load(const PdfBuilder& pdf, int number) {
  ensure_poppler_globals();
  auto loaded = std::make_unique<Loaded>();
  loaded->context = std::make_unique<Context>();
  Context& context = *loaded->context;
  context.bytes = pdf.bytes();
  auto pack = fonts::open_font_pack(ODE_FONT_PACK_DIR);
  EXPECT_TRUE(pack.ok());
  if (pack) context.fonts = std::move(*pack);
  context.diagnostics = &loaded->diagnostics;
  char* begin = const_cast<char*>(as_chars(context.bytes.view()).data());  // poppler only reads
  context.poppler = std::make_unique<PDFDoc>(
      new MemStream(begin, 0, static_cast<Goffset>(context.bytes.size()), Object(objNull)));
  const Ref ref{number, 0};
  auto font = Font::load(context, context.xref()->fetch(ref), ref);
  EXPECT_TRUE(font.ok()) << (font ? "" : to_string(font.error()));
  if (font) loaded->font = *font;
  return loaded;
}

std::unique_ptr<Loaded> load(const std::string& dictionary) {
  PdfBuilder pdf;
  const int number = pdf.object(dictionary);
  pdf.page("");
  return load(pdf, number);
}

/// A TrueType font with this program; `descriptor` and `entries` go into the dictionaries.
std::unique_ptr<Loaded> load_truetype(const std::string& program, const std::string& descriptor,
                                      const std::string& entries) {
  PdfBuilder pdf;
  const int file = pdf.stream(program);
  const int description = pdf.object("<< /Type /FontDescriptor /FontName /Test " + descriptor +
                                     " /FontFile2 " + pdf.ref(file) + " >>");
  const int font = pdf.object("<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Test /FontDescriptor " +
                              pdf.ref(description) + " " + entries + " >>");
  pdf.page("");
  return load(pdf, font);
}

std::string three_glyphs(const std::string& cmap) {
  return sfnt::build(
      {.glyphs = {sfnt::triangle(100, 100), sfnt::triangle(200, 200), sfnt::triangle(300, 300)},
       .cmap = cmap});
}

TEST(Font, StandardFontsHaveTheirWidthsWithoutADictionaryOfThem) {
  auto helvetica = load("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  ASSERT_NE(helvetica->font, nullptr);
  const auto& shown = helvetica->show("A ");
  ASSERT_EQ(shown.size(), 2u);
  EXPECT_DOUBLE_EQ(shown[0].advance, 0.667);
  EXPECT_DOUBLE_EQ(shown[1].advance, 0.278);
  EXPECT_EQ(shown[0].x_scale, 1);
  EXPECT_EQ(shown[0].text[0], U'A');
  const display::RunFont& run_font = helvetica->font->run_font();
  EXPECT_TRUE(run_font.substituted);
  EXPECT_EQ(run_font.face->name(), "NimbusSans-Regular");
  EXPECT_EQ(run_font.face->glyph_name(shown[0].glyph_id), "A");
  EXPECT_TRUE(helvetica->diagnostics.empty());
}

TEST(Font, DifferencesNameGlyphs) {
  auto font = load(
      "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Bold /Encoding << /BaseEncoding /WinAnsiEncoding "
      "/Differences [65 /Zcaron /uni20AC /nbspace] >> >>");
  ASSERT_NE(font->font, nullptr);
  const fonts::Face& face = *font->font->run_font().face;
  EXPECT_EQ(face.name(), "NimbusRoman-Bold");
  EXPECT_EQ(face.glyph_name(font->glyph('A')), "Zcaron");
  EXPECT_EQ(face.glyph_name(font->glyph('B')), "Euro");
  EXPECT_EQ(face.glyph_name(font->glyph('C')), "space");
  EXPECT_EQ(face.glyph_name(font->glyph('D')), "D");
}

TEST(Font, SymbolFontsUseTheirOwnEncodings) {
  auto symbol = load("<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>");
  auto dingbats = load("<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>");
  EXPECT_EQ(symbol->font->run_font().face->glyph_name(symbol->glyph('a')), "alpha");
  EXPECT_EQ(dingbats->font->run_font().face->glyph_name(dingbats->glyph('4')), "a20");
}

TEST(Font, WingdingsAreDrawnWithWhatUnicodeHas) {
  auto font = load("<< /Type /Font /Subtype /TrueType /BaseFont /Wingdings /Encoding /WinAnsiEncoding >>");
  const ShownChar check = font->show("\xFC")[0];
  EXPECT_EQ(check.glyph_id, font->font->run_font(check.face_index).face->glyph_of_unicode(0x2713));
}

TEST(Font, SubstitutesAreFittedToTheWidthsOfTheDocument) {
  auto font = load(
      "<< /Type /Font /Subtype /TrueType /BaseFont /Tahoma /Encoding /WinAnsiEncoding /FirstChar 65 "
      "/LastChar 66 "
      "/Widths [333.5 667] >>");
  EXPECT_FLOAT_EQ(font->show("A")[0].x_scale, 0.5f);
  EXPECT_FLOAT_EQ(font->show("B")[0].x_scale, 1);
}

TEST(Font, CharactersThatTheSubstituteLacksComeFromAnotherFace) {
  auto font = load(
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [65 /A /uni05D0 "
      "/uni4E2D /uniFFFE] "
      ">> >>");
  const auto shown = font->show("ABCD");
  EXPECT_EQ(shown[0].face_index, 0);
  EXPECT_NE(shown[1].face_index, 0);
  EXPECT_NE(shown[2].face_index, shown[1].face_index);
  EXPECT_EQ(shown[3].glyph_id, kNoGlyph);
  ASSERT_EQ(font->font->face_count(), 3u);
  EXPECT_EQ(font->font->run_font(1).face->glyph_of_unicode(0x05D0), shown[1].glyph_id);
}

TEST(Font, NonSymbolicTrueTypeGoesByNamesAndUnicode) {
  auto font = load_truetype(three_glyphs(sfnt::cmap_run(3, 1, 'x', 2)), "/Flags 32",
                            "/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [65 /x] >>");
  EXPECT_EQ(font->glyph('A'), 1u);
  EXPECT_EQ(font->glyph('y'), 2u);
  EXPECT_EQ(font->glyph('z'), 0u);
  EXPECT_FALSE(font->font->run_font().substituted);
  EXPECT_EQ(font->font->run_font().name, "ABCDEF+Test");
}

TEST(Font, NamesGoThroughMacRomanWhereThereIsNoUnicode) {
  // 0x8A is adieresis in MacRoman, 0xE4 in WinAnsi.
  auto font = load_truetype(three_glyphs(sfnt::cmap_table(1, 0, {{0x8A, 2}})), "/Flags 32",
                            "/Encoding /WinAnsiEncoding");
  EXPECT_EQ(font->glyph('\xE4'), 2u);
}

TEST(Font, SymbolicTrueTypeGoesByCodes) {
  auto symbol = load_truetype(three_glyphs(sfnt::cmap_run(3, 0, 0xF041, 2)), "/Flags 4", "");
  EXPECT_EQ(symbol->glyph('A'), 1u);
  EXPECT_EQ(symbol->glyph('B'), 2u);
  auto mac = load_truetype(three_glyphs(sfnt::cmap_table(1, 0, {{'q', 2}})), "/Flags 4", "");
  EXPECT_EQ(mac->glyph('q'), 2u);
}

TEST(Font, CodesAreGlyphsWhereThereIsNoMapAtAll) {
  auto font = load_truetype(three_glyphs(""), "/Flags 4", "");
  EXPECT_EQ(font->glyph('\x02'), 2u);
}

TEST(Font, SpacesThatASubsetLeftOutDrawNothing) {
  auto font =
      load_truetype(three_glyphs(sfnt::cmap_run(3, 1, 'x', 2)), "/Flags 32", "/Encoding /WinAnsiEncoding");
  EXPECT_EQ(font->glyph(' '), kNoGlyph);
}

TEST(Font, ProgramsThatCannotBeReadAreSubstitutedWithADiagnostic) {
  auto font = load_truetype("no font at all, but rather long", "/Flags 34", "/Encoding /WinAnsiEncoding");
  ASSERT_NE(font->font, nullptr);
  EXPECT_TRUE(font->font->run_font().substituted);
  EXPECT_EQ(font->font->run_font().face->name(), "NimbusRoman-Regular");
  ASSERT_EQ(font->diagnostics.items().size(), 1u);
  EXPECT_EQ(font->diagnostics.items()[0].kind, ErrorKind::malformed);
}

TEST(Font, FontsAndProgramsAreLoadedOncePerDocument) {
  auto font = load_truetype(three_glyphs(""), "/Flags 4", "");
  const Ref ref{font->font->run_font().object, 0};
  auto again = Font::load(*font->context, font->context->xref()->fetch(ref), ref);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again, font->font);
  EXPECT_EQ(font->context->faces.size(), 1u);
}

TEST(Font, DictionariesThatAreNoFontAreErrors) {
  auto none = load("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  const auto font = Font::load(*none->context, Object(1), Ref::INVALID());
  ASSERT_FALSE(font.ok());
  EXPECT_EQ(font.error().kind, ErrorKind::malformed);
}

TEST(Font, CompositeFontsWithoutDescendantsAreDrawnAsAStandardFont) {
  auto font = load("<< /Type /Font /Subtype /Type0 /BaseFont /Courier /Encoding /Identity-H >>");
  ASSERT_NE(font->font, nullptr);
  EXPECT_EQ(font->font->run_font().face->name(), "NimbusMonoPS-Regular");
}

TEST(Font, TypeThreeFontsGiveTheirProceduresAndScaledWidths) {
  PdfBuilder pdf;
  const int proc = pdf.stream("1000 0 d0 0 0 1 1 re f");
  const int number = pdf.object(
      "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 10 10] /FontMatrix [0.1 0 0 0.2 0 0] /FirstChar 97 "
      "/LastChar 98 "
      "/Widths [5 7] /Encoding << /Differences [97 /square /missing] >> /Resources << /Marker 17 >> "
      "/CharProcs << /square " +
      pdf.ref(proc) + " >> >>");
  pdf.page("");
  auto font = load(pdf, number);
  ASSERT_TRUE(font->font->type3());
  EXPECT_EQ(font->font->font_matrix(), (Matrix{0.1, 0, 0, 0.2, 0, 0}));
  EXPECT_DOUBLE_EQ(font->show("a")[0].advance, 0.5);
  Ref ref = Ref::INVALID();
  EXPECT_TRUE(font->font->char_proc('a', ref).isStream());
  EXPECT_EQ(ref.num, proc);
  EXPECT_TRUE(font->font->char_proc('b', ref).isNull());
  EXPECT_TRUE(font->font->char_proc(70'000, ref).isNull());
  EXPECT_EQ(int_or(entry(font->font->type3_resources(), "Marker"), 0), 17);
}

/// A composite font over `program`; entries of the Type 0 dictionary and of its descendant.
std::unique_ptr<Loaded> load_composite(const std::string& program, const std::string& entries,
                                       const std::string& descendant) {
  PdfBuilder pdf;
  const int file = pdf.stream(program);
  const std::string embedded = program.empty() ? "" : "/FontFile2 " + pdf.ref(file);
  const int description = pdf.object("<< /Type /FontDescriptor /FontName /Test /Flags 4 " + embedded + " >>");
  const int cid_font = pdf.object("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Test /FontDescriptor " +
                                  pdf.ref(description) + " " + descendant + " >>");
  const int font = pdf.object("<< /Type /Font /Subtype /Type0 /BaseFont /Test /DescendantFonts [" +
                              pdf.ref(cid_font) + "] " + entries + " >>");
  pdf.page("");
  return load(pdf, font);
}

/// A symbolic Type 1 font with the program of the pack's Symbol.
std::unique_ptr<Loaded> load_symbol(const std::string& entries, const std::string& to_unicode = "") {
  auto program = platform::map_file(ODE_FONT_PACK_DIR "/StandardSymbolsPS.otf");
  EXPECT_TRUE(program.ok());
  PdfBuilder pdf;
  const int file = pdf.stream(as_chars(program->view()), "/Subtype /OpenType");
  const int map = pdf.stream(to_unicode);
  const int description =
      pdf.object("<< /Type /FontDescriptor /FontName /Test /Flags 4 /FontFile3 " + pdf.ref(file) + " >>");
  const int number = pdf.object("<< /Type /Font /Subtype /Type1 /BaseFont /Test " + entries +
                                (to_unicode.empty() ? "" : " /ToUnicode " + pdf.ref(map)) + " /FontDescriptor " +
                                pdf.ref(description) + " >>");
  pdf.page("");
  return load(pdf, number);
}

TEST(Font, TypeOneProgramsKnowTheirOwnEncoding) {
  auto font = load_symbol("/Encoding << /Differences [66 /omega] >>");
  const fonts::Face& face = *font->font->run_font().face;
  EXPECT_FALSE(font->font->run_font().substituted);
  EXPECT_EQ(face.glyph_name(font->glyph('a')), "alpha");
  EXPECT_EQ(font->shown[0].text_length, 1);
  EXPECT_EQ(font->shown[0].text[0], U'\u03B1');
  EXPECT_EQ(face.glyph_name(font->glyph('B')), "omega");
  EXPECT_EQ(font->shown[0].text[0], U'\u03C9');
}

TEST(Font, NamesTellTheTextOfCodesThatToUnicodeLeavesOut) {
  auto font = load_symbol("", "1 beginbfchar <62> <0042> endbfchar 1 beginbfrange <64> <65> [<0058> <0059>] endbfrange");
  const auto text = [&](char code) {
    font->glyph(code);
    return font->shown[0].text_length == 1 ? font->shown[0].text[0] : U'?';
  };
  EXPECT_EQ(text('a'), U'\u03B1') << "the program's";
  EXPECT_EQ(text('b'), U'B');
  EXPECT_EQ(text('c'), U'\u03C7');
  EXPECT_EQ(text('d'), U'X');
  EXPECT_EQ(text('e'), U'Y');
}

TEST(Font, TheCodeOfWordSpacingIsASpaceWhereNothingSaysOtherwise) {
  auto font = load("<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding << /Differences [32 /g1 /g2] >> >>");
  font->glyph(' ');
  ASSERT_EQ(font->shown[0].text_length, 1);
  EXPECT_EQ(font->shown[0].text[0], U' ');
}

const std::string kIdentity = "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> ";

TEST(Font, CompositeCodesAreTwoBytesAndGlyphIds) {
  auto font = load_composite(three_glyphs(""), "/Encoding /Identity-H", kIdentity + "/DW 500 /W [2 [250]]");
  for (int round = 0; round < 2; ++round) {  // the second from what the first found
    const auto& shown = font->show(std::string_view("\0\1\0\2", 4));
    ASSERT_EQ(shown.size(), 2u);
    EXPECT_EQ(shown[0].glyph_id, 1u);
    EXPECT_EQ(shown[0].code_bytes, 2);
    EXPECT_EQ(shown[1].code, 2u);
    EXPECT_DOUBLE_EQ(shown[0].advance, 0.5);
    EXPECT_DOUBLE_EQ(shown[1].advance, 0.25);
  }
}

TEST(Font, CompositeFontsWithoutAnEncodingTakeTwoBytes) {
  auto font = load_composite(three_glyphs(""), "", kIdentity);
  EXPECT_EQ(font->show(std::string_view("\0\2", 2))[0].glyph_id, 2u);
  EXPECT_EQ(font->diagnostics.items().size(), 1u);
}

TEST(Font, OddBytesAtTheEndOfAStringAreOneCharacter) {
  auto font = load_composite(three_glyphs(""), "/Encoding /Identity-H", kIdentity);
  const auto& shown = font->show(std::string_view("\0\1\0", 3));
  ASSERT_EQ(shown.size(), 2u);
  EXPECT_EQ(shown[1].code_bytes, 1);
}

TEST(Font, VerticalFontsAdvanceDownwardsFromAShiftedOrigin) {
  auto font =
      load_composite(three_glyphs(""), "/Encoding /Identity-V", kIdentity + "/DW 600 /DW2 [880 -900]");
  ASSERT_TRUE(font->font->vertical());
  const ShownChar shown = font->show(std::string_view("\0\1", 2))[0];
  EXPECT_DOUBLE_EQ(shown.advance, -0.9);
  EXPECT_DOUBLE_EQ(shown.origin_x, 0.3);
  EXPECT_DOUBLE_EQ(shown.origin_y, 0.88);
}

TEST(Font, CompositeFontsThatAreNotEmbeddedGoByUnicode) {
  PdfBuilder pdf;
  const int map = pdf.stream(
      "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <FFFF> "
      "endcodespacerange 1 beginbfchar <0003> <4E2D> endbfchar endcmap end end");
  const int cid_font =
      pdf.object("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Some,Bold " + kIdentity + " >>");
  const int number =
      pdf.object("<< /Type /Font /Subtype /Type0 /BaseFont /Some,Bold /Encoding /Identity-H /ToUnicode " +
                 pdf.ref(map) + " /DescendantFonts [" + pdf.ref(cid_font) + "] >>");
  pdf.page("");
  auto font = load(pdf, number);
  const ShownChar shown = font->show(std::string_view("\0\3", 2))[0];
  ASSERT_EQ(shown.text_length, 1);
  EXPECT_EQ(shown.text[0], U'中');
  const display::RunFont& run_font = font->font->run_font(shown.face_index);
  EXPECT_EQ(run_font.face->glyph_of_unicode(U'中'), shown.glyph_id);
  EXPECT_GT(run_font.embolden_em, 0);
}

TEST(Font, GlyphIdsOfFontsThatAreNotThereAreReadInTheirUsualOrder) {
  auto font = load_composite("", "/Encoding /Identity-H", kIdentity);
  const ShownChar shown = font->show(std::string_view("\0\44", 2))[0];
  ASSERT_EQ(shown.text_length, 1);
  EXPECT_EQ(shown.text[0], U'A');
  EXPECT_EQ(shown.glyph_id, font->font->run_font().face->glyph_of_unicode('A'));
}

}  // namespace
}  // namespace ode::pdf
