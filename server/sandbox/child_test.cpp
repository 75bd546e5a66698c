#include "server/sandbox/child.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <thread>

namespace ode::server {
namespace {

class Misbehaving : public ::testing::Test {
 protected:
  ChildReport run(const std::string& how, ChildLimits limits = {}) {
    auto memory = MemoryFile::make("document");
    EXPECT_TRUE(memory && memory->add("%PDF-1.7"));
    auto document = memory->seal();
    EXPECT_TRUE(document.ok());
    ChildTask task;
    task.program = ODE_MISBEHAVE;
    task.arguments = {how};
    task.document = document->get();
    task.limits = limits;
    task.cancel = &cancel_;
    task.output = [this](std::string_view bytes) -> Status {
      if (output_.size() < 1000) output_ += bytes;
      return output_result_;
    };
    const auto sandbox = Sandbox::make();
    EXPECT_TRUE(sandbox.ok());
    return sandbox.value().run(task);
  }
  std::string output_;
  Status output_result_ = Ok{};
  std::atomic<bool> cancel_{false};
};

TEST_F(Misbehaving, OneThatDoesNothingIsDone) {
  const ChildReport report = run("nothing");
  EXPECT_EQ(report.end, ChildEnd::done) << report.messages;
}

TEST_F(Misbehaving, CallsThatAreNoneOfItsBusinessEndIt) {
  for (const char* how :
       {"socket", "fork", "execute", "executable-memory", "kill-parent", "raise-limits", "write-file"}) {
    const ChildReport report = run(how);
    EXPECT_EQ(report.end, ChildEnd::forbidden_call)
        << how << ", ended by " << report.signal << " " << report.exit_code << report.messages;
  }
  struct stat info {};
  EXPECT_NE(::stat("/tmp/ode-misbehaves", &info), 0);
}

TEST_F(Misbehaving, FilesOfTheHostCannotBeRead) {
  for (const char* how : {"read-passwd", "read-environment"}) {
    output_.clear();
    EXPECT_EQ(run(how).end, ChildEnd::done);
    EXPECT_THAT(output_, ::testing::StartsWith("open: "))
        << "it was opened, or Landlock is not in this kernel";
  }
}

TEST_F(Misbehaving, TimeRunsOut) {
  EXPECT_EQ(run("spin", {.wall_ms = 20'000, .cpu_s = 1}).end, ChildEnd::cpu_exceeded);
  EXPECT_EQ(run("spin", {.wall_ms = 200, .cpu_s = 60}).end, ChildEnd::timed_out);
  EXPECT_EQ(run("sleep", {.wall_ms = 200}).end, ChildEnd::timed_out);
}

TEST_F(Misbehaving, MemoryRunsOut) {
#ifdef ODE_SANITIZED
  GTEST_SKIP() << "sanitizers reserve more address space than any limit allows";
#endif
  EXPECT_EQ(run("allocate", {.memory_bytes = std::int64_t{256} << 20}).end, ChildEnd::out_of_memory);
}

TEST_F(Misbehaving, TenGigabytesOfResultAreNotKept) {
  const ChildReport report = run("write-much", {.result_bytes_max = 1 << 20});
  EXPECT_EQ(report.end, ChildEnd::result_too_large);
  EXPECT_LT(report.result_bytes, 2 << 20);
}

TEST_F(Misbehaving, CrashesAreCrashes) {
  EXPECT_EQ(run("crash").end, ChildEnd::crashed);
  EXPECT_EQ(run("abort").end, ChildEnd::crashed);
  EXPECT_EQ(run("no-document").end, ChildEnd::unreadable);
}

TEST_F(Misbehaving, ACancelledOneEnds) {
  std::thread later([this] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    cancel_.store(true);
  });
  EXPECT_EQ(run("sleep").end, ChildEnd::cancelled);
  later.join();
}

TEST_F(Misbehaving, AResultThatCannotBeKeptEndsIt) {
  output_result_ = Error{ErrorKind::io, "the disk is full"};
  const ChildReport report = run("write-much");
  EXPECT_EQ(report.end, ChildEnd::output_failed);
  EXPECT_EQ(report.output_error.message, "the disk is full");
}

TEST(Child, AProgramThatIsNotThereCannotStart) {
  ChildTask task;
  task.program = "/nonexistent/ode";
  auto memory = MemoryFile::make("document");
  auto document = memory->seal();
  task.document = document->get();
  EXPECT_EQ(Sandbox::make().value().run(task).end, ChildEnd::cannot_start);
}

TEST(MemoryFile, IsSealed) {
  auto memory = MemoryFile::make("document");
  ASSERT_TRUE(memory->add("bytes"));
  const auto document = memory->seal();
  EXPECT_LT(::write(document.value().get(), "x", 1), 0);
  EXPECT_NE(::ftruncate(document.value().get(), 0), 0);
}

}  // namespace
}  // namespace ode::server
