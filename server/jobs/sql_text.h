// Statements are written once; the few words in which SQLite and PostgreSQL differ are put in here.
#pragma once

#include <string>
#include <string_view>

namespace ode::server {

struct SqlDialect {
  const char* now;          ///< `:now`
  const char* skip_locked;  ///< `:skip_locked`
  const char* bytes;        ///< `:bytes`, a type
  const char* serial;       ///< `:serial`, a type that counts by itself
};

/// With the words above put in.
std::string in_dialect(std::string_view sql, const SqlDialect& dialect);

}  // namespace ode::server
