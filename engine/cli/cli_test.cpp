// The contract of the program: exit codes, messages, names of files, what goes to which stream. Every test
// runs `ode` as a person would, in a directory of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "engine/cli/cli_testing.h"

namespace ode::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST_F(Cli, pages_become_png_files_in_the_working_directory) {
  put("a.pdf", squares(2));
  const Ran ran = run("render a.pdf");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.out + ran.err, "");
  EXPECT_EQ(files(), (std::vector<std::string>{"a-001.png", "a-002.png", "a.pdf"}));
  EXPECT_THAT(get("a-001.png"), StartsWith("\x89PNG"));
}

TEST_F(Cli, a_pattern_names_the_files) {
  put("a.pdf", squares(3));
  EXPECT_EQ(run("render a.pdf -o 'p%d.png' --pages 3,1").code, 0);
  EXPECT_EQ(files(), (std::vector<std::string>{"a.pdf", "p1.png", "p3.png"}));
}

TEST_F(Cli, the_name_decides_the_format_unless_one_is_given) {
  put("a.pdf", squares(1));
  EXPECT_EQ(run("render a.pdf -o x.jpg").code, 0);
  EXPECT_THAT(get("x.jpg"), StartsWith("\xff\xd8\xff"));
  EXPECT_EQ(run("render a.pdf -o y.jpg --format webp").code, 0);
  EXPECT_THAT(get("y.jpg"), StartsWith("RIFF"));
}

TEST_F(Cli, sizes_follow_dpi_scale_width_and_height) {
  put("a.pdf", squares(1));
  const auto head = [this](const std::string& size) {
    return run("render a.pdf -o - --format ppm " + size).out.substr(0, 11);
  };
  EXPECT_EQ(head(""), "P6\n417 209\n");
  EXPECT_EQ(head("--dpi 144"), "P6\n400 200\n");
  EXPECT_EQ(head("--scale 3"), "P6\n600 300\n");
  EXPECT_EQ(head("--width 300"), "P6\n300 150\n");
  EXPECT_EQ(head("--height 300"), "P6\n600 300\n");
  EXPECT_EQ(head("--scale 2 --rotate 90"), "P6\n200 400\n");
  EXPECT_EQ(head("--width 150 --rotate 90").substr(0, 11), "P6\n150 300\n");
}

TEST_F(Cli, a_tile_is_a_part_of_the_page) {
  put("a.pdf", squares(1));
  const std::string page = run("render a.pdf -o - --format ppm --scale 1").out;
  const std::string tile = run("render a.pdf -o - --format ppm --scale 1 --tile 10,20,60,30").out;
  ASSERT_THAT(page, StartsWith("P6\n200 100\n255\n"));
  ASSERT_THAT(tile, StartsWith("P6\n60 30\n255\n"));
  for (std::size_t y = 0; y < 30; ++y) {
    EXPECT_EQ(tile.substr(13 + y * 180, 180), page.substr(15 + (20 + y) * 600 + 30, 180)) << y;
  }
}

TEST_F(Cli, several_pages_of_ppm_follow_each_other_on_standard_output) {
  put("a.pdf", squares(5));
  const Ran one = run("render a.pdf -o - --format ppm --scale 1 --threads 1");
  const Ran four = run("render a.pdf -o - --format ppm --scale 1 --threads 4");
  EXPECT_EQ(one.out.size(), 5 * (15 + 200 * 100 * 3u));
  EXPECT_TRUE(one.out == four.out);
}

TEST_F(Cli, several_pages_of_png_do_not_fit_standard_output) {
  put("a.pdf", squares(2));
  const Ran ran = run("render a.pdf -o -");
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("standard output takes one page"));
  EXPECT_EQ(run("render a.pdf -o - --pages 2").code, 0);
}

TEST_F(Cli, several_pages_need_a_number_in_the_name) {
  put("a.pdf", squares(2));
  const Ran ran = run("render a.pdf -o x.png");
  EXPECT_EQ(ran.code, 1);
  EXPECT_THAT(ran.err, HasSubstr("%d"));
  EXPECT_FALSE(exists("x.png"));
}

