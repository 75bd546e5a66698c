#include "engine/pdf/objects/object_streams.h"

#include <Lexer.h>
#include <Parser.h>
#include <Stream.h>
#include <gtest/gtest.h>

#include "engine/pdf/objects/page_tree.h"
#include "engine/pdf/objects/read.h"
#include "tests/support/appearances.h"

namespace ode::pdf {
namespace {

using testing::OpenContext;

std::string describe(const Object& object);

std::string describe_entries(const Object& object) {
  std::string text;
  if (object.isArray()) {
    for (int i = 0; i < object.arrayGetLength(); ++i) text += describe(object.arrayGetNF(i)) + " ";
    return "[ " + text + "]";
  }
  for (int i = 0; i < object.dictGetLength(); ++i)
    text += std::string(object.dictGetKey(i)) + "=" + describe(object.dictGetValNF(i)) + " ";
  return "<< " + text + ">>";
}

/// With the type, and numbers to the last bit.
std::string describe(const Object& object) {
  if (object.isArray() || object.isDict()) return describe_entries(object);
  if (object.isRef()) return std::to_string(object.getRefNum()) + "_" + std::to_string(object.getRefGen());
  if (object.isName()) return std::string("/") + object.getName();
  if (object.isString()) return "(" + object.getString()->toStr() + ")";
  if (object.isInt()) return std::to_string(object.getInt());
  if (object.isBool()) return object.getBool() ? "true" : "false";
  if (!object.isReal()) return object.getTypeName();
  char number[40];
  std::snprintf(number, sizeof number, "%a", object.getNum());
  return number;
}

std::string popplers(const std::string& text) {
  Parser parser(nullptr, new MemStream(text.data(), 0, static_cast<Goffset>(text.size()), Object(objNull)),
                false);
  return describe(parser.getObj());
}

TEST(ObjectStreams, PlainObjectsAreWhatPopplerReads) {
  for (const std::string text :
       {"17 ", "-4 ", ".1 ", "-.35 ", "3.14159265 ", "595.276 ", "0.1234567890123 ", "5. ", "true ", "null ",
        "/Name ", "/A#20B ", "(text) ", "(a (b) \\(c \\101\\n\\\\) ", "<48 65 6C 6> ", "<> ",
        "[1 2 0 R 3 4 5.5]",
        "<</Type/Font/Widths[ 500 -2.25 ]/First 3/Desc 12 0 R/X<</Y null/Z[[] /W]>>>>"}) {
    Object object;
    ASSERT_TRUE(read_plain_object(text, nullptr, object)) << text;
    EXPECT_EQ(describe(object), popplers(text)) << text;
  }
}

TEST(ObjectStreams, AnythingUnusualIsDeclined) {
  for (const std::string_view text : {"",
                                      "1234567890",
                                      "1e5",
                                      "1-2",
                                      "--1",
                                      "+1",
                                      "1.2.3",
                                      "0 0 R",
                                      "/",
                                      "/A#0",
                                      "/A#00",
                                      "(open",
                                      "(a\rb)",
                                      "(\\x)",
                                      "<4x>",
                                      "<48",
                                      "[1 2",
                                      "<</A",
                                      "<</A 1",
                                      "<< 1 2 >>",
                                      "<</A >>",
                                      "foo",
                                      "[1 % comment\n]",
                                      "{1}"}) {
    Object object;
    EXPECT_FALSE(read_plain_object(text, nullptr, object)) << text;
  }
  Object object;
  EXPECT_FALSE(read_plain_object(std::string(70, '[') + std::string(70, ']'), nullptr, object));
}

/// A document whose catalogue (1), page tree (2) and page (3) are in object stream 4; `page` is the page's
/// text.
SharedBytes document_of(const std::string& page) {
  const std::string objects[] = {"<</Type/Catalog/Pages 2 0 R>> ", "<</Type/Pages/Kids[3 0 R]/Count 1>> ",
                                 page};
  std::string header, body;
  for (int i = 0; i < 3; ++i) {
    header += std::to_string(i + 1) + " " + std::to_string(body.size()) + " ";
    body += objects[i];
  }
  std::string pdf = "%PDF-1.5\n";
  const auto stream = [&](int number, const std::string& entries, const std::string& data) {
    const std::size_t at = pdf.size();
    pdf += std::to_string(number) + " 0 obj\n<<" + entries + "/Length " + std::to_string(data.size()) +
           ">>stream\n" + data + "\nendstream\nendobj\n";
    return at;
  };
  const std::size_t objects_at =
      stream(4, "/Type/ObjStm/N 3/First " + std::to_string(header.size()), header + body);
  const std::size_t content_at = stream(5, "", "1 0 0 rg 2 3 4 5 re f");
  const std::size_t table_at = pdf.size();
  std::string table;
  const auto row = [&](int type, std::size_t a, int b) {
    table += {static_cast<char>(type), static_cast<char>(a >> 8), static_cast<char>(a), static_cast<char>(b)};
  };
  row(0, 0, 0), row(2, 4, 0), row(2, 4, 1), row(2, 4, 2), row(1, objects_at, 0), row(1, content_at, 0);
  row(1, table_at, 0);
  stream(6, "/Type/XRef/Size 7/W[1 2 1]/Root 1 0 R", table);
  return testing::PdfBuilder::to_bytes(pdf + "startxref\n" + std::to_string(table_at) + "\n%%EOF\n");
}

/// The width of the page's box, read through the page tree.
double page_width(Context& context) {
  const PageNode* page = page_tree(context).find(0);
  const auto box = page != nullptr ? rect_of(page->media_box) : std::nullopt;
  return box ? box->width() : 0;
}

TEST(ObjectStreams, ObjectsArePutWherePopplerLooksFirst) {
  OpenContext open(document_of("<</Type/Page/MediaBox[0 0 70 80]/Contents 5 0 R>>"));
  EXPECT_EQ(page_width(open.context), 70);
  EXPECT_TRUE(open.context.xref()->getEntry(3)->obj.isDict());
  open.context.object_streams.reset();
  EXPECT_TRUE(open.context.xref()->getEntry(3)->obj.isNull());
  EXPECT_TRUE(open.context.xref()->fetch(3, 0).isDict());
}

TEST(ObjectStreams, AStreamWithCommentsIsLeftToPoppler) {
  OpenContext open(document_of("<</Type/Page % a comment\n/MediaBox[0 0 70 80]/Contents 5 0 R>>"));
  EXPECT_EQ(page_width(open.context), 70);
  for (const int number : {1, 2, 3})
    EXPECT_TRUE(open.context.xref()->getEntry(number)->obj.isNull()) << number;
}

}  // namespace
}  // namespace ode::pdf
