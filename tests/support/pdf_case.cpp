// Reads a case file (pdf_case.h) in two passes: names first, so that sections may refer to later ones.
#include "tests/support/pdf_case.h"

#include <cctype>
#include <map>
#include <vector>

#include "engine/platform/file.h"
#include "tests/support/pdf_builder.h"

namespace ode::testing {
namespace {

struct Section {
  std::string kind, name, file, entries, body;
};

std::string take_word(std::string_view& line) {
  while (!line.empty() && line.front() == ' ') line.remove_prefix(1);
  const std::size_t end = std::min(line.find(' '), line.size());
  std::string word(line.substr(0, end));
  line.remove_prefix(end);
  return word;
}

Result<std::vector<Section>> split(std::string_view text) {
  std::vector<Section> sections;
  int line_number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++line_number;
    if (line.starts_with("== ")) {
      line.remove_prefix(3);
      Section section;
      section.kind = take_word(line);
      if (section.kind == "object" || section.kind == "stream" || section.kind == "data")
        section.name = take_word(line);
      if (section.kind == "data" || section.kind == "file") section.file = take_word(line);
      section.entries = std::string(line);
      sections.push_back(std::move(section));
    } else if (!sections.empty()) {
      sections.back().body += std::string(line) + "\n";
    } else if (!line.empty() && line.front() != '#') {
      return Error{ErrorKind::malformed,
                   "line " + std::to_string(line_number) + ": text before the first section"};
    }
  }
  for (Section& section : sections) {
    while (section.body.ends_with("\n")) section.body.pop_back();
  }
  return sections;
}

Result<std::string> resolve(const std::string& text, const std::map<std::string, int>& numbers) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '@') {
      out += text[i];
      continue;
    }
    std::string name;
    while (i + 1 < text.size() &&
           (std::isalnum(static_cast<unsigned char>(text[i + 1])) || text[i + 1] == '_'))
      name += text[++i];
    const auto found = numbers.find(name);
    if (found == numbers.end()) return Error{ErrorKind::malformed, "no section is named " + name};
    out += PdfBuilder::ref(found->second);
  }
  return out;
}

Result<std::string> contents_of(const std::string& files, const std::string& name) {
  const SharedBytes bytes = ODE_TRY(platform::map_file(files + "/" + name));
  return std::string(as_chars(bytes.view()));
}

/// A finished file as accidents leave it.
Result<std::string> damaged(std::string bytes, const std::string& how) {
  const std::size_t table = bytes.rfind("xref\n0 ");
  if (how == "no_table") return bytes.erase(table, bytes.find("trailer", table) - table);
  if (how == "cut_end") return bytes.substr(0, bytes.rfind("startxref"));
  if (how == "wrong_offsets")
    return bytes.insert(bytes.find("1 0 obj"), "% a line that moves what follows\n");
  return Error{ErrorKind::malformed, "no such damage: " + how};
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

}  // namespace

Result<PdfCase> parse_case(std::string_view text, const std::string& files) {
  const std::vector<Section> sections = ODE_TRY(split(text));
  PdfBuilder pdf;
  PdfCase result;
  std::string damage, whole;
  std::map<std::string, int> numbers;
  for (const Section& section : sections) {
    if (!section.name.empty()) numbers[section.name] = pdf.reserve();
  }
  // Pages take the numbers that follow, two each: that of their contents, then their own.
  int next = 3 + static_cast<int>(numbers.size()), pages = 0;
  for (const Section& section : sections) {
    if (section.kind != "page") continue;
    numbers["page" + std::to_string(++pages)] = next + 1;
    next += 2;
  }
  for (const Section& section : sections) {
    const std::string entries = ODE_TRY(resolve(section.entries, numbers));
    if (section.kind == "page")
      pdf.page(section.body, entries);
    else if (section.kind == "stream")
      pdf.define_stream(numbers[section.name], section.body, entries);
    else if (section.kind == "data")
      pdf.define_stream(numbers[section.name], ODE_TRY(contents_of(files, section.file)), entries);
    else if (section.kind == "object")
      pdf.define(numbers[section.name], ODE_TRY(resolve(section.body, numbers)));
    else if (section.kind == "catalog")
      pdf.catalog(entries);
    else if (section.kind == "trailer")
      pdf.trailer(entries);
    else if (section.kind == "differs")
      result.differs = section.entries + section.body;
    else if (section.kind == "copies")
      result.copies = section.body;
    else if (section.kind == "writes")
      result.writes = trimmed(section.entries);
    else if (section.kind == "damage")
      damage = trimmed(section.entries);
    else if (section.kind == "file")
      whole = ODE_TRY(contents_of(files, section.file)), result.password = trimmed(section.entries);
    else
      return Error{ErrorKind::malformed, "no such section: " + section.kind};
  }
  if (whole.empty()) whole = pdf.build();
  if (!damage.empty()) whole = ODE_TRY(damaged(std::move(whole), damage));
  result.pdf = PdfBuilder::to_bytes(whole);
  return result;
}

}  // namespace ode::testing