TEST_F(Cli, threads_do_not_change_a_byte) {
  put("a.pdf", squares(6));
  EXPECT_EQ(run("render a.pdf -o 'one-%d.png' --threads 1").code, 0);
  EXPECT_EQ(run("render a.pdf -o 'two-%d.png' --threads 3").code, 0);
  for (int page = 1; page <= 6; ++page) {
    EXPECT_TRUE(get("one-" + std::to_string(page) + ".png") == get("two-" + std::to_string(page) + ".png"));
  }
  EXPECT_EQ(run("render a.pdf -o one.png --pages 6 --threads 1 --scale 20").code, 0);
  EXPECT_EQ(run("render a.pdf -o two.png --pages 6 --threads 3 --scale 20").code, 0);
  EXPECT_TRUE(get("one.png") == get("two.png"));
}

TEST_F(Cli, the_background_shows_through) {
  put("a.pdf", squares(1));
  const auto corner = [this](const std::string& background, const std::string& format) {
    const std::string out =
        run("render a.pdf -o - --scale 1 --format " + format + " --background '" + background + "'").out;
    return out.substr(out.find(format == "ppm" ? "255\n" : "ENDHDR\n") + (format == "ppm" ? 4 : 7), 4);
  };
  EXPECT_EQ(corner("white", "ppm"), "\xff\xff\xff\xff");
  EXPECT_EQ(corner("#102030", "ppm").substr(0, 3), "\x10\x20\x30");
  EXPECT_EQ(corner("transparent", "pam"), std::string(4, '\0'));
}

TEST_F(Cli, grey_pages_are_pgm) {
  put("a.pdf", squares(1));
  const Ran ran = run("render a.pdf -o - --scale 1 --format ppm --gray");
  EXPECT_THAT(ran.out, StartsWith("P5\n200 100\n255\n"));
  EXPECT_EQ(static_cast<unsigned char>(ran.out[15 + 60 * 200 + 40]), (77 * 255 + 128) >> 8);
}

TEST_F(Cli, format_none_draws_and_writes_nothing) {
  put("a.pdf", squares(2));
  const Ran ran = run("render a.pdf --format none --stats");
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(files(), std::vector<std::string>{"a.pdf"});
  const auto json = nlohmann::json::parse(ran.out);
  EXPECT_EQ(json["pages"].size(), 2u);
  EXPECT_EQ(json["pages"][1]["page"], 2);
  for (const char* key : {"parse_ms", "raster_ms", "encode_ms", "width_px", "height_px", "size_bytes"}) {
    EXPECT_TRUE(json["pages"][0].contains(key)) << key;
  }
  EXPECT_GT(json["peak_memory_bytes"].get<long>(), 1'000'000);
}

TEST_F(Cli, stats_go_to_standard_error_when_a_page_goes_to_standard_output) {
  put("a.pdf", squares(1));
  const Ran ran = run("render a.pdf -o - --stats");
  EXPECT_THAT(ran.out, StartsWith("\x89PNG"));
  EXPECT_EQ(nlohmann::json::parse(ran.err)["pages"].size(), 1u);
}

TEST_F(Cli, a_document_may_come_from_standard_input) {
  put("a.pdf", squares(1));
  const Ran ran = run("render - --scale 1", (directory_ / "a.pdf").string());
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_TRUE(exists("stdin-001.png"));
}

TEST_F(Cli, the_poppler_backend_draws_the_same_request) {
  put("a.pdf", squares(1));
  const std::string options = "render a.pdf -o - --scale 1 --format ppm --background '#ffffff' ";
  const Ran ours = run(options), theirs = run(options + "--backend poppler");
  EXPECT_EQ(theirs.code, 0) << theirs.err;
  EXPECT_TRUE(ours.out == theirs.out) << "a square on whole pixels has one picture";
}

