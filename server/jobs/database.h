// What the job store needs of a database: transactions of short statements. SQLite and PostgreSQL stand
// behind it.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/result.h"

namespace ode::server {

using SqlValue = std::variant<std::monostate, std::int64_t, std::string>;

/// Columns by position; the store's statements name them in a fixed order.
struct SqlRow {
  std::vector<SqlValue> values;
  /// "" for NULL.
  std::string text(std::size_t column) const;
  /// 0 for NULL.
  std::int64_t integer(std::size_t column) const;
  bool null(std::size_t column) const { return std::holds_alternative<std::monostate>(values[column]); }
};

struct SqlRows {
  std::vector<SqlRow> rows;
  std::int64_t changed = 0;  ///< rows written by a statement that gives none
};

/// One open transaction, or one connection outside any. Parameters are $1, $2, …; `:now` stands for the
/// database's clock in milliseconds since 1970, `:skip_locked` for what keeps two transactions from waiting
/// for the same rows.
class SqlSession {
 public:
  virtual ~SqlSession() = default;
  /// Errors: io (the message is the database's).
  virtual Result<SqlRows> run(std::string_view sql, const std::vector<SqlValue>& parameters) = 0;
};

enum class SqlAccess : std::uint8_t { read, write };

class Database {
 public:
  virtual ~Database() = default;
  /// Runs `work` in a transaction and commits it when it succeeds. Where the connection was lost before the
  /// commit, once more on a new one, so `work` keeps nothing from a failed run. When it was lost during the
  /// commit nobody knows: io, and callers write so that doing it again does no harm. Any thread.
  virtual Status transaction(SqlAccess access, const std::function<Status(SqlSession&)>& work) = 0;
  virtual const char* kind() const = 0;
};

/// Opens or makes the file; WAL, every commit on disk. Errors: io.
Result<std::unique_ptr<Database>> open_sqlite(const std::string& path);
/// A pool of connections, opened when they are needed. Nothing is asked of the server yet.
std::unique_ptr<Database> open_postgres(const std::string& url, int connections_max);

/// Brings the tables to this version, each step in a transaction; any number of processes at a time. Errors:
/// io.
Status migrate(Database& database);
/// Steps that are still to be run; 0 when the tables are as this program wants them. Errors: io.
Result<int> missing_migrations(Database& database);

}  // namespace ode::server
