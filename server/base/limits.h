// What the batch host never exceeds, whatever its configuration says. Budgets that operators set are in
// server/config.
#pragma once

#include <cstddef>
#include <cstdint>

namespace ode::server {

constexpr std::size_t kHeaderBytesMax = std::size_t{16} << 10;  ///< request line and headers together
constexpr std::size_t kQueryBytesMax = std::size_t{4} << 10;
constexpr std::size_t kJsonBodyBytesMax = std::size_t{64} << 10;
constexpr std::size_t kNameBytesMax = 255;     ///< of a file, as its sender calls it
constexpr std::size_t kOptionBytesMax = 1024;  ///< one conversion option
constexpr std::size_t kPartHeaderBytesMax = std::size_t{4} << 10;
constexpr std::size_t kMultipartPartsMax = 32;
constexpr std::size_t kBoundaryBytesMax = 70;  ///< RFC 2046, 5.1.1
constexpr std::size_t kMessagesBytesMax = std::size_t{16}
                                          << 10;  ///< of a child's standard error that is kept
constexpr std::size_t kMetadataBytesMax = std::size_t{4} << 10;
constexpr std::size_t kCopyBlockBytes = std::size_t{64} << 10;
constexpr int kWaitSecondsMax = 120;  ///< Prefer: wait
constexpr int kListMax = 200;

constexpr int kCrashesMax = 3;  ///< workers that died over a job before it is set aside as poison
constexpr int kRetriesMax = 6;  ///< of errors that may pass (storage, a database away)

}  // namespace ode::server
