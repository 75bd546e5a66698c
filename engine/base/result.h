// Errors as values. Every fallible function of the engine returns Result<T>; exceptions cross no floor.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>

namespace ode {

/// What went wrong, in the terms a program can act on.
enum class ErrorKind : std::uint8_t {
  malformed,       ///< the input breaks its format
  unsupported,     ///< valid input that ODE does not handle; docs/unsupported.md lists it
  encrypted,       ///< a password is needed, or the one given is wrong
  limit_exceeded,  ///< a budget of limits.h ran out
  cancelled,       ///< the caller's CancelFlag was set
  io,              ///< reading or writing failed
  internal,        ///< ODE is wrong; please report
};

/// `page` is 1-based, `object` a PDF object number; 0 where there is none.
struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string message;
  int page = 0;
  int object = 0;
  bool operator==(const Error&) const = default;
};

/// The stable lower-case name of a kind, for messages and JSON.
const char* name_of(ErrorKind kind);

/// "malformed: bad stream length (page 3, object 17)".
std::string to_string(const Error& error);

/// A value or an Error. `T` may be a move-only type.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return assert(ok()), std::get<0>(state_); }
  const T& value() const& { return assert(ok()), std::get<0>(state_); }
  T&& value() && { return assert(ok()), std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const& { return assert(!ok()), std::get<1>(state_); }
  Error&& error() && { return assert(!ok()), std::get<1>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

/// Success without a value.
struct Ok {
  bool operator==(const Ok&) const = default;
};
using Status = Result<Ok>;

}  // namespace ode

/// Value of a Result, or return its Error from the enclosing function (a GNU statement expression: GCC, clang
/// and Emscripten have it).
#define ODE_TRY(expr)                                          \
  __extension__({                                              \
    auto ode_try_result = (expr);                              \
    if (!ode_try_result) return std::move(ode_try_result).error(); \
    std::move(ode_try_result).value();                         \
  })
