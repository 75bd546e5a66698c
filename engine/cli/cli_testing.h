// What tests of the program share: a directory of their own to run it in, and documents.
#pragma once

#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/pdf_builder.h"
#include "tests/support/wide_picture.h"

namespace ode::cli {

namespace fs = std::filesystem;
using ode::testing::PdfBuilder;
using ode::testing::wide_picture_between_squares;

struct Ran {
  int code = -1;
  std::string out, err;
};

/// The wait status of `sh -c COMMAND`.
inline int shell(const std::string& command) {
  const char* const arguments[] = {"sh", "-c", command.c_str(), nullptr};
  pid_t child = 0;
  int status = -1;
  if (::posix_spawn(&child, "/bin/sh", nullptr, nullptr, const_cast<char* const*>(arguments), environ) != 0)
    return -1;
  ::waitpid(child, &status, 0);
  return status;
}

inline std::string contents_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

/// Pages of 200 × 100 points, each with a black square; the last in colour.
inline std::string squares(int pages) {
  PdfBuilder pdf;
  for (int i = 0; i < pages; ++i) {
    pdf.page(i + 1 == pages ? "1 0 0 rg 20 20 50 50 re f" : "0 g 20 20 50 50 re f",
             "/MediaBox [0 0 200 100]");
  }
  return pdf.build();
}

inline std::string hello() {
  PdfBuilder pdf;
  const int font =
      pdf.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  const std::string resources = "/Resources << /Font << /F1 " + PdfBuilder::ref(font) + " >> >>";
  pdf.page("BT /F1 12 Tf 20 150 Td (Hello world) Tj 0 -20 Td (Second line) Tj ET", resources);
  pdf.page("BT /F1 12 Tf 20 150 Td (Next page) Tj ET", resources);
  return pdf.build();
}

/// RC4, 40 bits; user password "secret", owner password "master"; nothing in it needs decryption.
inline std::string encrypted() {
  PdfBuilder pdf;
  pdf.page_with("");
  const int encrypt = pdf.object(
      "<< /Filter /Standard /V 1 /R 2 /P -4 /O "
      "<520bf192c58fa4372320b74adcd488bf78e902364a4fd6ab46bf2e4c37c06c52> "
      "/U <5ad4793db95939ec0c0f9cee7ab1049e7fd7e27332b88fb172017701c2b2be6d> >>");
  pdf.trailer("/Encrypt " + PdfBuilder::ref(encrypt) +
              " /ID [<30313233343536373839616263646566> <30313233343536373839616263646566>] ");
  return pdf.build();
}

class Cli : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/ode-cli-test-XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    directory_ = name;
  }
  void TearDown() override { fs::remove_all(directory_); }

  void put(const std::string& name, const std::string& bytes) const {
    std::ofstream(directory_ / name, std::ios::binary) << bytes;
  }
  std::string get(const std::string& name) const { return contents_of(directory_ / name); }
  bool exists(const std::string& name) const { return fs::exists(directory_ / name); }

  /// Runs `ode ARGUMENTS` through the shell; streams of the program lie outside of the directory.
  Ran run(const std::string& arguments, const std::string& input = "/dev/null") const {
    const std::string streams = directory_.string() + ".stream";
    const std::string command = "cd '" + directory_.string() + "' && { '" ODE_PROGRAM "' " + arguments +
                                "; } <'" + input + "' >'" + streams + ".out' 2>'" + streams + ".err'";
    const int status = shell(command);
    Ran ran{WIFEXITED(status) ? WEXITSTATUS(status) : -1, contents_of(streams + ".out"),
            contents_of(streams + ".err")};
    fs::remove(streams + ".out");
    fs::remove(streams + ".err");
    return ran;
  }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(directory_))
      names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
  }
  static int lines(const std::string& text) {
    return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
  }

  fs::path directory_;
};

}  // namespace ode::cli
