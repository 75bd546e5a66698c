// Blobs as files: written under a temporary name, flushed, renamed, and the folder flushed too.
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>

#include "server/base/descriptor.h"
#include "server/base/digest.h"
#include "server/base/limits.h"
#include "server/blobs/blob_store.h"

namespace ode::server {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::hours kAbandonedAfter{6};

Error file_error(const fs::path& path, const std::error_code& code) {
  return Error{ErrorKind::io, path.string() + ": " + code.message()};
}

Status flush_directory(const fs::path& path) {
  const Descriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder || ::fsync(folder.get()) != 0) return system_error(path.string());
  return Ok{};
}

class FileWriter final : public BlobWriter {
 public:
  FileWriter(fs::path temporary, fs::path final_path, Descriptor file)
      : temporary_(std::move(temporary)), final_(std::move(final_path)), file_(std::move(file)) {}
  ~FileWriter() override {
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
  }

  Status write(std::string_view bytes) override { return write_all(file_.get(), bytes); }

  Status commit() override {
    if (::fsync(file_.get()) != 0) return system_error("cannot flush " + final_.string());
    file_.reset();
    const fs::path folder = final_.parent_path();
    std::error_code error;
    const bool made = fs::create_directories(folder, error);
    if (error) return file_error(folder, error);
    if (::rename(temporary_.c_str(), final_.c_str()) != 0)
      return system_error("cannot rename to " + final_.string());
    temporary_.clear();
    ODE_TRY(flush_directory(folder));
    return made ? flush_directory(folder.parent_path()) : Status(Ok{});
  }

 private:
  fs::path temporary_, final_;
  Descriptor file_;
};

class DirectoryBlobs final : public BlobStore {
 public:
  explicit DirectoryBlobs(fs::path root) : root_(std::move(root)) {}

  Status open() {
    std::error_code error;
    fs::create_directories(temporary_folder(), error);
    if (error) return file_error(root_, error);
    // Young ones may be another process's, at work.
    for (const auto& entry : fs::directory_iterator(temporary_folder(), error)) {
      const auto written = fs::last_write_time(entry.path(), error);
      if (!error && fs::file_time_type::clock::now() - written > kAbandonedAfter)
        fs::remove(entry.path(), error);
    }
    return Ok{};
  }

  Result<std::unique_ptr<BlobWriter>> create(const std::string& key) override {
    if (!is_blob_key(key)) return Error{ErrorKind::malformed, "not a blob key: " + key};
    fs::path temporary = temporary_folder() / to_hex(random_bytes(12));
    Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file) return system_error("cannot write " + temporary.string());
    return std::unique_ptr<BlobWriter>(
        std::make_unique<FileWriter>(std::move(temporary), root_ / key, std::move(file)));
  }

  Status read(const std::string& key, std::int64_t offset, std::int64_t length,
              const BlobSink& sink) override {
    if (!is_blob_key(key)) return Error{ErrorKind::malformed, "not a blob key: " + key};
    const Descriptor file(::open((root_ / key).c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (!file) return system_error("cannot open the blob " + key);
    std::array<char, kCopyBlockBytes> block;
    while (length > 0) {
      const auto wanted =
          static_cast<std::size_t>(std::min<std::int64_t>(length, std::int64_t{block.size()}));
      const ssize_t got = ::pread(file.get(), block.data(), wanted, offset);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return system_error("cannot read the blob " + key);
      if (got == 0) return Error{ErrorKind::io, "the blob " + key + " is shorter than it should be"};
      ODE_TRY(sink(std::string_view(block.data(), static_cast<std::size_t>(got))));
      offset += got;
      length -= got;
    }
    return Ok{};
  }

  Status remove(const std::string& key) override {
    if (!is_blob_key(key)) return Error{ErrorKind::malformed, "not a blob key: " + key};
    const fs::path path = root_ / key;
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return system_error("cannot remove the blob " + key);
    // The folder of a job goes with its last result; one that is not empty stays.
    if (path.parent_path().parent_path() != root_) ::rmdir(path.parent_path().c_str());
    return Ok{};
  }

  Result<std::vector<std::string>> older_than(std::int64_t wall_ms, std::size_t limit) override {
    std::vector<std::string> keys;
    std::error_code error;
    for (fs::recursive_directory_iterator at(root_, error), end; at != end && !error; at.increment(error)) {
      if (at.depth() == 0 && at->path() == temporary_folder()) {
        at.disable_recursion_pending();
        continue;
      }
      struct stat info {};
      // One that has just been removed by another is not missed.
      if (::stat(at->path().c_str(), &info) != 0 || !S_ISREG(info.st_mode)) continue;
      if (std::int64_t{info.st_mtim.tv_sec} * 1000 >= wall_ms) continue;
      keys.push_back(fs::relative(at->path(), root_).string());
      if (keys.size() == limit) break;
    }
    return keys;
  }

  Status check() override {
    const fs::path path = temporary_folder() / ("check-" + to_hex(random_bytes(6)));
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file) return system_error(root_.string());
    const Status written = write_all(file.get(), std::string(4096, ' '));
    ::unlink(path.c_str());
    return written;
  }

 private:
  fs::path temporary_folder() const { return root_ / "unfinished"; }
  fs::path root_;
};

}  // namespace

bool is_blob_key(std::string_view key) {
  if (key.empty() || key.size() > 512 || key.find('/') == std::string_view::npos || key.back() == '/')
    return false;
  char before = '/';
  for (const char c : key) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (!plain && c != '.' && c != '/') return false;
    if (before == '/' && (c == '.' || c == '/')) return false;
    before = c;
  }
  return true;
}

Result<std::unique_ptr<BlobStore>> open_directory_blobs(const std::string& directory) {
  auto blobs = std::make_unique<DirectoryBlobs>(directory);
  ODE_TRY(blobs->open());
  return std::unique_ptr<BlobStore>(std::move(blobs));
}

}  // namespace ode::server
