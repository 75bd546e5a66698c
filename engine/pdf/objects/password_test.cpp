// The forms a typed password may have in a file.
#include "engine/pdf/objects/password.h"

#include <gmock/gmock.h>

#include "engine/pdf/testing.h"

namespace ode::pdf {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

TEST(Password, OfAsciiIsTriedOnce) { EXPECT_THAT(password_candidates("sesame"), ElementsAre("sesame")); }

TEST(Password, IsPreparedForRevision6) {
  EXPECT_THAT(password_candidates("S\u00aaSL\u00adprep"), Contains("SaSLprep"));
  EXPECT_THAT(password_candidates("a\u3000b\u2168"), Contains("a bIX"));
  // Decomposed letters are composed.
  EXPECT_THAT(password_candidates("ho\u0302tel"), Contains("h\u00f4tel"));
}

TEST(Password, OfOlderRevisionsIsOneByteACharacter) {
  EXPECT_THAT(password_candidates("gar\u00e7on"), ElementsAre("gar\u00e7on", "gar\xe7on"));
  EXPECT_THAT(password_candidates("1\u20ac"), ElementsAre("1\u20ac", "1\xa0"));
}

TEST(Password, DamagedUtf8IsTriedAsItIs) {
  EXPECT_THAT(password_candidates("\xe7"), Contains("\xe7"));
  EXPECT_THAT(password_candidates(""), ElementsAre(""));
}

TEST(Password, DoesNotOpenWhatIsEncryptedForCertificates) {
  testing::PdfBuilder pdf;
  pdf.page("");
  pdf.trailer("/ID [<00> <00>] /Encrypt << /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s4 /V 1 >>");
  const auto document = Document::open(pdf.bytes(), {"x", no_fonts()});
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().kind, ErrorKind::unsupported);
}

}  // namespace
}  // namespace ode::pdf
