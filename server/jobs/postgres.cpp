// PostgreSQL through libpq. No session state (works behind PgBouncer in transaction mode): no prepared
// statements, no SET, no LISTEN; the advisory lock of migrations ends with its transaction.
#include <libpq-fe.h>

#include <condition_variable>
#include <mutex>

#include "server/jobs/database.h"
#include "server/jobs/sql_text.h"

namespace ode::server {
namespace {

constexpr SqlDialect kDialect = {"(extract(epoch from clock_timestamp()) * 1000)::bigint",
                                 "FOR UPDATE SKIP LOCKED", "BYTEA",
                                 "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"};
constexpr Oid kInt8 = 20, kInt4 = 23, kInt2 = 21, kNumeric = 1700;

struct FinishConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct ClearResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ConnectionHandle = std::unique_ptr<PGconn, FinishConnection>;
using ResultHandle = std::unique_ptr<PGresult, ClearResult>;

/// The message without the line ends that libpq puts in.
std::string said(const char* message) {
  std::string text = message;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

class PgSession final : public SqlSession {
 public:
  explicit PgSession(PGconn* connection) : connection_(connection) {}

  Result<SqlRows> run(std::string_view sql, const std::vector<SqlValue>& parameters) override {
    const std::string text = in_dialect(sql, kDialect);
    std::vector<std::string> texts(parameters.size());
    std::vector<const char*> values(parameters.size(), nullptr);
    std::vector<Oid> types(parameters.size(), 0);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      if (const auto* integer = std::get_if<std::int64_t>(&parameters[i])) {
        texts[i] = std::to_string(*integer);
        types[i] = kInt8;
      } else if (const auto* string = std::get_if<std::string>(&parameters[i])) {
        texts[i] = *string;
      } else {
        continue;
      }
      values[i] = texts[i].c_str();
    }
    const ResultHandle result(PQexecParams(connection_, text.c_str(), static_cast<int>(values.size()),
                                           types.data(), values.data(), nullptr, nullptr, 0));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
      return Error{ErrorKind::io, "database: " + said(PQerrorMessage(connection_))};
    return rows_of(result.get());
  }

 private:
  static SqlRows rows_of(PGresult* result) {
    SqlRows rows;
    rows.changed = std::strtoll(PQcmdTuples(result), nullptr, 10);
    const int columns = PQnfields(result);
    for (int r = 0; r < PQntuples(result); ++r) {
      SqlRow row;
      for (int c = 0; c < columns; ++c) {
        if (PQgetisnull(result, r, c) != 0) {
          row.values.emplace_back();
          continue;
        }
        const std::string text(PQgetvalue(result, r, c), static_cast<std::size_t>(PQgetlength(result, r, c)));
        const Oid type = PQftype(result, c);
        if (type == kInt8 || type == kInt4 || type == kInt2 || type == kNumeric) {
          row.values.emplace_back(std::int64_t{std::strtoll(text.c_str(), nullptr, 10)});
        } else {
          row.values.emplace_back(text);
        }
      }
      rows.rows.push_back(std::move(row));
    }
    return rows;
  }

  PGconn* connection_;
};

class PgDatabase final : public Database {
 public:
  PgDatabase(std::string url, int connections_max) : url_(std::move(url)), room_(connections_max) {}

  Status transaction(SqlAccess, const std::function<Status(SqlSession&)>& work) override {
    ConnectionHandle connection = ODE_TRY(take());
    bool committing = false;
    Status status = attempt(connection.get(), work, committing);
    if (!status && !committing && PQstatus(connection.get()) == CONNECTION_BAD) {
      // An idle connection that the server or a proxy has closed shows only when it is used.
      connection.reset();
      auto fresh = connect();
      if (fresh) {
        connection = std::move(*fresh);
        status = attempt(connection.get(), work, committing);
      } else {
        status = fresh.error();
      }
    }
    give_back(std::move(connection));
    return status;
  }

  const char* kind() const override { return "postgresql"; }

 private:
  static Status attempt(PGconn* connection, const std::function<Status(SqlSession&)>& work,
                        bool& committing) {
    PgSession session(connection);
    ODE_TRY(session.run("BEGIN", {}));
    Status status = work(session);
    if (status) {
      committing = true;
      const auto committed = session.run("COMMIT", {});
      return committed ? Status(Ok{}) : Status(committed.error());
    }
    // Fails only where the connection is gone, which ends the transaction too.
    [[maybe_unused]] const auto undone = session.run("ROLLBACK", {});
    return status;
  }

  Result<ConnectionHandle> connect() {
    const char* const names[] = {"dbname",          "connect_timeout",  "application_name",
                                 "keepalives_idle", "tcp_user_timeout", nullptr};
    const char* const values[] = {url_.c_str(), "5", "ode-server", "30", "15000", nullptr};
    ConnectionHandle connection(PQconnectdbParams(names, values, 1));
    if (PQstatus(connection.get()) != CONNECTION_OK)
      return Error{ErrorKind::io, "database: " + said(PQerrorMessage(connection.get()))};
    PQsetNoticeProcessor(
        connection.get(), [](void*, const char*) {}, nullptr);
    return connection;
  }

  Result<ConnectionHandle> take() {
    {
      std::unique_lock lock(mutex_);
      freed_.wait(lock, [this] { return !idle_.empty() || room_ > 0; });
      if (!idle_.empty()) {
        ConnectionHandle connection = std::move(idle_.back());
        idle_.pop_back();
        return connection;
      }
      --room_;
    }
    auto connection = connect();
    if (!connection) give_back(nullptr);
    return connection;
  }

  /// A broken one (or none) leaves its place to a new one.
  void give_back(ConnectionHandle connection) {
    const std::lock_guard lock(mutex_);
    const bool usable = connection != nullptr && PQstatus(connection.get()) == CONNECTION_OK &&
                        PQtransactionStatus(connection.get()) == PQTRANS_IDLE;
    if (usable) {
      idle_.push_back(std::move(connection));
    } else {
      ++room_;
    }
    freed_.notify_one();
  }

  const std::string url_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<ConnectionHandle> idle_;
  int room_;  ///< connections that may still be opened
};

}  // namespace

std::unique_ptr<Database> open_postgres(const std::string& url, int connections_max) {
  return std::make_unique<PgDatabase>(url, connections_max);
}

}  // namespace ode::server
