// File name patterns, taken apart by hand: they come from outside and printf would obey them.
#include "engine/cli/output/output_names.h"

namespace ode::cli {
namespace {

Error bad_pattern(std::string_view pattern) {
  return Error{ErrorKind::malformed,
               "-o " + std::string(pattern) + ": % must be %d or %03d, once, or %% for a percent sign"};
}

}  // namespace

std::string stem_of(const std::string& file) {
  std::string name = file == "-" ? "stdin" : file.substr(file.find_last_of('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot != std::string::npos && dot > 0) name.resize(dot);
  return name;
}

Result<OutputNames> OutputNames::parse(std::string_view pattern) {
  OutputNames names;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    std::string& out = names.numbered_ ? names.after_ : names.before_;
    if (pattern[i] != '%') {
      out += pattern[i];
      continue;
    }
    std::size_t k = i + 1;
    if (k < pattern.size() && pattern[k] == '%') {
      out += '%';
      i = k;
      continue;
    }
    int digits = 0;
    if (k + 1 < pattern.size() && pattern[k] == '0' && pattern[k + 1] >= '1' && pattern[k + 1] <= '9') {
      digits = pattern[k + 1] - '0';
      k += 2;
    }
    if (names.numbered_ || k >= pattern.size() || pattern[k] != 'd') return bad_pattern(pattern);
    names.numbered_ = true;
    names.digits_ = digits;
    i = k;
  }
  return names;
}

std::string name_of_document(const std::string& input) {
  std::string name = input == "-" ? "stdin" : input.substr(input.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  if (dot != std::string::npos && dot > 0 && (name.substr(dot) == ".pdf" || name.substr(dot) == ".PDF"))
    name.resize(dot);
  return name;
}

OutputNames OutputNames::standard(const std::string& input, const std::string& extension) {
  OutputNames names;
  names.before_ = name_of_document(input) + "-";
  names.after_ = "." + extension;
  names.numbered_ = true;
  names.digits_ = 3;
  return names;
}

std::string OutputNames::name_of(int page) const {
  if (!numbered_) return before_;
  std::string number = std::to_string(page);
  if (static_cast<int>(number.size()) < digits_)
    number.insert(0, static_cast<std::size_t>(digits_) - number.size(), '0');
  return before_ + number + after_;
}

}  // namespace ode::cli
