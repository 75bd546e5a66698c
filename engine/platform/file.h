// Files in and out: mapped inputs, and outputs that appear whole or not at all. With process.h the only place
// where the engine meets an operating system; conditionals for systems without mmap or rename live in these
// .cpp files.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "engine/base/bytes.h"
#include "engine/base/limits.h"
#include "engine/base/result.h"

namespace ode::platform {

/// The bytes of a file, mapped read-only and shared; pipes and devices are read. The mapping lives as long as
/// a copy of the result. A program that truncates a file in place while it is mapped takes this one down:
/// writers should rename. Errors: io ("No such file or directory" …), limit_exceeded above `bytes_max`.
Result<SharedBytes> map_file(const std::string& path, std::size_t bytes_max = kDocumentBytesMax);

/// Everything that can still be read from the descriptor, which stays open. Errors as map_file.
Result<SharedBytes> read_descriptor(int descriptor, std::size_t bytes_max = kDocumentBytesMax);
Result<SharedBytes> read_stdin(std::size_t bytes_max = kDocumentBytesMax);

bool file_exists(const std::string& path);
bool directory_exists(const std::string& path);
/// Makes the directory and those above it, where they are missing. Errors: io.
Status make_directory(const std::string& path);

/// A file being written. Bytes go to a temporary beside it, which commit() renames over the name asked for
/// and which vanishes with an object that was not committed. What is not a regular file (/dev/null, a named
/// pipe) is written in place. One thread at a time.
class OutputFile {
 public:
  /// Errors: io.
  static Result<OutputFile> create(const std::string& path);
  /// Writes to standard output, which stays open; nothing can be taken back.
  static OutputFile standard_output();

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&& other) noexcept;
  ~OutputFile();

  /// Buffers small pieces. After an error every further call fails with the same one. Errors: io.
  Status write(ByteView bytes);
  /// Writes out what is buffered and gives the file its name. Errors: io.
  Status commit();
  /// Bytes taken so far.
  std::size_t size_bytes() const { return size_bytes_; }

 private:
  OutputFile() = default;
  Status flush();
  Status write_through(ByteView bytes);
  Error failure(const char* what);
  void abandon();

  int descriptor_ = -1;
  bool owns_descriptor_ = false;
  std::string path_;       ///< final name, for messages too
  std::string temporary_;  ///< empty when written in place
  ByteVector buffer_;
  std::size_t size_bytes_ = 0;
  Error error_;  ///< of the first failed write; its message is empty while all is well
};

}  // namespace ode::platform
