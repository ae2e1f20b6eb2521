import Experiments
import Foundation
import Limits
import Records
import TestSupport
import Testing

@testable import bench

@Suite struct LauncherOptionTests {
  @Test func launchersAreNamed() {
    #expect(Launcher(argument: "slurm") == .slurm && Launcher(argument: "local:4") == .local(4))
    for text in ["local", "local:", "local:0", "local:-1", "local:a", "Slurm", ""] {
      #expect(Launcher(argument: text) == nil)
    }
  }

  @Test(arguments: [
    ("90", 5400), ("90:30", 5430), ("1:30:00", 5400), ("2-0", 172_800), ("1-12", 129_600), ("1-00:30", 88_200),
    ("0-00:00:30", 30),
  ])
  func timesAreReadAsSlurmReadsThem(text: String, seconds: Int) {
    #expect(SlurmTime(argument: text)?.seconds == seconds)
  }

  @Test func timesAndMemoryAreAskedForInWholeUnits() {
    #expect(SlurmTime(seconds: 3601) == SlurmTime(argument: "1:01:00"))
    #expect(SlurmTime(seconds: 200_000).text == "55:34:00")
    #expect(SlurmMemory(bytes: (3 << 20) + 1).text == "4M" && SlurmMemory(argument: "2G")?.bytes == 2 << 30)
    for text in ["0", "", "-1", "1d", "1:2:3:4", "1 h"] { #expect(SlurmTime(argument: text) == nil) }
    for text in ["0", "", "-1", "1GB", "1.5G", "8388608T", "999999999T"] { #expect(SlurmMemory(argument: text) == nil) }
  }

  @Test(arguments: [
    ["--time", "10"], ["--launcher", "local:1", "--partition", "a"], ["--print-script"],
    ["--launcher", "slurm", "--cpus", "0"], ["--launcher", "slurm", "--cpus", "257"],
    ["--launcher", "slurm", "--partition", "a b"],
    ["--launcher", "slurm", "--account", "a\n#SBATCH"], ["--launcher", "slurm", "--array-limit", "-1"],
  ])
  func whatDoesNotGoTogetherIsRefused(arguments: [String]) throws {
    let options = try AblationCommand.parse(arguments).launching
    #expect(throws: ExperimentError.self) { try options.checkedLauncher() }
  }

  @Test func noPageIsServedAndNoEventsAreWrittenByEachOfManyRuns() throws {
    let options = try AblationCommand.parse(["--launcher", "local:1"]).launching
    #expect(throws: ExperimentError.self) { try options.checkedLauncher(besideServer: true) }
    #expect(throws: ExperimentError.self) { try options.checkedLauncher(besideEvents: "events") }
    #expect(try options.checkedLauncher() == .local(1))
  }

  @Test func noOptionOfALauncherIsPartOfAConfiguration() throws {
    let plain = ["ablation", "--variants", "s3n"]
    let launched = plain + ["--launcher", "slurm", "--time", "1:00:00", "--mem=8G", "--cpus", "2", "--print-script"]
    #expect(try ResolvedConfig(of: launched).text == ResolvedConfig(of: plain).text)
    #expect(Set(LauncherOptions.names).isSubset(of: OptionNames(of: AblationCommand.self).all))
  }
}

@Suite struct LocalPlacesTests {
  private func places(_ count: Int, threads: Int? = nil, bytes: Int = 1, quota: Int? = nil) throws -> [[Int]] {
    try LocalPlaces(
      count, threads: threads, bytesEach: bytes, limit: MemoryLimit(bytes: 100), numbers: [0, 2, 3, 5, 8], quota: quota
    ).cpus
  }

  @Test func placesHaveCPUsOfTheirOwn() throws {
    #expect(try places(2) == [[0, 2], [3, 5]] && places(5).count == 5 && places(1) == [[0, 2, 3, 5, 8]])
    #expect(try places(2, threads: 2) == [[0], [2]] && places(2, quota: 3) == [[0], [2]])
    // As many as fit in memory, but at least one: a run that does not fit reports that itself.
    #expect(try places(4, bytes: 40) == [[0, 2], [3, 5]] && places(4, bytes: 101).count == 1)
  }

  @Test(arguments: [(6, nil, nil), (3, 2, nil), (3, nil, 2)])
  func aPlaceWithoutACPUIsRefused(count: Int, threads: Int?, quota: Int?) {
    #expect(throws: ExperimentError.self) { try places(count, threads: threads, quota: quota) }
  }
}

@Suite(.enabled(if: Program.path != nil, "the program is not built")) struct JobScriptTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func tasksAreNamedAsSlurmReadsThem() {
    #expect(Slurm.array([0, 1, 2, 5, 7, 8], atOnce: nil) == "0-2,5,7-8" && Slurm.array([3], atOnce: 2) == "3%2")
  }

  /// The script is valid shell, and each task's command is that of its cell.
  @Test func eachTaskMakesItsCell() throws {
    let script = """
      set -e
      bench ablation --variants s3n,baseline --radius 0.05,0.09 --seeds 2 --classes 1-2 --size 32 --launcher slurm --time 1:00:00 \
        --partition p --cpus 3 --array-limit 2 --out "a b" --quiet --print-script > script
      [[ ! -e "a b" ]]
      bash -n script
      grep -q '^#SBATCH --array=0-5%2$' script; grep -q '^#SBATCH --partition=p$' script
      grep -q '^#SBATCH --signal=B:TERM@300$' script; grep -q '^#SBATCH --cpus-per-task=3$' script
      # What a task runs, with a program that says what it is given.
      mkdir -p "a b/logs" bin
      sed "s|^.*/bench ablation|bin/given ablation|" script > task
      printf '#!/bin/bash\\nprintf "%%s " "$@" > given.txt\\n' > bin/given; chmod +x bin/given
      SLURM_ARRAY_TASK_ID=3 SLURM_CPUS_PER_TASK=3 bash task
      grep -q -- 'ablation --classes 1-2 --size 32 --quiet --variants s3n --seeds 1-1 --radius 0.05' given.txt
      grep -q -- "--radius-inv 0.3 --threads 3 --out $PWD/a b/cells/s3n-radius0.05-seed1 $" given.txt
      [[ -s "a b/logs/s3n-radius0.05-seed1.log" ]]
      """
    let result = try Program.run(script, in: folder.url)
    #expect(result.code == 0, "\(result.errors)")
  }

  /// If names are not UTF-8, the script keeps their bytes, and its limit on concurrent tasks is still found.
  @Test func theScriptIsWrittenByteForByte() throws {
    let script = """
      set -e
      export LC_ALL=C name=$(printf 'r\\xe9') log=$PWD/log PATH=$PWD/bin:$PATH
      mkdir bin "$name"; cd "$name"
      printf '#!/bin/sh\\n' > ../bin/squeue
      printf '#!/bin/sh\\necho "$@" >> "$log"; echo 7\\n' > ../bin/sbatch
      chmod +x ../bin/*
      bench ablation --variants baseline --seeds 2 --classes 1-2 --size 32 --launcher slurm --time 1:00:00 --array-limit 2 \
        --out "$name"
      grep -qxF "cd '$PWD' || exit 73" "$name/job.sh"
      grep -qxF "folder='$PWD/$name'" "$name/job.sh"
      grep -qF -- "--parsable --array=0-1%2 $name/job.sh" "$log"
      """
    let result = try Program.run(script, in: folder.url)
    #expect(result.code == 0, "\(result.errors)")
  }

  @Test func withoutSlurmNothingBegins() throws {
    let result = try Program.run(
      "PATH= bench ablation --launcher slurm --out out; code=$?; [[ ! -e out ]] && exit $code", in: folder.url)
    #expect(result.code == 69 && result.errors.contains("There is no sbatch here"))
  }
}
