// Inputs of every kind, outputs committed and abandoned, and facts about the process.
#include "engine/platform/file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/platform/process.h"

namespace ode::platform {
namespace {

namespace fs = std::filesystem;

class FileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ = fs::temp_directory_path() / ("ode-file-test-" + std::to_string(::getpid()));
    fs::create_directories(directory_);
  }
  void TearDown() override { fs::remove_all(directory_); }

  std::string path(const std::string& name) const { return (directory_ / name).string(); }
  void put(const std::string& name, const std::string& text) const { std::ofstream(path(name)) << text; }
  std::string get(const std::string& name) const {
    std::ifstream in(path(name));
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }
  int entries() const {
    int count = 0;
    for ([[maybe_unused]] const auto& entry : fs::directory_iterator(directory_)) ++count;
    return count;
  }

  fs::path directory_;
};

TEST_F(FileTest, a_mapped_file_has_the_bytes_of_the_file) {
  put("in", "hello");
  auto bytes = map_file(path("in"));
  ASSERT_TRUE(bytes.ok());
  EXPECT_EQ(as_chars(bytes->view()), "hello");
}

TEST_F(FileTest, an_empty_file_is_no_error) {
  put("in", "");
  auto bytes = map_file(path("in"));
  ASSERT_TRUE(bytes.ok());
  EXPECT_TRUE(bytes->empty());
}

TEST_F(FileTest, a_missing_file_says_what_the_system_says) {
  auto bytes = map_file(path("nowhere"));
  ASSERT_FALSE(bytes.ok());
  EXPECT_EQ(bytes.error().kind, ErrorKind::io);
  EXPECT_EQ(bytes.error().message, "cannot open: No such file or directory");
}

TEST_F(FileTest, a_directory_is_no_file) {
  auto bytes = map_file(directory_.string());
  ASSERT_FALSE(bytes.ok());
  EXPECT_EQ(bytes.error().kind, ErrorKind::io);
}

TEST_F(FileTest, a_file_above_the_limit_is_refused_mapped_or_read) {
  put("in", "123456");
  EXPECT_EQ(map_file(path("in"), 5).error().kind, ErrorKind::limit_exceeded);
  EXPECT_TRUE(map_file(path("in"), 6).ok());
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ASSERT_EQ(::write(ends[1], "123456", 6), 6);
  ::close(ends[1]);
  EXPECT_EQ(read_descriptor(ends[0], 5).error().kind, ErrorKind::limit_exceeded);
  ::close(ends[0]);
}

TEST_F(FileTest, a_pipe_is_read_to_its_end) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const std::string text(50'000, 'x');
  ASSERT_EQ(::write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  ::close(ends[1]);
  auto bytes = read_descriptor(ends[0]);
  ::close(ends[0]);
  ASSERT_TRUE(bytes.ok());
  EXPECT_EQ(as_chars(bytes->view()), text);
}

TEST_F(FileTest, an_output_appears_only_when_committed) {
  auto file = OutputFile::create(path("out"));
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE(file->write(as_byte_view("abc")).ok());
  EXPECT_FALSE(file_exists(path("out")));
  ASSERT_TRUE(file->commit().ok());
  EXPECT_EQ(get("out"), "abc");
  EXPECT_EQ(file->size_bytes(), 3u);
  EXPECT_EQ(entries(), 1);
}

TEST_F(FileTest, an_abandoned_output_leaves_nothing_and_an_old_file_untouched) {
  put("out", "old");
  {
    auto file = OutputFile::create(path("out"));
    ASSERT_TRUE(file.ok());
    ASSERT_TRUE(file->write(as_byte_view(std::string(200'000, 'n'))).ok());
  }
  EXPECT_EQ(get("out"), "old");
  EXPECT_EQ(entries(), 1);
}

TEST_F(FileTest, small_and_large_writes_keep_their_order) {
  auto file = OutputFile::create(path("out"));
  ASSERT_TRUE(file.ok());
  std::string expected;
  for (const int size : {1, 70'000, 5, 30'000, 40'000, 7}) {
    const std::string piece(static_cast<std::size_t>(size), static_cast<char>('a' + size % 26));
    ASSERT_TRUE(file->write(as_byte_view(piece)).ok());
    expected += piece;
  }
  ASSERT_TRUE(file->commit().ok());
  EXPECT_EQ(get("out"), expected);
}

TEST_F(FileTest, replacing_through_a_symbolic_link_keeps_the_link_and_the_mode) {
  put("real", "old");
  ASSERT_EQ(::chmod(path("real").c_str(), 0640), 0);
  fs::create_symlink(path("real"), path("link"));
  auto file = OutputFile::create(path("link"));
  ASSERT_TRUE(file.ok());
  ASSERT_TRUE(file->write(as_byte_view("new")).ok());
  ASSERT_TRUE(file->commit().ok());
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(get("real"), "new");
  struct stat info {};
  ASSERT_EQ(::stat(path("real").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0640u);
}

TEST_F(FileTest, a_device_is_written_in_place) {
  auto file = OutputFile::create("/dev/null");
  ASSERT_TRUE(file.ok());
  EXPECT_TRUE(file->write(as_byte_view("abc")).ok());
  EXPECT_TRUE(file->commit().ok());
  EXPECT_FALSE(fs::is_regular_file("/dev/null"));
}

TEST_F(FileTest, an_unwritable_place_is_named) {
  auto file = OutputFile::create(path("no/such/folder/out"));
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().kind, ErrorKind::io);
  EXPECT_NE(file.error().message.find("no/such/folder/out: No such file or directory"), std::string::npos);
}

TEST_F(FileTest, a_full_device_fails_and_stays_failed) {
  auto file = OutputFile::create("/dev/full");
  ASSERT_TRUE(file.ok());
  EXPECT_TRUE(file->write(as_byte_view("abc")).ok());
  EXPECT_FALSE(file->commit().ok());
  EXPECT_FALSE(file->write(as_byte_view("abc")).ok());
}

TEST(Process, the_clock_goes_forward_and_memory_is_counted) {
  const std::int64_t before = monotonic_us();
  EXPECT_GE(monotonic_us(), before);
  EXPECT_GT(peak_memory_bytes(), std::size_t{100'000});
  EXPECT_GE(processor_count(), 1);
}

TEST(Process, the_executable_is_this_test) {
  EXPECT_NE(executable_path().find("platform_tests"), std::string::npos);
  EXPECT_EQ(module_path(reinterpret_cast<const void*>(&monotonic_us)), executable_path());
}

TEST(Process, the_directory_of_a_path_is_what_stands_before_the_last_slash) {
  EXPECT_EQ(directory_of("a/b/c"), "a/b");
  EXPECT_EQ(directory_of("/a"), "/");
  EXPECT_EQ(directory_of("a"), ".");
}

}  // namespace
}  // namespace ode::platform
