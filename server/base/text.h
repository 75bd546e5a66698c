// Small text work that every room needs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ode::server {

std::string lower(std::string_view text);
/// Without spaces and tabs at both ends.
std::string_view trim(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
/// The parts of a temporary would outlive it.
std::vector<std::string_view> split(std::string&& text, char separator) = delete;
/// Whole text, decimal. nullopt for anything else, or out of range.
std::optional<std::int64_t> to_integer(std::string_view text);
/// %XX decoded, and '+' as a space where `plus_is_space`. nullopt for a broken escape or a NUL.
enum class Plus : std::uint8_t { plus, space };
std::optional<std::string> percent_decode(std::string_view text, Plus plus);
/// All but unreserved characters (RFC 3986) as %XX.
std::string percent_encode(std::string_view text);
/// "2026-03-01T12:00:00.123Z".
std::string iso_time(std::int64_t wall_ms);
/// "Sun, 01 Mar 2026 12:00:00 GMT".
std::string http_time(std::int64_t wall_ms);
bool is_utf8(std::string_view text);

}  // namespace ode::server
