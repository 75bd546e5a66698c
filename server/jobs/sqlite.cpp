// SQLite: one connection that writes and one that reads, in one process (server/program keeps others out with
// a lock).
#include <sqlite3.h>

#include <mutex>
#include <unordered_map>

#include "server/jobs/database.h"
#include "server/jobs/sql_text.h"

namespace ode::server {
namespace {

constexpr SqlDialect kDialect = {"CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)", "", "BLOB",
                                 "INTEGER PRIMARY KEY AUTOINCREMENT"};

class Connection final : public SqlSession {
 public:
  Connection() = default;
  ~Connection() override {
    for (auto& [sql, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close(handle_);
  }

  Status open(const std::string& path) {
    constexpr int kFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path.c_str(), &handle_, kFlags, nullptr) != SQLITE_OK)
      return failure("cannot open " + path);
    sqlite3_busy_timeout(handle_, 10'000);
    for (const char* setting : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL",
                                "PRAGMA foreign_keys=ON", "PRAGMA temp_store=MEMORY"})
      ODE_TRY(run(setting, {}));
    return Ok{};
  }

  Result<SqlRows> run(std::string_view sql, const std::vector<SqlValue>& parameters) override {
    sqlite3_stmt* const statement = ODE_TRY(prepared(std::string(sql)));
    for (std::size_t i = 0; i < parameters.size(); ++i) bind(statement, i + 1, parameters[i]);
    SqlRows result;
    int code = sqlite3_step(statement);
    for (; code == SQLITE_ROW; code = sqlite3_step(statement)) result.rows.push_back(row_of(statement));
    if (code == SQLITE_DONE) result.changed = sqlite3_changes(handle_);
    Error error{ErrorKind::io, std::string("database: ") + sqlite3_errmsg(handle_)};
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    if (code != SQLITE_DONE) return error;
    return result;
  }

 private:
  Error failure(const std::string& what) const {
    return Error{ErrorKind::io, what + ": " + sqlite3_errmsg(handle_)};
  }

  Result<sqlite3_stmt*> prepared(const std::string& sql) {
    const auto found = statements_.find(sql);
    if (found != statements_.end()) return found->second;
    const std::string text = in_dialect(sql, kDialect);
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(handle_, text.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) !=
        SQLITE_OK)
      return failure("database");
    statements_.emplace(sql, statement);
    return statement;
  }

  /// `$3` is parameter 3 wherever it stands first.
  static void bind(sqlite3_stmt* statement, std::size_t number, const SqlValue& value) {
    const int at = sqlite3_bind_parameter_index(statement, ("$" + std::to_string(number)).c_str());
    if (at == 0) return;
    if (const auto* integer = std::get_if<std::int64_t>(&value)) {
      sqlite3_bind_int64(statement, at, *integer);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      sqlite3_bind_text64(statement, at, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    } else {
      sqlite3_bind_null(statement, at);
    }
  }

  static SqlRow row_of(sqlite3_stmt* statement) {
    SqlRow row;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      switch (sqlite3_column_type(statement, i)) {
        case SQLITE_NULL:
          row.values.emplace_back();
          break;
        case SQLITE_INTEGER:
          row.values.emplace_back(std::int64_t{sqlite3_column_int64(statement, i)});
          break;
        default:
          row.values.emplace_back(
              std::string(reinterpret_cast<const char*>(sqlite3_column_text(statement, i)),
                          static_cast<std::size_t>(sqlite3_column_bytes(statement, i))));
      }
    }
    return row;
  }

  sqlite3* handle_ = nullptr;
  std::unordered_map<std::string, sqlite3_stmt*> statements_;
};

class SqliteDatabase final : public Database {
 public:
  Status open(const std::string& path) {
    ODE_TRY(writer_.open(path));
    return reader_.open(path);
  }

  Status transaction(SqlAccess access, const std::function<Status(SqlSession&)>& work) override {
    const bool writes = access == SqlAccess::write;
    Connection& connection = writes ? writer_ : reader_;
    const std::lock_guard lock(writes ? writer_mutex_ : reader_mutex_);
    ODE_TRY(connection.run(writes ? "BEGIN IMMEDIATE" : "BEGIN", {}));
    Status status = work(connection);
    if (status) status = committed(connection);
    if (!status) {
      // Fails only where a failed statement has already ended the transaction.
      [[maybe_unused]] const auto undone = connection.run("ROLLBACK", {});
    }
    return status;
  }

  const char* kind() const override { return "sqlite"; }

 private:
  static Status committed(Connection& connection) {
    ODE_TRY(connection.run("COMMIT", {}));
    return Ok{};
  }

  std::mutex writer_mutex_, reader_mutex_;
  Connection writer_, reader_;
};

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path) {
  auto database = std::make_unique<SqliteDatabase>();
  ODE_TRY(database->open(path));
  return std::unique_ptr<Database>(std::move(database));
}

}  // namespace ode::server
