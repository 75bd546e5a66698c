#include "server/outbound/addresses.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include "server/outbound/outbound.h"

namespace ode::server {
namespace {

bool is_public(const std::string& text) {
  sockaddr_storage storage{};
  auto& v4 = reinterpret_cast<sockaddr_in&>(storage);
  auto& v6 = reinterpret_cast<sockaddr_in6&>(storage);
  if (::inet_pton(AF_INET, text.c_str(), &v4.sin_addr) == 1) {
    storage.ss_family = AF_INET;
  } else {
    storage.ss_family = AF_INET6;
    EXPECT_EQ(::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr), 1) << text;
  }
  EXPECT_EQ(address_text(reinterpret_cast<const sockaddr&>(storage)), text);
  return is_public_address(reinterpret_cast<const sockaddr&>(storage));
}

TEST(Addresses, ThePublicInternet) {
  for (const char* text :
       {"1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.0",
        "192.167.1.1", "223.255.255.255", "2606:4700::1111", "2a00:1450::1", "2001:4860::8888"})
    EXPECT_TRUE(is_public(text)) << text;
}

TEST(Addresses, WhatLiesInside) {
  for (const char* text : {"0.0.0.0",
                           "10.1.2.3",
                           "100.64.0.1",
                           "100.127.255.255",
                           "127.0.0.1",
                           "127.8.8.8",
                           "169.254.169.254",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.0.0.8",
                           "192.168.1.1",
                           "198.18.0.1",
                           "198.19.255.255",
                           "224.0.0.1",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "fe80::1",
                           "fc00::1",
                           "fd00:ec2::254",
                           "ff02::1",
                           "::ffff:127.0.0.1",
                           "::ffff:8.8.8.8",
                           "64:ff9b::7f00:1",
                           "2002:7f00:1::",
                           "2001::1",
                           "2001:db8::1",
                           "100::1",
                           "3fff::1"})
    EXPECT_FALSE(is_public(text)) << text;
}

TEST(Addresses, UrlsThatAreFetched) {
  for (const char* url :
       {"http://example.org/a.pdf", "https://example.org:8443/?a=b", "http://[2606:4700::1111]/"})
    EXPECT_TRUE(check_outbound_url(url)) << url;
  for (const char* url :
       {"", "example.org", "file:///etc/passwd", "gopher://x/", "ftp://x/", "http://", "http://user@host/",
        "http://user:pass@host/", "dict://x", "http://a b/", "//host/x", "javascript:alert(1)"})
    EXPECT_FALSE(check_outbound_url(url)) << url;
}

}  // namespace
}  // namespace ode::server
