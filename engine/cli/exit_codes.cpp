// One line per message on standard error, whatever a document puts into it.
#include "engine/cli/exit_codes.h"

namespace ode::cli {
namespace {

void print_line(std::string line) {
  // Messages may quote the document: no control character of it reaches the terminal.
  for (char& c : line) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  line += '\n';
  std::fwrite(line.data(), 1, line.size(), stderr);
}

std::string described(const Error& error) {
  std::string text = error.kind == ErrorKind::internal ? "internal error: " + error.message : error.message;
  if (error.page == 0 && error.object == 0) return text;
  text += " (";
  if (error.page != 0) text += "page " + std::to_string(error.page);
  if (error.page != 0 && error.object != 0) text += ", ";
  if (error.object != 0) text += "object " + std::to_string(error.object);
  return text + ")";
}

}  // namespace

ExitCode exit_code_of_open(const Error& error) {
  switch (error.kind) {
    case ErrorKind::encrypted:
      return kPassword;
    case ErrorKind::limit_exceeded:
      return kLimitExceeded;
    case ErrorKind::cancelled:
      return kInterrupted;
    case ErrorKind::malformed:
    case ErrorKind::unsupported:
    case ErrorKind::io:
      return kUnreadable;
    case ErrorKind::internal:
      return kInternal;
  }
  return kUnreadable;
}

void PageFailures::add(const Error& error) {
  ++count;
  if (error.kind == ErrorKind::limit_exceeded) ++by_limit;
  if (error.kind == ErrorKind::internal) ++internal;
}

ExitCode PageFailures::exit_code() const {
  if (internal > 0) return kInternal;
  return count > 0 ? kSomePagesFailed : kDone;
}

void print_error(const std::string& file, const Error& error) {
  print_line("ode: " + file + ": " + described(error));
}

void print_warning(const std::string& file, const Error& warning) {
  print_line("ode: " + file + ": warning: " + described(warning));
}

ExitCode no_pages(const std::string& file) {
  print_error(file, {ErrorKind::malformed, "the document has no pages"});
  return kUnreadable;
}

ExitCode usage_error(const std::string& message) {
  print_line("ode: " + message);
  return kUsage;
}

}  // namespace ode::cli
