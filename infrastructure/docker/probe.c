// Role: the health check of images without a shell: probe PORT [PATH]. Exit 0 when 127.0.0.1:PORT takes a connection and, where PATH is given,
// answers it with 200 within two seconds.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int main(int argc, char** argv) {
  const long port = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
  if (port < 1 || port > 65535) return fputs("usage: probe PORT [PATH]\n", stderr), 2;
  const struct timeval patience = {2, 0};
  const int link = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in peer = {0};
  peer.sin_family = AF_INET;
  peer.sin_port = htons((unsigned short)port);
  peer.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (link < 0 || setsockopt(link, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) != 0 || setsockopt(link, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) != 0) return 1;
  if (connect(link, (struct sockaddr*)&peer, sizeof peer) != 0) return 1;
  if (argc < 3) return 0;
  char text[512];
  const int size = snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", argv[2]);
  if (size < 0 || (size_t)size >= sizeof text || write(link, text, (size_t)size) != size) return 1;
  size_t have = 0;
  while (have < 12) {
    const ssize_t got = read(link, text + have, sizeof text - have);
    if (got <= 0) return 1;
    have += (size_t)got;
  }
  return memcmp(text, "HTTP/1.1 200", 12) == 0 ? 0 : 1;
}
