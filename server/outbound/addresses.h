// Which addresses of the network strangers may make this host connect to.
#pragma once

#include <string>
#include <vector>

struct sockaddr;

namespace ode::server {

/// Whether an address belongs to the public Internet: not private, loopback, link-local, shared (CGNAT),
/// multicast, documentation or reserved, and not IPv6 that holds an IPv4 address (RFC 6890, IANA's
/// special-purpose registries).
bool is_public_address(const sockaddr& address);
/// The address as text; "" when it is of another family.
std::string address_text(const sockaddr& address);

}  // namespace ode::server
