import ArgumentParser
import Collectives
import Comparisons
import Configuration
import DatasetStore
import Datasets
import EventFiles
import Experiments
import Explanations
import Export
import Figures
import Files
import Foundation
import Hashing
import Interchange
import Models
import PageServer
import Parity
import Performance
import Records
import Regression
import Reports
import WeightFiles

extension ExitCode {
  /// A regression, or a run with different results.
  static let regression = ExitCode(2)
  /// Better than the baseline, which should be renewed.
  static let improvement = ExitCode(4)
  /// Weights, logits or losses that are infinite or NaN.
  static let notFinite = ExitCode(3)
  static let usage = ExitCode(EX_USAGE)
  static let data = ExitCode(EX_DATAERR)
  static let ourBug = ExitCode(EX_SOFTWARE)
  static let unavailable = ExitCode(EX_UNAVAILABLE)
  static let system = ExitCode(EX_OSERR)
  static let cannotWrite = ExitCode(EX_CANTCREAT)

  /// The code for a gate's verdict; nil if nothing changed.
  init?(for verdict: GateReport.Verdict) {
    switch verdict {
    case .same: return nil
    case .regression: self = .regression
    case .improvement: self = .improvement
    case .notComparable: self = .data
    }
  }

  /// The code for an error of ours, by whose fault it is; nil for any other error.
  init?(for error: any Error) {
    switch error {
    case let error as ExperimentError:
      switch error.fault {
      case .usage: self = .usage
      case .data: self = .data
      case .notFinite: self = .notFinite
      case .interruption: self = StopSignals.exitCode
      }
    case let error as DatasetError:
      switch error.fault {
      case .usage: self = .usage
      case .data: self = .data
      case .output: self = .cannotWrite
      case .interruption: self = StopSignals.exitCode
      }
    case let error as StoreError:
      switch error.fault {
      case .usage: self = .usage
      case .data: self = .data
      case .output: self = .cannotWrite
      case .network: self = .unavailable
      case .interruption: self = StopSignals.exitCode
      }
    case let error as PerformanceError:
      switch error.fault {
      case .usage: self = .usage
      case .data: self = .data
      case .program: self = .ourBug
      case .interruption: self = StopSignals.exitCode
      }
    case let error as RecordsError: self = error.concernsOutput ? .cannotWrite : .data
    case let error as RegressError:
      switch error.fault {
      case .usage: self = .usage
      case .data: self = .data
      case .unavailable: self = .unavailable
      }
    case is ChildProcess.CannotStart: self = .unavailable
    case let error as CommunicationError:
      if case .withoutMPI = error { self = .usage } else { self = .unavailable }
    case let error as OtherRankFailed: self = ExitCode(error.code)
    case let error as LaunchError:
      switch error.fault {
      case .usage: self = .usage
      case .unavailable: self = .unavailable
      case .missing: self = .failure
      }
    case is NotComparable: self = .data
    case ComparisonsError.unknownReference: self = .usage
    case is ComparisonsError: self = .data
    case is ConfigError, is CroissantError: self = .data
    case is ExportError, is ExplanationError: self = .usage
    case is PageError, is ReportsError: self = .data
    case is HashingError: self = .system
    case PageServerError.noAddress: self = .usage
    case is PageServerError: self = .unavailable
    case is EventFileError: self = .cannotWrite
    case FiguresError.unknownFigure, FiguresError.unknownVariant, FiguresError.oneFolderOnly: self = .usage
    case FiguresError.noData, FiguresError.lacksFile: self = .data
    case is FiguresError: self = .cannotWrite
    case WeightFileError.cannotWrite: self = .cannotWrite
    case ModelError.notFinite: self = .notFinite
    case is WeightFileError, is ModelError, is ParityError: self = .data
    default: return nil
    }
  }
}

extension Bench {
  /// Reports `error` to the user and exits with the matching code.
  static func leave(reporting error: any Error) -> Never {
    if let code = ExitCode(for: error) {
      fail("\(Ranks.name)\(error)", code: code.rawValue)
      leave(code)
    }
    if let code = error as? ExitCode { leave(code) }
    if let error = error as? ValidationError {
      let command = CommandNames(of: Bench.self).path(processArguments().dropFirst())
      fail("\(error.message)\nSee '\(command) --help'.", code: ExitCode.usage.rawValue)
      leave(.usage)
    }
    // Errors of the parser: requests for help and the like, and wrong usage.
    let (code, message) = (exitCode(for: error), fullMessage(for: error))
    switch code {
    case .success: print(message)
    case .failure:
      fail(
        "\(error)\nThis is a bug in bench: please report it with the command that you ran.",
        code: ExitCode.ourBug.rawValue)
      leave(.ourBug)
    // The parser's message may begin with its own "Error: ".
    default: fail(message.hasPrefix("Error: ") ? String(message.dropFirst(7)) : message, code: code.rawValue)
    }
    leave(code)
  }

  /// Exits. Output that could not be written is an error too, but not reported if a reader such as `head` closed the
  /// pipe.
  static func leave(_ code: ExitCode) -> Never {
    guard let failure = StandardOutput.failure else { Ranks.exit(code.rawValue) }
    let code = code == .success ? ExitCode.cannotWrite : code
    if failure != EPIPE {
      errno = failure
      fail("output was lost: standard output cannot be written: \(systemReason()).", code: code.rawValue)
    }
    Ranks.exit(code.rawValue)
  }
}
