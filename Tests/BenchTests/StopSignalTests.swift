import Foundation
import TestSupport
import Testing

@testable import Figures
@testable import bench

// Signal handlers are per process; other tests use the signals that users send.
@Suite(.serialized) struct StopSignalTests {
  private let numbers = [SIGUSR1, SIGUSR2]

  @Test func aSignalIsNotedAndTheProgramGoesOn() {
    for number in numbers {
      let signals = StopSignals(numbers)
      #expect(!signals.isStopWanted)
      kill(getpid(), number)
      let end = Date().addingTimeInterval(10)
      while !signals.isStopWanted, Date() < end { usleep(1000) }
      #expect(signals.isStopWanted)
    }
  }

  /// A scheduler sends SIGTERM to a script and to its children, and the script forwards it.
  @Test func aSignalThatComesTwiceAtOnceEndsNothing() {
    let signals = StopSignals(numbers)
    for _ in 0..<2 {
      kill(getpid(), SIGUSR1)
      let end = Date().addingTimeInterval(10)
      while !signals.isStopWanted, Date() < end { usleep(1000) }
    }
    usleep(1000)
    #expect(signals.isStopWanted)
  }

  @Test func oneWithinTheLifeOfAnotherTakesNothingFromIt() {
    let outer = StopSignals(numbers)
    kill(getpid(), SIGUSR1)
    let end = Date().addingTimeInterval(10)
    while !outer.isStopWanted, Date() < end { usleep(1000) }
    do {
      let inner = StopSignals(numbers)
      #expect(inner.isStopWanted)
    }
    #expect(outer.isStopWanted)
  }

  @Test func afterwardsSignalsAreLeftToWhomTheyWereLeftBefore() {
    func handler(of number: Int32) -> UInt {
      var action = sigaction()
      sigaction(number, nil, &action)
      return unsafeBitCast(action.__sigaction_handler.sa_handler, to: UInt.self)
    }
    let before = numbers.map(handler)
    do {
      let signals = StopSignals(numbers)
      #expect(!signals.isStopWanted && numbers.map(handler) != before)
    }
    #expect(numbers.map(handler) == before)
  }

  /// Returns the signals that a process ignores or blocks, according to its /proc/PID/status.
  private func held(_ status: String) throws -> Set<Int32> {
    var held: Set<Int32> = []
    for key in ["SigIgn:", "SigBlk:"] {
      let line = try #require(status.split(separator: "\n").first { $0.hasPrefix(key) })
      let mask = try #require(UInt64(line.dropFirst(key.count).trimmingCharacters(in: .whitespaces), radix: 16))
      held.formUnion((1...31).filter { mask >> UInt64($0 - 1) & 1 == 1 })
    }
    return held
  }

  @Test func programsThatAreStartedMeanwhileCanBeEnded() throws {
    let signals = StopSignals(numbers)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/cat")
    process.arguments = ["/proc/self/status"]
    let output = Pipe()
    process.standardOutput = output
    // Tests run on Dispatch's threads, which block all signals, and a child would too; bench uses threads of its own.
    var (nothing, mask) = (sigset_t(), sigset_t())
    pthread_sigmask(SIG_SETMASK, &nothing, &mask)
    defer { pthread_sigmask(SIG_SETMASK, &mask, nil) }
    try process.run()
    let status = String(decoding: try #require(try output.fileHandleForReading.readToEnd()), as: UTF8.self)
    process.waitUntilExit()
    #expect(
      try held(status).intersection(numbers + [SIGPIPE]) == [],
      "\(status.split(separator: "\n").filter { $0.hasPrefix("Sig") })")
    #expect(!signals.isStopWanted)
  }

  @Test func gnuplotCanBeEnded() throws {
    struct Nothing: Figure {
      let name = "nothing"
      let size = FigureSize(width: 10, height: 10)
      let columns = ["x"]
      let rows = [["1"]]
      let commands = ""
    }
    try TestSupport.withTemporaryFolder { folder in
      let gnuplot = folder.appendingPathComponent("gnuplot")
      let status = folder.appendingPathComponent("status")
      let text = folder.appendingPathComponent("text")
      try Data("#!/bin/sh\ncat /proc/self/status > '\(status.path)'\ncat > /dev/null\n".utf8).write(to: text)
      // Another test that starts a program meanwhile passes on open descriptors: a file written here might be busy.
      let copy = try Process.run(
        URL(fileURLWithPath: "/bin/sh"),
        arguments: ["-c", "cp \"$0\" \"$1\" && chmod 755 \"$1\"", text.path, gnuplot.path])
      copy.waitUntilExit()
      let signals = StopSignals(numbers)
      #expect(throws: FiguresError.self, "it draws nothing") {
        try Nothing().render(to: folder, searchPath: folder.path)
      }
      #expect(try held(String(contentsOf: status, encoding: .utf8)).intersection(numbers + [SIGPIPE]) == [])
      #expect(!signals.isStopWanted)
    }
  }
}
