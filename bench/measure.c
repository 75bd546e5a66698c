// Runs one command for bench.py: measure COMMAND ARGUMENT…, and prints its exit code, CPU and wall time in microseconds and peak memory in
// KiB to descriptor 3. A program of its own because a child begins with the peak memory of the process that
// forked it, and Python's is larger than some of what is measured.
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long wall_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

int main(int argc, char** argv) {
  if (argc < 2) return 1;
  const long long begin = wall_us();
  const pid_t child = fork();
  if (child == 0) {
    const int nowhere = open("/dev/null", O_RDWR);
    dup2(nowhere, 0);
    dup2(nowhere, 1);
    dup2(nowhere, 2);
    close(3);
    alarm(120);  // what takes longer fails
    execvp(argv[1], argv + 1);
    _exit(127);
  }
  int status = 0;
  struct rusage usage;
  if (child < 0 || wait4(child, &status, 0, &usage) != child) return 1;
  const long long end = wall_us();
  const long long cpu_us = (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000LL + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
  dprintf(3, "%d %lld %lld %ld\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128, cpu_us, end - begin, usage.ru_maxrss);
  return 0;
}