TEST_F(Cli, usage_errors_are_one_line_and_code_1) {
  put("a.pdf", squares(1));
  for (const char* arguments : {"",
                                "frobnicate",
                                "render",
                                "render a.pdf --dpi 0",
                                "render a.pdf --dpi x",
                                "render a.pdf --dpi 72 --scale 1",
                                "render a.pdf --pages 0",
                                "render a.pdf --pages 2",
                                "render a.pdf -o %s.png",
                                "render a.pdf --format gif",
                                "render a.pdf --background pink",
                                "render a.pdf --background '#12345g'",
                                "render a.pdf --rotate 45",
                                "render a.pdf --tile 1,2,3",
                                "render a.pdf --tile 0,0,0,5",
                                "render a.pdf --quality 0 --format jpeg",
                                "render a.pdf --box trim",
                                "render a.pdf --threads 0",
                                "render a.pdf --annotations maybe",
                                "render a.pdf --format jpeg --background transparent",
                                "render a.pdf --gray --background transparent",
                                "render a.pdf --backend poppler --box media",
                                "render a.pdf --nonsense",
                                "info",
                                "text a.pdf --pages x"}) {
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.code, 1) << arguments << "\n" << ran.err;
    EXPECT_EQ(lines(ran.err), 1) << arguments << "\n" << ran.err;
    EXPECT_THAT(ran.err, StartsWith("ode: ")) << arguments;
    EXPECT_EQ(ran.out, "") << arguments;
  }
  EXPECT_EQ(files(), std::vector<std::string>{"a.pdf"});
}

TEST_F(Cli, what_is_no_pdf_is_code_2_and_one_line) {
  put("empty.pdf", "");
  put("text.pdf", "Dear reader,\nthis is no PDF.\n");
  put("cut.pdf", squares(1).substr(0, 40));
  EXPECT_EQ(run("render empty.pdf").err, "ode: empty.pdf: the file is empty\n");
  EXPECT_EQ(run("render text.pdf").err, "ode: text.pdf: not a PDF, or damaged beyond repair\n");
  EXPECT_EQ(run("render cut.pdf").err, "ode: cut.pdf: not a PDF, or damaged beyond repair\n");
  EXPECT_EQ(run("render missing.pdf").err, "ode: missing.pdf: cannot open: No such file or directory\n");
  fs::create_directory(directory_ / "folder.pdf");
  for (const char* file : {"empty.pdf", "text.pdf", "cut.pdf", "folder.pdf", "missing.pdf"}) {
    for (const char* command : {"info ", "render ", "text "}) {
      const Ran ran = run(std::string(command) + file);
      EXPECT_EQ(ran.code, 2) << command << file << "\n" << ran.err;
      EXPECT_EQ(lines(ran.err), 1) << ran.err;
      EXPECT_THAT(ran.err, StartsWith(std::string("ode: ") + file + ": ")) << ran.err;
    }
  }
}

TEST_F(Cli, a_document_without_pages_is_unreadable) {
  put("none.pdf", PdfBuilder().build());
  for (const char* arguments : {"render none.pdf", "render none.pdf --pages 1", "text none.pdf"}) {
    const Ran ran = run(arguments);
    EXPECT_EQ(ran.code, 2) << arguments;
    EXPECT_THAT(ran.err, HasSubstr("the document has no pages"));
  }
}

TEST_F(Cli, a_document_cut_off_in_its_middle_is_read_as_far_as_it_goes) {
  const std::string whole = squares(3);
  put("a.pdf", whole.substr(0, whole.find("startxref")));
  const Ran ran = run("render a.pdf");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(files().size(), 4u);
}

TEST_F(Cli, an_encrypted_document_needs_its_password) {
  put("a.pdf", encrypted());
  const Ran none = run("render a.pdf"), wrong = run("render a.pdf --password guess");
  EXPECT_EQ(none.code, 3) << none.err;
  EXPECT_THAT(none.err, HasSubstr("a password is needed; give it with --password"));
  EXPECT_EQ(wrong.code, 3) << wrong.err;
  EXPECT_THAT(wrong.err, HasSubstr("the password is wrong"));
  EXPECT_EQ(run("render a.pdf --password secret").code, 0);
  EXPECT_EQ(run("info a.pdf --password master").code, 0);
}

TEST_F(Cli, what_cannot_be_written_is_code_4) {
  put("a.pdf", squares(1));
  const Ran folder = run("render a.pdf -o no/such/folder/x.png");
  EXPECT_EQ(folder.code, 4);
  EXPECT_THAT(folder.err, HasSubstr("no/such/folder/x.png"));
  EXPECT_EQ(lines(folder.err), 1) << folder.err;
  EXPECT_EQ(run("render a.pdf -o /dev/full").code, 4);
  EXPECT_EQ(run("text a.pdf -o no/such/folder/x.txt").code, 4);
}

