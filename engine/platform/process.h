// The process and its surroundings: clock, memory, where the program lies, terminals, interrupts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/base/cancel.h"

namespace ode::platform {

/// Microseconds since an arbitrary start; never goes back. Any thread.
std::int64_t monotonic_us();

/// Highest resident memory of this process so far.
std::size_t peak_memory_bytes();

/// Processors this process may run on, at least 1.
int processor_count();
/// `wanted`, or one per processor where it is 0.
inline int threads_for(int wanted) { return wanted == 0 ? processor_count() : wanted; }

/// Absolute path of the running program; "" when the system does not tell.
std::string executable_path();

/// Absolute path of the program or shared library that holds the code at `address`; "" when unknown.
std::string module_path(const void* address);

/// The part of a path before the last '/'; "." when there is none, "/" for the root's entries.
std::string directory_of(const std::string& path);

/// The font pack installed beside the program or library that holds this code: `../share/ode/fonts` relative
/// to its directory, or relative to the running program's; "" when neither is there.
std::string installed_font_directory();

bool stdout_is_terminal();
bool stderr_is_terminal();

/// Columns of the terminal on standard error; 80 when unknown.
int terminal_columns();

/// From now on an interrupt (Ctrl-C) or a polite kill sets `flag` instead of ending the process; a second one
/// ends it at once. Writing to a closed pipe becomes an error of that write. `flag` must outlive the
/// process's work.
void cancel_on_interrupt(CancelFlag* flag);

/// True once an interrupt has set the flag.
bool interrupted();

}  // namespace ode::platform
