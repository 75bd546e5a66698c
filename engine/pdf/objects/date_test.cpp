// Dates as producers write them.
#include "engine/pdf/objects/date.h"

#include <gtest/gtest.h>

namespace ode::pdf {
namespace {

TEST(PdfDate, FullDatesKeepTheirTimeZone) {
  EXPECT_EQ(iso_date_from_pdf_date("D:20200131235959+02'00'"), "2020-01-31T23:59:59+02:00");
  EXPECT_EQ(iso_date_from_pdf_date("D:20200131235959-05'30"), "2020-01-31T23:59:59-05:30");
  EXPECT_EQ(iso_date_from_pdf_date("D:20200131235959Z"), "2020-01-31T23:59:59Z");
  EXPECT_EQ(iso_date_from_pdf_date("D:20200131235959Z00'00'"), "2020-01-31T23:59:59Z");
  EXPECT_EQ(iso_date_from_pdf_date("D:20200131235959"), "2020-01-31T23:59:59");
}

TEST(PdfDate, WhatIsLeftOutStaysOut) {
  EXPECT_EQ(iso_date_from_pdf_date("D:2020"), "2020");
  EXPECT_EQ(iso_date_from_pdf_date("D:202001"), "2020-01");
  EXPECT_EQ(iso_date_from_pdf_date("D:20200131"), "2020-01-31");
  EXPECT_EQ(iso_date_from_pdf_date("D:202001312359"), "2020-01-31T23:59");
  EXPECT_EQ(iso_date_from_pdf_date("D:2020013123"), "2020-01-31T23:00");
}

TEST(PdfDate, ThePrefixAndTheZoneMinutesAreOptional) {
  EXPECT_EQ(iso_date_from_pdf_date("20200131"), "2020-01-31");
  EXPECT_EQ(iso_date_from_pdf_date("D:20200131235959+09"), "2020-01-31T23:59:59+09:00");
}

TEST(PdfDate, TextThatIsNoDateComesBackUnchanged) {
  for (const char* text :
       {"", "D:", "yesterday", "D:20201331", "Tue Mar 3 2020", "D:20200131235959+xx", "D:20200131 12:00"})
    EXPECT_EQ(iso_date_from_pdf_date(text), text);
}

}  // namespace
}  // namespace ode::pdf
