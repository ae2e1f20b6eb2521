#include "gnuplot_stream.h"

#include <gnuplot-iostream.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fcntl.h>
#include <spawn.h>
#include <sstream>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

// Finds the first executable gnuplot in `path`; empty if there is none. Skips relative folders: gnuplot runs elsewhere.
std::string find_gnuplot(const char *path) {
  std::istringstream folders(path ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::string program = folder + "/gnuplot";
    struct stat status;
    if (program[0] == '/' && stat(program.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
        access(program.c_str(), X_OK) == 0) {
      return program;
    }
  }
  return "";
}

// Blocks SIGPIPE on this thread during its lifetime: a gnuplot that exits early must not end the caller.
class SigpipeGuard {
 public:
  SigpipeGuard() {
    sigemptyset(&sigpipe_);
    sigaddset(&sigpipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &sigpipe_, &previous_);
  }
  ~SigpipeGuard() {
    const timespec at_once = {0, 0};
    if (!was_pending_) {
      while (sigtimedwait(&sigpipe_, nullptr, &at_once) < 0 && errno == EINTR) {}
    }
    pthread_sigmask(SIG_SETMASK, &previous_, nullptr);
  }
  SigpipeGuard(const SigpipeGuard &) = delete;
  SigpipeGuard &operator=(const SigpipeGuard &) = delete;

 private:
  sigset_t sigpipe_, previous_;
  bool was_pending_;
};

std::runtime_error system_failure(const std::string &what, int code) {
  return std::runtime_error(what + ": " + std::strerror(code));
}

// An in-memory file for gnuplot's error messages.
class ErrorFile {
 public:
  ErrorFile() : descriptor_(memfd_create("gnuplot", MFD_CLOEXEC)) {
    if (descriptor_ < 0) throw system_failure("no memory for gnuplot's messages", errno);
  }
  ~ErrorFile() { close(descriptor_); }
  ErrorFile(const ErrorFile &) = delete;
  ErrorFile &operator=(const ErrorFile &) = delete;

  int descriptor() const { return descriptor_; }

  // Returns the text without leading or trailing white space.
  std::string text() const {
    char buffer[4096];
    const ssize_t count = pread(descriptor_, buffer, sizeof buffer, 0);
    const std::string text(buffer, count > 0 ? static_cast<size_t>(count) : 0);
    const size_t first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
    return first == std::string::npos ? "" : text.substr(first, last - first + 1);
  }

 private:
  int descriptor_;
};

// How variables begin that gnuplot must not see: a picture depends on its script alone.
const char *const dropped_variables[] = {"LC_ALL=", "TZ=", "GNUTERM=", "GNUPLOT_", "GNUHELP=", "FIT_"};

// A running gnuplot with its children in their own process group, which is killed at the latest with this object.
class Process {
 public:
  Process(const std::string &program, const std::string &directory, int input, int errors) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, errors, 2);
    posix_spawn_file_actions_addchdir_np(&actions, directory.c_str());
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    // Plots also show times in the local time zone. Gnuplot's own variables (GNUTERM, GNUPLOT_LIB, FIT_LOG, ...) may name
    // terminals and files that are not here.
    std::string locale = "LC_ALL=C.UTF-8", zone = "TZ=UTC0";
    std::vector<char *> environment;
    for (char **entry = environ; *entry; entry++) {
      const bool is_dropped = std::any_of(std::begin(dropped_variables), std::end(dropped_variables), [&](const char *start) {
        return std::strncmp(*entry, start, std::strlen(start)) == 0;
      });
      if (!is_dropped) environment.push_back(*entry);
    }
    environment.push_back(&locale[0]);
    environment.push_back(&zone[0]);
    environment.push_back(nullptr);
    std::string name = "gnuplot", settings = "-d", source = "-";
    char *arguments[] = {&name[0], &settings[0], &source[0], nullptr};
    const int code = posix_spawn(&process_, program.c_str(), &actions, &attributes, arguments, environment.data());
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    if (code != 0) throw system_failure(program + " cannot be started", code);
  }
  ~Process() {
    if (has_ended_) return;
    kill(-process_, SIGKILL);
    waitpid(process_, &status_, 0);
  }
  Process(const Process &) = delete;
  Process &operator=(const Process &) = delete;

  // Waits at most `seconds` for gnuplot to exit; returns how it failed, or an empty string if it succeeded.
  std::string wait(double seconds) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds);
    while (waitpid(process_, &status_, WNOHANG) == 0) {
      if (std::chrono::steady_clock::now() > deadline)
        return "gnuplot was ended, as it had not come to an end after " + std::to_string(static_cast<int>(seconds)) + " s";
      usleep(5000);
    }
    has_ended_ = true;
    if (WIFSIGNALED(status_)) return std::string("gnuplot was ended by a signal: ") + strsignal(WTERMSIG(status_));
    return WEXITSTATUS(status_) == 0 ? "" : "gnuplot ended with exit code " + std::to_string(WEXITSTATUS(status_));
  }

 private:
  pid_t process_ = 0;
  int status_ = 0;
  bool has_ended_ = false;
};

// Writes the script to the end of a pipe and closes it.
bool send_script(int descriptor, const std::string &script) {
  // The pipe can hold the whole script, so a gnuplot that does not read cannot block us.
  fcntl(descriptor, F_SETPIPE_SZ, static_cast<int>(script.size()) + 4096);
  fcntl(descriptor, F_SETFL, O_NONBLOCK);
  FILE *file = fdopen(descriptor, "w");
  if (!file) {
    close(descriptor);
    return false;
  }
  Gnuplot gnuplot(file);
  gnuplot << script << std::flush;
  return gnuplot.good();
}

gnuplot_outcome run(const char *path, const std::string &directory, const char *script, double seconds,
                    std::string &message) {
  const std::string program = find_gnuplot(path ? path : std::getenv("PATH"));
  if (program.empty()) {
    message = "there is no gnuplot";
    return GNUPLOT_ABSENT;
  }
  ErrorFile errors;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw system_failure("no pipe", errno);
  std::string trouble;
  bool sent = false;
  try {
    Process process(program, directory, ends[0], errors.descriptor());
    close(ends[0]);
    ends[0] = -1;
    {
      // Not earlier, because gnuplot would inherit the mask.
      const SigpipeGuard guard;
      const int end = ends[1];
      ends[1] = -1;
      sent = send_script(end, script);
    }
    trouble = process.wait(seconds);
  } catch (...) {
    for (int end : ends)
      if (end >= 0) close(end);
    throw;
  }
  if (trouble.empty() && sent) return GNUPLOT_DONE;
  if (trouble.empty()) trouble = "gnuplot did not read the whole script";
  const std::string words = errors.text();
  message = words.empty() ? trouble : words + " (" + trouble + ")";
  return GNUPLOT_COMPLAINED;
}

}  // namespace

gnuplot_outcome gnuplot_run(const char *search_path, const char *directory, const char *script, double seconds,
                            char *message, size_t capacity) {
  gnuplot_outcome outcome = GNUPLOT_NOT_STARTED;
  std::string text;
  try {
    outcome = run(search_path, directory, script, seconds, text);
  } catch (const std::exception &error) {
    try {
      text = error.what();
    } catch (...) {
    }
  } catch (...) {
  }
  if (message && capacity > 0) std::snprintf(message, capacity, "%s", text.c_str());
  return outcome;
}
