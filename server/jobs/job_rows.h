// How a job is read from a row, and what several statements share.
#pragma once

#include "server/base/log.h"
#include "server/jobs/database.h"
#include "server/jobs/job.h"

namespace ode::server {

/// The columns that job_of reads, in its order.
extern const char* const kJobColumns;
Job job_of(const SqlRow& row);
/// One job by id, in a transaction. nullopt: none.
Result<std::optional<Job>> job_by_id(SqlSession& session, const std::string& id);
Status add_log(SqlSession& session, const std::string& job, const std::string& event,
               const std::string& detail);
/// The webhook of a job that has just ended, if it has one; in the transaction that ends it.
Status add_webhook(SqlSession& session, const std::string& id);
/// What clients see of a job: docs/http_api.md, "A job".
Json public_json(const Job& job);

}  // namespace ode::server
