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
  kInternal = 7,         ///< ODE is wrong: of the whole command, or of some pages while the rest are written
  kNoSandbox = 125,      ///< `ode sandboxed`: the kernel refused
  kInterrupted = 130,    ///< as shells expect of a program that stopped at Ctrl-C
};

/// Pages that came to nothing while the command went on.
struct PageFailures {
  int count = 0;
  int by_limit = 0, internal = 0;  ///< among them

  void add(const Error& error);
  /// kDone, kSomePagesFailed, or kInternal: what went wrong in ODE itself is told apart.
  ExitCode exit_code() const;
};

/// Of an error that ends the whole command.
ExitCode exit_code_of_open(const Error& error);

/// "ode: FILE: message (page 3, object 17)" on standard error, one line whatever the message holds.
void print_error(const std::string& file, const Error& error);
void print_warning(const std::string& file, const Error& warning);
/// A document without pages: said so; gives kUnreadable.
ExitCode no_pages(const std::string& file);
/// "ode: message" on standard error; gives kUsage.
ExitCode usage_error(const std::string& message);

}  // namespace ode::cli
