// Names of output files: -o PATTERN with %d or %03d for the page number, or <name>-001.<ext> by default.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace ode::cli {

/// "dir/paper.pdf" → "paper"; "-" → "stdin".
std::string stem_of(const std::string& file);

/// Taken apart once; never handed to printf.
class OutputNames {
 public:
  /// %d or %0Nd (N up to 9) once, %% for a percent sign. Errors: malformed for any other use of %.
  static Result<OutputNames> parse(std::string_view pattern);
  /// `<name of the file without .pdf>-%03d.<extension>` in the working directory.
  static OutputNames standard(const std::string& input, const std::string& extension);

  /// Has a place for the page number.
  bool numbered() const { return numbered_; }
  /// `page` is 1-based.
  std::string name_of(int page) const;

 private:
  std::string before_, after_;
  bool numbered_ = false;
  int digits_ = 0;
};

/// The name of a file without its folder and .pdf; "stdin" for "-".
std::string name_of_document(const std::string& input);

}  // namespace ode::cli
