import Datasets
import Foundation
import TestSupport
import Testing

@testable import bench

/// The whole program, with its streams, limits and arguments as users have them.
@Suite(.enabled(if: Program.path != nil, "the program is not built")) struct DoorTests {
  private let temporary: TemporaryFolder
  private var folder: URL { temporary.url }

  init() throws { temporary = try TemporaryFolder() }

  private func run(_ script: String) throws -> (code: Int32, errors: String) { try Program.run(script, in: folder) }

  @Test(arguments: ["data list", "--help", "train --help", "--version"])
  func whatIsPrintedAndLostIsAnError(arguments: String) throws {
    let full = try run("bench \(arguments) > /dev/full")
    #expect(full.code == 73 && full.errors.contains("no space left on device"))
    let closed = try run("set -o pipefail; { sleep 0.2; bench \(arguments); } | true")
    #expect(closed.code == 73 && closed.errors.isEmpty, "as head does it, which wants no more")
    #expect(try run("bench \(arguments)").code == 0)
  }

  @Test(arguments: ["2>&-", "2> /dev/full", "2> >(exit)", "<&- >&- 2>&-"])
  func nothingAboutStandardErrorEndsTheProgram(redirection: String) throws {
    // The program warns, and the work continues.
    let result = try run("bench data render birdlets --size 16 --per-class 2 --out pictures \(redirection)")
    #expect(result.code == 0)
    #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("pictures/images.txt").path))
    #expect(try run("bench summarize \(folder.path) \(redirection)").code == 65)
  }

  @Test func aPipeThatNobodyReadsDoesNotHoldTheProgram() throws {
    // More output than the pipe holds, from a program that must still exit on its own.
    let script = """
      mkfifo pipe; exec 3<>pipe
      head -c 65536 /dev/zero >&3
      for turn in 1; do timeout 30 "$BENCH" summarize . 2>&3; done
      """
    #expect(try run(script).code == 65)
  }

  @Test func messagesDoNotEndInFilesWhenStreamsAreClosed() throws {
    try Data("x".utf8).write(to: folder.appendingPathComponent("a.jpg"))
    _ = try run("bench data render birdlets --size 16 --per-class 2 --out pictures <&- >&- 2>&-")
    let classes = try String(contentsOf: folder.appendingPathComponent("pictures/classes.txt"), encoding: .utf8)
    #expect(classes.hasPrefix("1 ") && !classes.contains("Wrote"))
  }

  @Test(arguments: [
    ("S3N_ISA=foo bench data list", "portable, avx2, avx512"), ("S3N_FAULT=foo bench data list", "write:3:ENOSPC"),
    ("bench figures .", "not an output folder"), ("bench trian", "did you mean \"train\"?"),
    ("bench figures", "See 'bench figures --help'."), ("bench data fetsh", "See 'bench data --help'."),
    ("bench train --threads 257", "from 1 to 256"), ("bench train --save-every -1", "--save-every -1"),
    ("bench ablation --save-every nan", "0 to 10080 minutes"), ("bench ablation --keep worst", "--keep"),
    ("bench train --variant baseline --radius 0.1", "in baseline"),
  ])
  func wrongUsageIsNamed(script: String, message: String) throws {
    let result = try run(script)
    #expect([64, 65, 73].contains(result.code) && result.errors.contains(message), "\(result)")
    #expect(!result.errors.contains("NSCocoaErrorDomain"))
  }

  /// A long training, followed by a wait until it has begun.
  private let training = """
    "$BENCH" ablation --variants baseline --classes 1-2 --size 32 --epochs 10000 --out out &
    for turn in $(seq 300); do [[ $(wc -l < out/epochs.csv) -gt 1 ]] && break; sleep 0.1; done 2> /dev/null

    """

  @Test(arguments: [("INT", 130), ("TERM", 143), ("HUP", 129)])
  func aSignalEndsARunBetweenTwoStepsWithItsCode(signal: String, code: Int32) throws {
    let result = try run(training + "kill -\(signal) $!; wait $!")
    #expect(result.code == code && result.errors.contains("0 of 1 run finished and kept in out"), "\(result)")
    #expect(result.errors.contains("baseline-seed0: saved at epoch "), "\(result)")
    #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("out/state").path))
  }

  @Test func aSecondSignalEndsARunAtOnce() throws {
    // Both signals arrive before the program can react to the first.
    let result = try run(training + "kill -STOP $!; kill -INT $!; kill -TERM $!; kill -CONT $!; wait $!")
    #expect([130, 143].contains(result.code) && !result.errors.contains("saved at"), "\(result)")
  }

  /// A program inherits the signals that its parent process blocks.
  @Test func aSignalThatWasBlockedEndsARun() throws {
    let script = training.replacing("\"$BENCH\"", with: "env --block-signal \"$BENCH\"")
    let result = try run(script + "kill -TERM $!; wait $!")
    #expect(result.code == 143, "\(result)")
  }

  @Test func underNohupAHangUpIsNoEnd() throws {
    let script = training.replacing("\"$BENCH\"", with: "nohup \"$BENCH\"")
    let result = try run(script + "kill -HUP $!; sleep 0.3; kill -0 $! && kill -TERM $!; wait $!")
    #expect(result.code == 143, "\(result)")
  }

  /// If each thread were pinned to a CPU on which others run, it would wait for them.
  @Test(
    .enabled(if: ProcessInfo.processInfo.activeProcessorCount > 1, "one CPU"),
    arguments: [("--threads $(nproc)", true), ("--threads $(nproc) --no-pin", false), ("--threads 1", false)])
  func workersArePinnedOnlyWhereEachHasACPU(options: String, arePinned: Bool) throws {
    let script = training.replacing(" --out", with: " \(options) --out")
    let pinned = "grep -h Cpus_allowed_list /proc/$!/task/*/status | grep -qv '[-,]'; found=$?"
    let result = try run(script + pinned + "; kill -TERM $!; wait $!; exit $found")
    #expect(result.code == (arePinned ? 0 : 1), "\(result)")
  }

  /// A measurement that does not finish leaves the previous one unchanged.
  @Test func oldMeasurementsStayUntilNewOnesAreComplete() throws {
    let arguments = "scaling --models none --grids 3,5 --maps 1 --rounds 1 --threads 1 --out out"
    let result = try run(
      "mkdir out; echo old > out/smoothing.csv; S3N_FAULT=fsync:4+:EIO bench \(arguments); code=$?;"
        + "[[ $(< out/smoothing.csv) == old ]] && exit $code")
    #expect(result.code == 73 && result.errors.contains("input/output error"), "\(result)")
    #expect(result.errors.contains("smoothing.csv is unchanged"))
    #expect(try run("bench \(arguments); [[ $(wc -l < out/smoothing.csv) -gt 6 && ! -e out/*.unfinished ]]").code == 0)
  }

  @Test func tablesOfAFolderThatCannotBeWrittenToAreShown() throws {
    let result = try run(
      "bench ablation --classes 1-2 --size 32 --epochs 1 --variants baseline,identity --out out 2> /dev/null"
        + "&& rm out/summary.csv out/comparisons.csv && mkdir out/summary.csv out/comparisons.csv"
        + "&& for table in summarize compare; do bench $table out > words && exit 1; grep -q ^identity words || exit 2; done"
    )
    #expect(result.code == 0 && result.errors.contains("it is a folder"), "\(result)")
  }

  @Test(arguments: ["exit 1", "exec <&-; kill -9 $$"]) func aChartThatCannotBeDrawnEndsNoRun(gnuplot: String) throws {
    let result = try run(
      "mkdir fake; printf '#!/bin/sh\n\(gnuplot)\n' > fake/gnuplot; chmod +x fake/gnuplot; PATH=$PWD/fake:$PATH;"
        + "bench train --classes 1-2 --size 32 --epochs 1 --variant baseline --out out > words"
        + "&& grep -q ^Results: words && grep -q ^Checkpoint: words && ls out/checkpoints/baseline-seed0.safetensors")
    #expect(result.code == 0 && result.errors.contains("Warning: gnuplot could not draw"), "\(result)")
  }

  @Test func aReportWhosePicturesAreMissingIsNotPublished() throws {
    // As on a full disk: gnuplot reports nothing and leaves no file.
    let result = try run(
      "bench train --classes 1-2 --size 32 --epochs 1 --variant baseline --out out > words && bench publish out report > words"
        + "&& cp report/manifest.json before && mkdir fake && printf '#!/bin/sh\nexit 0\n' > fake/gnuplot && chmod +x fake/gnuplot"
        + "&& { PATH=$PWD/fake:$PATH bench publish out report; [ $? = 73 ]; } && cmp before report/manifest.json"
        + "&& { bench publish out before; [ $? = 73 ]; } && { bench publish out ''; [ $? = 64 ]; }"
        + "&& { bench tensorboard out --out ''; [ $? = 64 ]; }")
    #expect(result.code == 0 && result.errors.contains("a folder is needed"), "\(result)")
  }

  /// What an ablation adds to is checked before, and what was drawn of it is drawn again.
  @Test func addedRunsVouchForNothingElse() throws {
    let ablation = "bench ablation --classes 1-2 --size 32 --epochs 1 --variants s3n,baseline --out out"
    #expect(try run("\(ablation) > words && bench figures out > words").code == 0)
    let curves = folder.appendingPathComponent("out/training-curves.csv")
    let before = try Data(contentsOf: curves)
    #expect(try run("\(ablation) --seeds 2 > words").code == 0)
    #expect(try Data(contentsOf: curves) != before)
    let result = try run(
      "sed -i '2s/0.09/0.08/' out/sampling.csv && cp out/sampling.csv . && \(ablation) --seeds 3; code=$?;"
        + "cmp sampling.csv out/sampling.csv && exit $code")
    #expect(result.code == 65 && result.errors.contains("does not match its manifest.json: sampling.csv"), "\(result)")
    // Without gnuplot, no picture of fewer runs stays.
    let bare = try run(
      "bench ablation --classes 1-2 --size 32 --epochs 1 --variants s3n,baseline --out bare > words && ls bare/*.svg > words"
        + "&& mkdir none && PATH=$PWD/none $BENCH ablation --classes 1-2 --size 32 --epochs 1 --variants s3n,baseline "
        + "--seeds 2 --out bare > words && ! ls bare/variant-accuracy.svg && ls bare/variant-accuracy.gp")
    #expect(bare.code == 0, "\(bare)")
  }

  @Test func whatIsNotThereIsRemovedWithoutAQuestion() throws {
    let result = try run("bench data remove cub > words && grep -q 'Nothing of cub was in' words")
    #expect(result.code == 0, "\(result)")
  }

  @Test(arguments: [
    "data sheet --out ''", "data render birdlets --out ''", "report folder --out ''",
    "export --checkpoint model --out ''", "ablation --out folder --tensorboard ''", "ablation --out ''",
  ])
  func anEmptyNameIsRefusedBeforeAnythingIsThere(arguments: String) throws {
    let result = try run("bench \(arguments); code=$?; [ -z \"$(ls -A)\" ] && exit $code")
    #expect(result.code == 64 && result.errors.contains(" is empty: name a f"), "\(result)")
  }

  @Test func anExportedModelNamesItsClasses() throws {
    let name = Birdlets().classNames[1]
    let result = try run(
      "bench train --classes 2-3 --size 32 --epochs 1 --variant baseline --out out"
        + "&& bench export --checkpoint out/checkpoints/baseline-seed0.safetensors --out model.onnx"
        + "&& grep -aqF class_names model.onnx && grep -aqF '\(name)' model.onnx")
    #expect(result.code == 0, "\(result)")
  }

  @Test func pathsGoThroughByteForByte() throws {
    let script =
      "out=$(printf 'p\\xe9!'); bench data render birdlets --size 16 --per-class 2 --out \"$out\" && [[ -d $out/images ]]"
    #expect(try run("LC_ALL=C; " + script).code == 0)
    // Programs that it launches get the same bytes.
    let launched = """
      LC_ALL=C; out=$(printf 'l\\xe9!')
      env -u PATH "$BENCH" ablation --classes 1-2 --size 32 --epochs 1 --variants baseline --launcher local:1 --out "$out"
      [[ $? == 0 && -s $out/cells/baseline-seed0/runs.csv ]]
      """
    let result = try run(launched)
    #expect(result.code == 0, "\(result)")
  }

  /// Child processes inherit an ignored SIGCHLD, and the system then discards the exit status of their own children.
  @Test func whereSIGCHLDWasIgnoredFailuresAreSeen() throws {
    let result = try run(
      "mkdir fake; printf '#!/bin/sh\nexit 1\n' > fake/sbatch; chmod +x fake/sbatch; PATH=$PWD/fake:$PATH;"
        + "env --ignore-signal=CHLD \"$BENCH\" ablation --launcher slurm --out out")
    #expect(result.code == 69 && result.errors.contains("There is no sbatch"), "\(result)")
  }

  @Test(arguments: [160_000, 250_000, 400_000, 700_000]) func aLimitOfMemoryIsMetWithWords(kilobytes: Int) throws {
    let result = try run(
      "ulimit -v \(kilobytes); timeout 60 \"$BENCH\" train --classes 1-2 --size 64 --epochs 1 --variant baseline --out out"
    )
    // 127: the system cannot even load the program.
    #expect([0, 64, 71, 127].contains(result.code), "\(result)")
    if [64, 71].contains(result.code) { #expect(result.errors.contains("memory") || result.errors.contains("ulimit")) }
  }
}
