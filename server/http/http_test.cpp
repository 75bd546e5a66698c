// Parsers of what clients send: forms, ranges, paths, codings.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/http/multipart.h"
#include "server/http/range.h"
#include "server/http/router.h"

namespace ode::server {
namespace {

/// Gives its bytes a few at a time.
class Body final : public BodyReader {
 public:
  Body(std::string bytes, std::size_t step) : bytes_(std::move(bytes)), step_(step) {}
  Result<std::size_t> read(char* out, std::size_t size) override {
    const std::size_t count = std::min({size, step_, bytes_.size() - at_});
    bytes_.copy(out, count, at_);
    at_ += count;
    return count;
  }
  std::optional<std::int64_t> announced_bytes() const override {
    return static_cast<std::int64_t>(bytes_.size());
  }

 private:
  std::string bytes_;
  std::size_t step_, at_ = 0;
};

/// "name|filename|bytes" of every part, or the error.
std::vector<std::string> parts_of(const std::string& bytes, std::size_t step) {
  Body body(bytes, step);
  MultipartReader form(body, "AaB03x");
  std::vector<std::string> parts;
  for (;;) {
    auto part = form.next();
    if (!part) return {"error " + part.error().message};
    if (!part.value()) return parts;
    auto text = form.text(10000);
    if (!text) return {"error " + text.error().message};
    parts.push_back((*part)->name + "|" + (*part)->filename + "|" + *text);
  }
}

TEST(Multipart, PartsAreTheSameHoweverTheyArrive) {
  const std::string form =
      "preamble\r\n--AaB03x\r\nContent-Disposition: form-data; name=\"to\"\r\n\r\nhtml\r\n--AaB03x\r\n"
      "content-disposition: form-data; filename=\"a \\\"b\\\".pdf\"; name=file\r\nContent-Type: "
      "application/pdf\r\n\r\n%PDF\r\n--AaB03\r\n-\r\n--AaB03x\r\n"
      "Content-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--AaB03x--\r\nepilogue";
  const std::vector<std::string> expected = {"to||html", "file|a \"b\".pdf|%PDF\r\n--AaB03\r\n-", "empty||"};
  for (const std::size_t step : {1, 2, 3, 7, 64, 100000}) EXPECT_EQ(parts_of(form, step), expected) << step;
}

TEST(Multipart, NoPartsAtAll) { EXPECT_TRUE(parts_of("--AaB03x--", 3).empty()); }

TEST(Multipart, BrokenFormsAreErrors) {
  for (const char* form :
       {"", "nothing", "--AaB03x", "--AaB03x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end",
        "--AaB03x\r\nno colon\r\n\r\nx\r\n--AaB03x--",
        "--AaB03x\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\nx\r\n--AaB03x--",
        "--AaB03x\r\nContent-Type: text/plain\r\n\r\nx\r\n--AaB03x--",
        "--AaB03x junk\r\n\r\nx\r\n--AaB03x--"}) {
    const auto parts = parts_of(form, 5);
    ASSERT_EQ(parts.size(), 1U) << form;
    EXPECT_THAT(parts[0], ::testing::StartsWith("error ")) << form;
  }
}

TEST(Multipart, HeadersAndPartsHaveLimits) {
  const std::string long_header =
      "--AaB03x\r\nContent-Disposition: form-data; name=\"" + std::string(100000, 'a');
  EXPECT_THAT(parts_of(long_header, 4096)[0], ::testing::HasSubstr("too long"));
  std::string many;
  for (int i = 0; i < 100; ++i) many += "--AaB03x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n";
  EXPECT_THAT(parts_of(many + "--AaB03x--", 4096)[0], ::testing::HasSubstr("too many"));
}

TEST(Multipart, Boundaries) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=utf-8; BOUNDARY=\"a b\""), "a b");
  for (const char* type :
       {"multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=a",
        "multipart/form-data; boundary=\"a\r\nb\"", "multipart/form-data; boundary=\"unclosed"})
    EXPECT_FALSE(multipart_boundary(type)) << type;
  EXPECT_FALSE(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')));
}

TEST(Range, OneRangeIsTaken) {
  const auto part = [](const char* header) {
    const ByteRange range = parse_range(header, 100);
    return range.kind == ByteRange::Kind::part
               ? std::to_string(range.first) + "+" + std::to_string(range.length)
           : range.kind == ByteRange::Kind::whole ? "whole"
                                                  : "unsatisfiable";
  };
  EXPECT_EQ(part("bytes=0-0"), "0+1");
  EXPECT_EQ(part("bytes=10-"), "10+90");
  EXPECT_EQ(part("bytes=90-1000"), "90+10");
  EXPECT_EQ(part("bytes=-7"), "93+7");
  EXPECT_EQ(part("bytes=-1000"), "0+100");
  EXPECT_EQ(part("bytes=100-"), "unsatisfiable");
  EXPECT_EQ(part("bytes=-0"), "unsatisfiable");
  for (const char* header : {"", "bytes=", "bytes=-", "bytes=5-4", "bytes=0-1,5-6", "items=0-1", "bytes=a-b",
                             "bytes=--5", "bytes=-5-", "bytes=99999999999999999999-", "bytes=+1-2"})
    EXPECT_EQ(part(header), "whole") << header;
}

TEST(Coding, QualitiesAreRead) {
  EXPECT_EQ(coding_quality("gzip, br", "br"), 1000);
  EXPECT_EQ(coding_quality("gzip;q=0.5, br;q=0", "gzip"), 500);
  EXPECT_EQ(coding_quality("gzip;q=0.5, br;q=0", "br"), 0);
  EXPECT_EQ(coding_quality("*;q=0.25", "br"), 250);
  EXPECT_EQ(coding_quality("", "br"), 0);
  EXPECT_GT(coding_quality("", "identity"), 0);
  EXPECT_EQ(coding_quality("identity;q=0", "identity"), 0);
}

TEST(Tags, ListsAndStars) {
  EXPECT_TRUE(names_tag("\"a\", W/\"b\"", "\"b\""));
  EXPECT_TRUE(names_tag("*", "\"b\""));
  EXPECT_FALSE(names_tag("\"a\"", "\"b\""));
}

TEST(Router, PathsMatchBySegment) {
  Router router;
  const Handler none = [](Request&) { return Response(); };
  router.add({"GET", "/v1/jobs/{id}", Route::Access::open, none});
  router.add({"DELETE", "/v1/jobs/{id}", Route::Access::open, none});
  router.add({"GET", "/assets/{path*}", Route::Access::open, none});
  EXPECT_EQ(router.find("GET", "/v1/jobs/a%2Fb").parameters.at("id"), "a/b");
  EXPECT_EQ(router.find("HEAD", "/v1/jobs/a").route->method, "GET");
  EXPECT_EQ(router.find("GET", "/assets/a/b.js").parameters.at("path"), "a/b.js");
  EXPECT_EQ(router.find("POST", "/v1/jobs/a").route, nullptr);
  EXPECT_THAT(router.find("POST", "/v1/jobs/a").allowed, ::testing::ElementsAre("GET", "HEAD", "DELETE"));
  for (const char* path :
       {"/v1/jobs/", "/v1/jobs", "/v1/jobs/a/b", "/v1//jobs/a", "/v1/jobs/%", "/v1/jobs/%00", ""})
    EXPECT_TRUE(router.find("GET", path).allowed.empty()) << path;
}

}  // namespace
}  // namespace ode::server
