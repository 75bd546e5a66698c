// GoldenFolder: cases, what is kept of them, and what a program of golden tests does with them besides
// testing.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/api/session.h"
#include "tests/support/pdf_case.h"

namespace ode::testing {

struct GoldenFolder {
  std::filesystem::path cases;     ///< <name>.txt, pdf_case.h
  std::filesystem::path files;     ///< that cases name
  std::filesystem::path expected;  ///< <name>.<extension>
  std::filesystem::path written;   ///< gets what differs from `expected`

  /// Of all cases, sorted.
  std::vector<std::string> names() const;
  Result<PdfCase> load(const std::string& name) const;
  /// Contents of a kept file; "" if there is none.
  std::string kept(const std::string& file) const;
  /// Fails the running test for each kept file that no case has.
  void expect_no_orphans() const;
};

std::string read_text(const std::filesystem::path& path);
void write_text(const std::filesystem::path& path, std::string_view text);

/// With the font pack of the build tree and the case's password.
Result<std::unique_ptr<api::Session>> open_case(const PdfCase& golden);

/// Writes what a case gives now into `folder`.expected.
using KeepCase = std::function<Status(const std::string& name, const PdfCase& golden)>;
/// The program: `--accept` keeps every case, `--write-pdf DIR` writes the cases as PDF files, anything else
/// goes to GoogleTest. Returns the exit code.
int golden_main(int argc, char** argv, const GoldenFolder& folder, const KeepCase& keep);

}  // namespace ode::testing
