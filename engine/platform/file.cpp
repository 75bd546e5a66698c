// Files through POSIX: open, mmap, rename.
#include "engine/platform/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <utility>

namespace ode::platform {
namespace {

constexpr std::size_t kReadBlockBytes = std::size_t{64} << 10;
constexpr std::size_t kWriteBufferBytes = std::size_t{64} << 10;

Error io_error(const std::string& what) { return Error{ErrorKind::io, what + ": " + std::strerror(errno)}; }

Error too_large(std::size_t bytes_max) {
  return Error{ErrorKind::limit_exceeded, "larger than " + std::to_string(bytes_max >> 20) + " MiB"};
}

/// Closes when it goes out of scope.
struct Descriptor {
  int fd = -1;
  explicit Descriptor(int descriptor) : fd(descriptor) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

/// Where a write to `path` ends up: symbolic links are followed, so that renaming does not replace the link.
std::string resolved(const std::string& path) {
  char buffer[PATH_MAX];
  if (::realpath(path.c_str(), buffer) != nullptr) return buffer;
  return path;
}

/// A name beside `path` that no other file of this or another process has.
int create_temporary(const std::string& path, std::string& name) {
  static std::atomic<unsigned> serial{0};
  for (int attempt = 0; attempt < 1000; ++attempt) {
    name = path + ".part-" + std::to_string(::getpid()) + "-" + std::to_string(serial.fetch_add(1));
    const int fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}

}  // namespace

Result<SharedBytes> read_descriptor(int descriptor, std::size_t bytes_max) {
  ByteVector bytes;
  for (;;) {
    const std::size_t used = bytes.size();
    // One byte past the limit tells "too large" from "exactly at the limit".
    const std::size_t wanted = std::min(std::max(kReadBlockBytes, used), bytes_max - used + 1);
    bytes.resize(used + wanted);
    const ssize_t got = ::read(descriptor, bytes.data() + used, wanted);
    if (got < 0 && errno != EINTR) return io_error("cannot read");
    bytes.resize(used + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) return SharedBytes(std::move(bytes));
    if (bytes.size() > bytes_max) return too_large(bytes_max);
  }
}

Result<SharedBytes> read_stdin(std::size_t bytes_max) { return read_descriptor(STDIN_FILENO, bytes_max); }

Result<SharedBytes> map_file(const std::string& path, std::size_t bytes_max) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.fd < 0) return io_error("cannot open");
  struct stat info {};
  if (::fstat(file.fd, &info) != 0) return io_error("cannot open");
  if (S_ISDIR(info.st_mode)) return Error{ErrorKind::io, "cannot read: is a directory"};
  // Files of /proc and the like are regular but claim no bytes: reading them finds what there is.
  if (!S_ISREG(info.st_mode) || info.st_size == 0) return read_descriptor(file.fd, bytes_max);
  const std::size_t size = static_cast<std::size_t>(info.st_size);
  if (size > bytes_max) return too_large(bytes_max);

  void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.fd, 0);
  if (address == MAP_FAILED) return read_descriptor(file.fd, bytes_max);
  std::shared_ptr<const void> owner(address, [size](void* mapped) { ::munmap(mapped, size); });
  return SharedBytes(std::move(owner), ByteView(static_cast<const std::byte*>(address), size));
}

bool file_exists(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && !S_ISDIR(info.st_mode);
}

bool directory_exists(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

Status make_directory(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return Error{ErrorKind::io, path + ": " + error.message()};
  return Ok{};
}

Result<OutputFile> OutputFile::create(const std::string& path) {
  OutputFile file;
  file.path_ = resolved(path);
  struct stat info {};
  const bool exists = ::stat(file.path_.c_str(), &info) == 0;
  if (exists && S_ISDIR(info.st_mode))
    return Error{ErrorKind::io, "cannot write " + path + ": is a directory"};
  if (exists && !S_ISREG(info.st_mode)) {
    file.descriptor_ = ::open(file.path_.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    file.descriptor_ = create_temporary(file.path_, file.temporary_);
    // A file that is replaced keeps its permissions; failing to (not its owner) is no reason not to write.
    if (file.descriptor_ >= 0 && exists && ::fchmod(file.descriptor_, info.st_mode & 07777) != 0) errno = 0;
  }
  if (file.descriptor_ < 0) {
    file.temporary_.clear();
    return io_error("cannot write " + path);
  }
  file.owns_descriptor_ = true;
  return file;
}

OutputFile OutputFile::standard_output() {
  OutputFile file;
  file.descriptor_ = STDOUT_FILENO;
  file.path_ = "standard output";
  return file;
}

OutputFile::OutputFile(OutputFile&& other) noexcept { *this = std::move(other); }

OutputFile& OutputFile::operator=(OutputFile&& other) noexcept {
  if (this == &other) return *this;
  abandon();
  descriptor_ = std::exchange(other.descriptor_, -1);
  owns_descriptor_ = std::exchange(other.owns_descriptor_, false);
  path_ = std::move(other.path_);
  temporary_ = std::exchange(other.temporary_, std::string());
  buffer_ = std::move(other.buffer_);
  size_bytes_ = other.size_bytes_;
  error_ = std::move(other.error_);
  return *this;
}

OutputFile::~OutputFile() { abandon(); }

void OutputFile::abandon() {
  if (owns_descriptor_ && descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
  temporary_.clear();
}

Error OutputFile::failure(const char* what) {
  error_ = io_error(std::string(what) + " " + path_);
  return error_;
}

Status OutputFile::write_through(ByteView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return failure("cannot write");
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return Ok{};
}

Status OutputFile::flush() {
  Status status = write_through(buffer_);
  buffer_.clear();
  return status;
}

Status OutputFile::write(ByteView bytes) {
  if (!error_.message.empty()) return error_;
  size_bytes_ += bytes.size();
  if (buffer_.size() + bytes.size() > kWriteBufferBytes) ODE_TRY(flush());
  if (bytes.size() >= kWriteBufferBytes) return write_through(bytes);
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.end());
  return Ok{};
}

Status OutputFile::commit() {
  if (!error_.message.empty()) return error_;
  ODE_TRY(flush());
  if (!owns_descriptor_) return Ok{};
  if (::close(std::exchange(descriptor_, -1)) != 0) return failure("cannot write");
  if (temporary_.empty()) return Ok{};
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) return failure("cannot write");
  temporary_.clear();
  return Ok{};
}

}  // namespace ode::platform
