// SHA-256, HMAC and the encodings they are written in (OpenSSL's libcrypto).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace ode::server {

/// Bytes in, digest out; for streams. One thread at a time.
class Sha256 {
 public:
  Sha256();
  void add(std::string_view bytes);
  /// Lower-case hexadecimal; the object is spent.
  std::string hex();

 private:
  std::unique_ptr<evp_md_ctx_st, void (*)(evp_md_ctx_st*)> context_;
};

std::string sha256_hex(std::string_view bytes);
/// 32 raw bytes.
std::string hmac_sha256(std::string_view key, std::string_view bytes);
std::string to_hex(std::string_view bytes);
std::string to_base64(std::string_view bytes);
/// Standard alphabet, padding optional. nullopt when it is not base64.
std::optional<std::string> from_base64(std::string_view text);
/// Whether they are equal, in time that says nothing about where they differ.
bool equal_in_constant_time(std::string_view a, std::string_view b);
/// `bytes` random bytes, from the kernel.
std::string random_bytes(std::size_t bytes);

/// A name that sorts by time of making and cannot be guessed: 11 hexadecimal digits of milliseconds, 20 of
/// chance.
std::string make_id(std::int64_t now_ms);

}  // namespace ode::server
