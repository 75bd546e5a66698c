// What the program tells its caller, as documented in README and `ode --help`.
#pragma once

#include <cstdio>
#include <string>

#include "engine/base/result.h"

namespace ode::cli {

enum ExitCode : int {
  kDone = 0,
  kUsage = 1,
  kUnreadable = 2,  ///< the file cannot be read or is not a PDF
  kPassword = 3,    ///< needed or wrong
  kCannotWrite = 4,
  kLimitExceeded = 5,
  kSomePagesFailed = 6,  ///< the rest are written
  kInterrupted = 130,    ///< as shells expect of a program that stopped at Ctrl-C
};

/// Of an error that ends the whole command while a document is opened.
ExitCode exit_code_of_open(const Error& error);

/// "ode: FILE: message (page 3, object 17)" on standard error, one line whatever the message holds.
void print_error(const std::string& file, const Error& error);
void print_warning(const std::string& file, const Error& warning);
/// A document without pages: said so; gives kUnreadable.
ExitCode no_pages(const std::string& file);
/// "ode: message" on standard error; gives kUsage.
ExitCode usage_error(const std::string& message);

}  // namespace ode::cli
