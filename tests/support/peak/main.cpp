// peak LINE: runs a shell line and writes, behind all that it prints, a line feed and how large its largest process grew, in KiB.
//
// A program of its own, because a process counts as its own what its parent's memory was when it was started; this parent is small.
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

extern char** environ;

int main(int count, char** words) {
  if (count != 2) return 2;
  char shell[] = "/bin/sh";
  char option[] = "-c";
  char* const command[] = {shell, option, words[1], nullptr};
  pid_t child = 0;
  if (posix_spawn(&child, shell, nullptr, nullptr, command, environ) != 0) return 2;
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) < 0) return 2;
  std::printf("\n%ld", usage.ru_maxrss);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
