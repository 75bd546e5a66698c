#include "server/outbound/addresses.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstdint>
#include <cstring>

namespace ode::server {
namespace {

struct Block4 {
  std::uint32_t first;
  int bits;
};
constexpr std::uint32_t ip(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}

constexpr Block4 kSpecial4[] = {
    {ip(0, 0, 0, 0), 8},       {ip(10, 0, 0, 0), 8},      {ip(100, 64, 0, 0), 10},   {ip(127, 0, 0, 0), 8},
    {ip(169, 254, 0, 0), 16},  {ip(172, 16, 0, 0), 12},   {ip(192, 0, 0, 0), 24},    {ip(192, 0, 2, 0), 24},
    {ip(192, 31, 196, 0), 24}, {ip(192, 52, 193, 0), 24}, {ip(192, 88, 99, 0), 24},  {ip(192, 168, 0, 0), 16},
    {ip(192, 175, 48, 0), 24}, {ip(198, 18, 0, 0), 15},   {ip(198, 51, 100, 0), 24}, {ip(203, 0, 113, 0), 24},
    {ip(224, 0, 0, 0), 4},     {ip(240, 0, 0, 0), 4}};

bool is_public4(std::uint32_t address) {
  for (const Block4& block : kSpecial4) {
    if ((address ^ block.first) >> (32 - block.bits) == 0) return false;
  }
  return true;
}

/// 2000::/3 is all that is given out; of it Teredo, ORCHID and the like (2001::/23), documentation
/// (2001:db8::/32, 3fff::/20) and 6to4 (2002::/16) are no hosts of the Internet, or lead to an IPv4 address
/// in disguise.
bool is_public6(const std::uint8_t* a) {
  if (a[0] >> 5 != 1) return false;
  const bool reserved = a[0] == 0x20 && a[1] == 0x01 && a[2] < 2,
             documentation = a[0] == 0x20 && a[1] == 0x01 && a[2] == 0x0d && a[3] == 0xb8;
  const bool embedded = a[0] == 0x20 && a[1] == 0x02,
             documentation2 = a[0] == 0x3f && a[1] == 0xff && a[2] < 0x10;
  return !reserved && !documentation && !embedded && !documentation2;
}

}  // namespace

bool is_public_address(const sockaddr& address) {
  if (address.sa_family == AF_INET)
    return is_public4(ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr));
  if (address.sa_family == AF_INET6)
    return is_public6(reinterpret_cast<const sockaddr_in6&>(address).sin6_addr.s6_addr);
  return false;
}

std::string address_text(const sockaddr& address) {
  char text[INET6_ADDRSTRLEN] = "";
  if (address.sa_family == AF_INET)
    ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr, text, sizeof text);
  if (address.sa_family == AF_INET6)
    ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, text, sizeof text);
  return text;
}

}  // namespace ode::server