TEST_F(Cli, too_many_pixels_are_code_5) {
  put("a.pdf", squares(1));
  const Ran ran = run("render a.pdf --scale 10000");
  EXPECT_EQ(ran.code, 5);
  EXPECT_EQ(lines(ran.err), 1) << ran.err;
  EXPECT_EQ(files(), std::vector<std::string>{"a.pdf"});
}

TEST_F(Cli, pages_that_fail_are_code_6_and_the_rest_are_written) {
  PdfBuilder pdf;
  pdf.page("0 g 20 20 50 50 re f", "/MediaBox [0 0 200 100]");
  pdf.page("0 g 20 20 50 50 re f", "/MediaBox [0 0 14000 14000] /UserUnit 1000");
  pdf.page("0 g 20 20 50 50 re f", "/MediaBox [0 0 200 100]");
  put("a.pdf", pdf.build());
  const Ran ran = run("render a.pdf");
  EXPECT_EQ(ran.code, 6) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("(page 2)"));
  EXPECT_EQ(files(), (std::vector<std::string>{"a-001.png", "a-003.png", "a.pdf"}));
}

TEST_F(Cli, text_comes_page_by_page) {
  put("a.pdf", hello());
  EXPECT_EQ(run("text a.pdf").out, "Hello world\nSecond line\n\fNext page\n\f");
  EXPECT_EQ(run("text a.pdf --pages 2").out, "Next page\n\f");
}

TEST_F(Cli, text_comes_in_the_format_asked_for) {
  put("a.pdf", hello());
  EXPECT_EQ(run("text a.pdf --format markdown").out, "Hello world Second line\n\nNext page\n");
  EXPECT_EQ(run("text a.pdf --format layout --pages 2").out, "Next page\n\f");
  const auto facts = nlohmann::json::parse(run("text a.pdf --format json").out);
  EXPECT_EQ(facts["pages"][1]["blocks"][0]["lines"][0]["text"], "Next page");
  EXPECT_THAT(run("text a.pdf --format hocr").out, HasSubstr("id=\"page_2\""));
  EXPECT_EQ(run("text a.pdf --format rtf").code, 1);
}

TEST_F(Cli, convert_writes_text_formats_to_files_of_their_kind) {
  put("a.pdf", hello());
  for (const char* name : {"text a.txt", "json a.json", "hocr a.hocr", "markdown a.md"}) {
    const std::string format = std::string(name).substr(0, std::string(name).find(' '));
    EXPECT_EQ(run("convert a.pdf --to " + format).code, 0) << name;
    EXPECT_EQ(get(std::string(name).substr(format.size() + 1)),
              run("text a.pdf --format " + (format == "text" ? "plain" : format)).out)
        << name;
  }
}

TEST_F(Cli, search_prints_pages_places_and_context) {
  put("a.pdf", hello());
  const Ran found = run("search a.pdf 'WORLD second'");
  EXPECT_EQ(found.code, 0) << found.err;
  // Points from the top left corner, one rectangle for each line.
  EXPECT_THAT(found.out, ::testing::MatchesRegex("1:50[.][0-9]*,4[0-9.]*,[0-9.]*,5[0-9.]*;20,[0-9.,]*: "
                                                 "Hello world Second line\n"));
  EXPECT_EQ(lines(run("search a.pdf e").out), 5);
  EXPECT_EQ(lines(run("search a.pdf e --pages 2").out), 2);
  EXPECT_EQ(lines(run("search a.pdf '[HN]e.' --regex --case").out), 2);
  EXPECT_EQ(lines(run("search a.pdf ell --word").out), 0);
  const auto hits = nlohmann::json::parse(run("search a.pdf line --json").out);
  EXPECT_EQ(hits["count"], 1);
  EXPECT_EQ(hits["hits"][0]["page"], 1);
  EXPECT_EQ(hits["hits"][0]["boxes"][0].size(), 4u);
  EXPECT_EQ(hits["hits"][0]["before"], "Hello world Second ");
}

