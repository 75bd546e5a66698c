// Several files as one ZIP archive (APPNOTE 6.3), written in order to an OutputFile, so that it can go to a
// pipe. The same files give the same bytes: times are those of 1980-01-01.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/bytes.h"
#include "engine/platform/file.h"

namespace ode::cli {

/// One thread at a time.
class ZipWriter {
 public:
  explicit ZipWriter(platform::OutputFile out) : out_(std::move(out)) {}

  /// Text is deflated where that makes it smaller; pictures and fonts are stored as they are. `name` is
  /// relative, with
  /// '/' between folders. Errors: io; limit_exceeded above 4 GiB or 65,535 files (there is no ZIP64 here).
  Status add(const std::string& name, ByteView bytes);
  /// Writes the directory and commits. Errors: as add.
  Status finish();
  std::size_t size_bytes() const { return out_.size_bytes(); }

 private:
  struct Entry {
    std::string name;
    std::uint32_t crc = 0, packed_bytes = 0, size_bytes = 0, offset = 0;
    std::uint16_t method = 0;
  };
  platform::OutputFile out_;
  std::vector<Entry> entries_;
};

/// Where --zip writes: `output`, "-" for standard output, or "" for <name of the input>.zip. Errors: io.
Result<ZipWriter> open_archive(const std::string& output, const std::string& input);

}  // namespace ode::cli
