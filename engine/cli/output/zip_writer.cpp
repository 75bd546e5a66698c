#include "engine/cli/output/zip_writer.h"

#include <libdeflate.h>

#include <limits>
#include <memory>
#include <string_view>

#include "engine/cli/output/output_names.h"

namespace ode::cli {
namespace {

constexpr std::size_t kArchiveBytesMax = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kEntriesMax = std::numeric_limits<std::uint16_t>::max();
constexpr std::uint16_t kStored = 0, kDeflated = 8;
constexpr std::uint16_t kVersion = 20, kNamesAreUtf8 = 1 << 11, kFirstDay = 1 << 5 | 1;

void put(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xff));
}

bool packs(std::string_view name) {
  for (const std::string_view ending :
       {".html", ".css", ".js", ".svg", ".json", ".txt", ".md", ".hocr", ".ppm", ".pam"}) {
    if (name.size() > ending.size() && name.substr(name.size() - ending.size()) == ending) return true;
  }
  return false;
}

/// Empty when packing gains nothing.
ByteVector deflated(ByteView bytes) {
  const std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor(
      libdeflate_alloc_compressor(6), libdeflate_free_compressor);
  if (compressor == nullptr || bytes.size() < 64) return {};
  ByteVector packed(bytes.size() - 1);
  packed.resize(libdeflate_deflate_compress(compressor.get(), bytes.data(), bytes.size(), packed.data(),
                                            packed.size()));
  return packed;
}

/// What local header and directory say alike, from "version needed" to the lengths.
template <class Entry>
void put_common(std::string& out, const Entry& entry) {
  put(out, kVersion, 2);
  put(out, kNamesAreUtf8, 2);
  put(out, entry.method, 2);
  put(out, 0, 2);
  put(out, kFirstDay, 2);
  put(out, entry.crc, 4);
  put(out, entry.packed_bytes, 4);
  put(out, entry.size_bytes, 4);
  put(out, static_cast<std::uint32_t>(entry.name.size()), 2);
  put(out, 0, 2);
}

}  // namespace

Result<ZipWriter> open_archive(const std::string& output, const std::string& input) {
  if (output == "-") return ZipWriter(platform::OutputFile::standard_output());
  return ZipWriter(ODE_TRY(platform::OutputFile::create(output.empty() ? stem_of(input) + ".zip" : output)));
}

Status ZipWriter::add(const std::string& name, ByteView bytes) {
  if (entries_.size() == kEntriesMax ||
      out_.size_bytes() + bytes.size() + 2 * name.size() + 1024 > kArchiveBytesMax)
    return Error{ErrorKind::limit_exceeded, "more than a ZIP archive holds (4 GiB, 65535 files)"};
  const ByteVector packed = packs(name) ? deflated(bytes) : ByteVector();
  const ByteView body = packed.empty() ? bytes : ByteView(packed);
  Entry entry{name,
              libdeflate_crc32(0, bytes.data(), bytes.size()),
              static_cast<std::uint32_t>(body.size()),
              static_cast<std::uint32_t>(bytes.size()),
              static_cast<std::uint32_t>(out_.size_bytes()),
              packed.empty() ? kStored : kDeflated};
  std::string head = "PK\x03\x04";
  put_common(head, entry);
  head += name;
  entries_.push_back(std::move(entry));
  ODE_TRY(out_.write(as_byte_view(head)));
  return out_.write(body);
}

Status ZipWriter::finish() {
  std::string directory;
  for (const Entry& entry : entries_) {
    directory += "PK\x01\x02";
    put(directory, kVersion, 2);
    put_common(directory, entry);
    put(directory, 0, 2);  // no comment
    put(directory, 0, 2);  // this disk
    put(directory, 0, 2);  // internal attributes
    put(directory, 0, 4);  // external attributes
    put(directory, entry.offset, 4);
    directory += entry.name;
  }
  const std::size_t start = out_.size_bytes();
  if (start + directory.size() > kArchiveBytesMax)
    return Error{ErrorKind::limit_exceeded, "more than a ZIP archive holds"};
  std::string end = "PK\x05\x06";
  put(end, 0, 4);  // disks
  put(end, static_cast<std::uint32_t>(entries_.size()), 2);
  put(end, static_cast<std::uint32_t>(entries_.size()), 2);
  put(end, static_cast<std::uint32_t>(directory.size()), 4);
  put(end, static_cast<std::uint32_t>(start), 4);
  put(end, 0, 2);  // no comment
  ODE_TRY(out_.write(as_byte_view(directory)));
  ODE_TRY(out_.write(as_byte_view(end)));
  return out_.commit();
}

}  // namespace ode::cli