TEST_F(Cli, search_without_hits_is_no_failure_and_a_bad_pattern_is_one_line) {
  put("a.pdf", hello());
  const Ran none = run("search a.pdf nowhere");
  EXPECT_EQ(none.code, 0);
  EXPECT_EQ(none.out + none.err, "");
  EXPECT_EQ(nlohmann::json::parse(run("search a.pdf nowhere --json").out)["count"], 0);
  const Ran bad = run("search a.pdf 'a(b' --regex");
  EXPECT_EQ(bad.code, 1);
  EXPECT_EQ(bad.err, "ode: regular expression: missing ): a(b\n");
  EXPECT_EQ(run("search a.pdf ' '").code, 1);
  EXPECT_EQ(run("search a.pdf").code, 1);
}

TEST_F(Cli, search_prints_no_control_characters_of_a_document) {
  PdfBuilder pdf;
  const int map =
      pdf.stream("1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfchar <41> <001b> endbfchar");
  const int font = pdf.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode " +
                              PdfBuilder::ref(map) + " >>");
  pdf.page("BT /F1 12 Tf 20 150 Td (xAy) Tj ET",
           "/Resources << /Font << /F1 " + PdfBuilder::ref(font) + " >> >>");
  put("a.pdf", pdf.build());
  const Ran found = run("search a.pdf x");
  EXPECT_EQ(lines(found.out), 1);
  EXPECT_EQ(found.out.find('\x1b'), std::string::npos);
}

TEST_F(Cli, info_is_readable_and_as_json_complete) {
  PdfBuilder pdf;
  const int info = pdf.object("<< /Title (A title) /Author (Somebody) >>");
  pdf.trailer("/Info " + PdfBuilder::ref(info));
  pdf.page("", "/MediaBox [0 0 595 842] /Rotate 90");
  put("a.pdf", pdf.build());
  const Ran text = run("info a.pdf");
  EXPECT_EQ(text.code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("A title"));
  EXPECT_THAT(text.out, HasSubstr("842 x 595 pt"));
  const auto json = nlohmann::json::parse(run("info a.pdf --json").out);
  EXPECT_EQ(json["pages"], 1);
  EXPECT_EQ(json["metadata"]["Author"], "Somebody");
  EXPECT_EQ(json["page_list"][0]["width_pt"], 842);
  for (const char* key :
       {"pdf_version", "encrypted", "tagged", "outline", "attachments", "layers", "fonts"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
}

TEST_F(Cli, help_and_version_are_no_errors) {
  const Ran help = run("render --help");
  EXPECT_EQ(help.code, 0);
  EXPECT_THAT(help.out, HasSubstr("--annotations"));
  EXPECT_THAT(run("--version").out, StartsWith("ode 0."));
}

TEST_F(Cli, a_file_that_exists_is_replaced_whole) {
  put("a.pdf", squares(1));
  put("x.png", "old");
  EXPECT_EQ(run("render a.pdf -o x.png --scale 10000").code, 5);
  EXPECT_EQ(get("x.png"), "old");
  EXPECT_EQ(run("render a.pdf -o x.png").code, 0);
  EXPECT_THAT(get("x.png"), StartsWith("\x89PNG"));
}

TEST_F(Cli, an_interrupt_leaves_no_partial_file) {
  put("a.pdf", squares(400));
  const Ran ran = run("render a.pdf --scale 20 & job=$!; sleep 0.5; kill -INT $job; wait $job");
  // The shell of run() starts background jobs with SIGINT ignored; the program takes it all the same.
  EXPECT_EQ(ran.code, 130) << ran.err;
  for (const std::string& name : files()) EXPECT_EQ(name.find(".part"), std::string::npos) << name;
}

#if !defined(__SANITIZE_ADDRESS__)  // which needs terabytes of addresses
TEST_F(Cli, a_page_that_memory_is_too_short_for_costs_no_other) {
  put("a.pdf", wide_picture_between_squares().build());
  for (const char* threads : {"1", "2"}) {
    // As the page is drawn, the picture is 96 MB.
    const std::string options = std::string(" a.pdf --scale 40 --format none --stats --threads ") + threads;
    const Ran ran = run("--version >/dev/null; ulimit -v 95000; '" ODE_PROGRAM "' render" + options);
    EXPECT_EQ(ran.code, 6) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("out of memory (page 2)"));
    const auto stats = nlohmann::json::parse(ran.out);
    EXPECT_EQ(stats["pages"].size(), 2U);
  }
}
#endif

}  // namespace
}  // namespace ode::cli
