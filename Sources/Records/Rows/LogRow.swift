/// A row of one of the append-only files of an output folder, which belongs to a run.
public protocol LogRow: CSVRow {
  /// The file that holds such rows.
  static var file: RecordsFile { get }
  var runID: String { get }
}

extension EpochRow: LogRow { public static var file: RecordsFile { .epochs } }
extension StageRow: LogRow { public static var file: RecordsFile { .stages } }
extension PredictionRow: LogRow { public static var file: RecordsFile { .predictions } }
extension FingerprintRow: LogRow { public static var file: RecordsFile { .fingerprints } }
extension MemoryRow: LogRow { public static var file: RecordsFile { .memory } }
extension SamplingRow: LogRow { public static var file: RecordsFile { .sampling } }
