#include "gnuplot_stream.h"

#include <gnuplot-iostream.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fcntl.h>
#include <sstream>
#include <string>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace {

// The first runnable gnuplot in the folders of `path`, empty if there is none. Relative folders do not count: gnuplot starts elsewhere.
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

std::string shell_quoted(const std::string &text) {
  std::string quoted = "'";
  for (char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

// Keeps SIGPIPE from this thread alone for as long as it lives: a gnuplot that ends early must not end the caller.
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

// A temporary file that gnuplot's complaints go to.
class ErrorFile {
 public:
  ErrorFile() {
    const char *folder = std::getenv("TMPDIR");
    path_ = std::string(folder && *folder ? folder : "/tmp") + "/gnuplot-XXXXXX";
    descriptor_ = mkstemp(&path_[0]);
    if (descriptor_ < 0) throw std::runtime_error("no temporary file " + path_ + ": " + std::strerror(errno));
  }
  ~ErrorFile() {
    close(descriptor_);
    unlink(path_.c_str());
  }
  ErrorFile(const ErrorFile &) = delete;
  ErrorFile &operator=(const ErrorFile &) = delete;

  const std::string &path() const { return path_; }

  std::string text() const {
    char buffer[4096];
    const ssize_t count = pread(descriptor_, buffer, sizeof buffer, 0);
    return std::string(buffer, count > 0 ? static_cast<size_t>(count) : 0);
  }

 private:
  std::string path_;
  int descriptor_;
};

gnuplot_outcome run(const char *path, const std::string &directory, const char *script, std::string &message) {
  const std::string program = find_gnuplot(path ? path : std::getenv("PATH"));
  if (program.empty()) {
    message = "there is no gnuplot";
    return GNUPLOT_ABSENT;
  }
  ErrorFile errors;
  const std::string command = "cd " + shell_quoted(directory) + " && LC_ALL=C.UTF-8 exec " + shell_quoted(program) +
                              " -d - >/dev/null 2>" + shell_quoted(errors.path());
  // Opened here and not by Gnuplot, which drops the exit status: Gnuplot writes to a second handle of the pipe.
  FILE *pipe = popen(command.c_str(), "we");
  if (!pipe) {
    message = std::string("the shell cannot be started: ") + std::strerror(errno);
    return GNUPLOT_NOT_STARTED;
  }
  // Only now: gnuplot would inherit the mask.
  const SigpipeGuard guard;
  const int second = fcntl(fileno(pipe), F_DUPFD_CLOEXEC, 0);
  bool sent = false;
  if (FILE *handle = second < 0 ? nullptr : fdopen(second, "w")) {
    Gnuplot gnuplot(handle);
    gnuplot << script << std::flush;
    sent = gnuplot.good();
  }
  const int status = pclose(pipe);
  message = errors.text();
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && sent) return GNUPLOT_DONE;
  if (message.empty()) message = "gnuplot ended with status " + std::to_string(status);
  return GNUPLOT_COMPLAINED;
}

}  // namespace

gnuplot_outcome gnuplot_run(const char *search_path, const char *directory, const char *script, char *message,
                            size_t capacity) {
  gnuplot_outcome outcome = GNUPLOT_NOT_STARTED;
  std::string text;
  try {
    outcome = run(search_path, directory, script, text);
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
