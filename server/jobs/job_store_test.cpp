// The store on SQLite; tests/server runs the same statements on PostgreSQL.
#include "server/jobs/job_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <chrono>
#include <thread>

#include "server/base/limits.h"
#include "server/jobs/conversion.h"

namespace ode::server {
namespace {

constexpr std::int64_t kLease_ms = 60'000;

class Store : public ::testing::Test {
 protected:
  void SetUp() override {
    path_ = ::testing::TempDir() + "ode-store-" + std::to_string(::getpid()) + ".sqlite";
    for (const char* ending : {"", "-wal", "-shm"}) std::remove((path_ + ending).c_str());
    database_ = std::move(open_sqlite(path_)).value();
    ASSERT_TRUE(migrate(*database_));
    store_ = std::make_unique<JobStore>(*database_, 3'600'000);
  }
  void TearDown() override {
    database_.reset();
    for (const char* ending : {"", "-wal", "-shm"}) std::remove((path_ + ending).c_str());
  }

  Job job(const std::string& id, const std::string& cache_key = "") {
    Job job;
    job.id = id;
    job.tenant = "t";
    job.target = "text";
    job.options = job.metadata = "{}";
    job.name = "a.pdf";
    job.document = "in/t/" + id;
    job.cache_key = cache_key;
    return job;
  }
  Job made(const std::string& id) { return std::move(store_->create(job(id), std::nullopt)).value().job; }
  Job claimed(const std::string& id, std::int64_t lease_ms = kLease_ms) {
    return *std::move(store_->claim(id, "w", lease_ms)).value();
  }
  Job now(const std::string& id) { return *std::move(store_->find("t", id)).value(); }
  static JobOutcome done(const std::string& blob) {
    JobOutcome outcome;
    outcome.state = JobState::done;
    outcome.result = blob;
    outcome.options = "{}";
    return outcome;
  }

  std::string path_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<JobStore> store_;
};

TEST_F(Store, MigratingTwiceIsHarmless) {
  EXPECT_TRUE(migrate(*database_));
  EXPECT_EQ(missing_migrations(*database_).value(), 0);
}

TEST_F(Store, AJobIsClaimedOnce) {
  made("a");
  EXPECT_TRUE(store_->claim("a", "one", kLease_ms).value().has_value());
  EXPECT_FALSE(store_->claim("a", "two", kLease_ms).value().has_value());
  EXPECT_FALSE(store_->claim("unknown", "two", kLease_ms).value().has_value());
}

TEST_F(Store, AZombieIsRefused) {
  made("a");
  const Job zombie = claimed("a", -1);  // its lease has run out at once
  const Job second = claimed("a");
  EXPECT_EQ(second.attempt, 2);
  EXPECT_EQ(second.crashes, 1);
  EXPECT_FALSE(store_->heartbeat("a", zombie.lease_token, 1, 2, kLease_ms).value().held);
  EXPECT_FALSE(store_->finish(zombie, done("out/zombie")).value());
  EXPECT_FALSE(store_->retry(zombie, "x", "", 0).value());
  EXPECT_FALSE(store_->hand_back(zombie).value());
  EXPECT_TRUE(store_->finish(second, done("out/second")).value());
  EXPECT_FALSE(store_->finish(zombie, done("out/zombie")).value());
  EXPECT_EQ(now("a").result, "out/second");
}

TEST_F(Store, FinishingAgainAfterAnAnswerThatGotLostIsTrue) {
  made("a");
  const Job job = claimed("a");
  EXPECT_TRUE(store_->finish(job, done("out/a")).value());
  EXPECT_TRUE(store_->finish(job, done("out/a")).value());
  EXPECT_EQ(store_->log_of("a").value().size(), 3U);
}

TEST_F(Store, AJobThatKillsItsWorkersIsSetAside) {
  made("poison");
  for (int i = 0; i < kCrashesMax; ++i) {
    ASSERT_EQ(now("poison").state, JobState::queued);
    claimed("poison", -1);
    ASSERT_TRUE(store_->reconcile(0).ok());
  }
  EXPECT_EQ(now("poison").state, JobState::dead);
  EXPECT_EQ(now("poison").error_code, "poison");
  EXPECT_EQ(store_->dead(10).value().size(), 1U);
  EXPECT_TRUE(store_->requeue("poison").value());
  EXPECT_FALSE(store_->requeue("poison").value());
  EXPECT_EQ(now("poison").state, JobState::queued);
}

TEST_F(Store, ErrorsThatMayPassAreRetriedAndThenSetAside) {
  made("a");
  for (int i = 1; i < kRetriesMax; ++i) {
    EXPECT_TRUE(store_->retry(claimed("a"), "storage", "full", 0).value());
    ASSERT_EQ(now("a").state, JobState::queued);
  }
  EXPECT_TRUE(store_->retry(claimed("a"), "storage", "full", 0).value());
  EXPECT_EQ(now("a").state, JobState::dead);
}

TEST_F(Store, ADelayedJobIsNotDueYet) {
  made("a");
  ASSERT_TRUE(store_->retry(claimed("a"), "storage", "full", 3'600'000).value());
  EXPECT_TRUE(store_->take_dispatch(10).value().empty());
  EXPECT_FALSE(store_->claim("a", "w", kLease_ms).value().has_value());
  EXPECT_EQ(store_->counts().value().delayed, 1);
}

TEST_F(Store, WhatTheQueueForgotIsToldAgain) {
  made("a");
  EXPECT_EQ(store_->take_dispatch(10).value().size(), 1U);
  EXPECT_TRUE(store_->take_dispatch(10).value().empty());
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  EXPECT_EQ(store_->reconcile(1).value(), 1);
  EXPECT_EQ(store_->take_dispatch(10).value().size(), 1U);
}

TEST_F(Store, HighPrioritiesAreToldFirst) {
  for (const int priority : {2, 0, 1}) {
    Job each = job("p" + std::to_string(priority));
    each.priority = priority;
    ASSERT_TRUE(store_->create(each, std::nullopt).ok());
  }
  EXPECT_EQ(store_->take_dispatch(1).value()[0].id, "p0");
}

TEST_F(Store, AnIdempotencyKeyIsOneTenantsAndOneRequests) {
  const Idempotency key{"k", "f"};
  EXPECT_EQ(store_->create(job("a"), key).value().kind, Created::Kind::made);
  const Created again = store_->create(job("b"), key).value();
  EXPECT_EQ(again.kind, Created::Kind::repeated);
  EXPECT_EQ(again.job.id, "a");
  EXPECT_EQ(store_->create(job("c"), Idempotency{"k", "other"}).value().kind, Created::Kind::conflict);
  Job other = job("d");
  other.tenant = "another";
  EXPECT_EQ(store_->create(other, key).value().kind, Created::Kind::made);
}

TEST_F(Store, EqualJobsShareAResultUntilBothAreGone) {
  ASSERT_TRUE(store_->create(job("a", "same"), std::nullopt).ok());
  ASSERT_TRUE(store_->finish(claimed("a"), done("out/a")).value());
  const Job hit = store_->create(job("b", "same"), std::nullopt).value().job;
  EXPECT_EQ(hit.state, JobState::done);
  EXPECT_EQ(hit.result, "out/a");
  ASSERT_TRUE(database_->transaction(SqlAccess::write, [](SqlSession& s) -> Status {
    ODE_TRY(s.run("UPDATE jobs SET expires_at = 1 WHERE id = 'a'", {}));
    return Ok{};
  }));
  EXPECT_THAT(store_->sweep(10).value(), ::testing::ElementsAre("in/t/a"));
  EXPECT_TRUE(store_->refers_to("out/a").value());
}

TEST_F(Store, CancellingEndsWhatWaitsAndAsksWhatRuns) {
  made("waits");
  made("runs");
  const Job runs = claimed("runs");
  EXPECT_EQ((*store_->cancel("t", "waits").value()).state, JobState::cancelled);
  EXPECT_EQ((*store_->cancel("t", "runs").value()).state, JobState::running);
  EXPECT_TRUE(store_->heartbeat("runs", runs.lease_token, 0, 0, kLease_ms).value().cancel_asked);
  EXPECT_FALSE(store_->cancel("another", "runs").value().has_value());
}

TEST_F(Store, AnEndTellsItsWebhookOnce) {
  Job with = job("a");
  with.webhook = "https://example.org/hook";
  ASSERT_TRUE(store_->create(with, std::nullopt).ok());
  const Job running = claimed("a");
  ASSERT_TRUE(store_->finish(running, done("out/a")).value());
  ASSERT_TRUE(store_->finish(running, done("out/a")).value());
  const auto webhooks = store_->take_webhooks(10, kLease_ms).value();
  ASSERT_EQ(webhooks.size(), 1U);
  EXPECT_THAT(webhooks[0].body, ::testing::HasSubstr("\"type\":\"job.done\""));
  EXPECT_TRUE(store_->take_webhooks(10, kLease_ms).value().empty());
  ASSERT_TRUE(store_->webhook_failed(webhooks[0], "500", 0));
  EXPECT_EQ(store_->take_webhooks(10, kLease_ms).value().size(), 1U);
}

TEST_F(Store, AStartFindsNothingRunning) {
  made("a");
  claimed("a");
  ASSERT_TRUE(store_->recover_embedded());
  EXPECT_EQ(now("a").state, JobState::queued);
  EXPECT_EQ(now("a").crashes, 1);
}

TEST(Conversion, OptionsBecomeACommandLine) {
  const auto png =
      Conversion::make("png", {{"pages", "3"}, {"dpi", "96"}, {"gray", "true"}, {"annotations", "off"}});
  ASSERT_TRUE(png.ok());
  EXPECT_THAT(
      png.value().arguments("/fonts"),
      ::testing::ElementsAre("render", "-", "--format=png", "--output=-", "--threads=1", "--annotations=off",
                             "--dpi=96", "--gray", "--pages=3", "--font-pack=/fonts"));
  EXPECT_EQ(png.value().content_type(), "image/png");
  EXPECT_EQ(Conversion::make("png", {}).value().content_type(), "application/zip");
  EXPECT_NE(png.value().fingerprint(), Conversion::make("png", {}).value().fingerprint());
}

TEST(Conversion, SecretsAreLeftOutWhereAsked) {
  const auto text = Conversion::make("text", {{"password", "open sesame"}});
  EXPECT_EQ(text.value().to_json(Conversion::Secrets::left_out), "{}");
  EXPECT_EQ(
      Conversion::from_json("text", text.value().to_json(Conversion::Secrets::kept)).value().fingerprint(),
      text.value().fingerprint());
}

TEST(Conversion, WhatIsNotKnownIsAnError) {
  for (const auto& [target, options] :
       std::vector<std::pair<std::string, std::map<std::string, std::string>>>{
           {"docx", {}},
           {"png", {{"dpi", "nan"}}},
           {"png", {{"dpi", "1e9"}}},
           {"png", {{"dpi", "72"}, {"width", "5"}}},
           {"text", {{"dpi", "72"}}},
           {"html", {{"images", "max-dpi=-1"}}},
           {"png", {{"background", "#12345g"}}},
           {"jpeg", {{"background", "transparent"}}},
           {"png", {{"pages", "--help"}}},
           {"png", {{"output", "/etc/passwd"}}},
           {"text", {{"q", "x"}}}})
    EXPECT_FALSE(Conversion::make(target, options).ok()) << target;
}

}  // namespace
}  // namespace ode::server
