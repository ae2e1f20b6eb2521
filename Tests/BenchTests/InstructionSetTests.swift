import Foundation
import TestSupport
import Testing

/// Two processes on one machine, each with its own instruction set, because a process uses only one.
@Suite(.enabled(if: Program.path != nil, "the program is not built")) struct InstructionSetTests {
  /// AVX2 and AVX-512 both fuse multiply-adds, and sums are divided into units that depend on neither. bf16 products
  /// have the bits of AVX-512's own instruction even where that is not used.
  @Test(
    .enabled(if: hasAVX512, "this CPU has no AVX-512"),
    arguments: [
      "--size 64 --variants baseline,s3n", "--size 32 --variants s3n --backbone resnet18 --weights none",
      "--size 64 --variants s3n --precision bf16",
    ])
  func trainingGivesTheSameWeights(arguments: String) throws {
    try TestSupport.withTemporaryFolder { folder in
      let script = """
        for set in avx512 avx512f avx2; do
          S3N_ISA=$set bench ablation --classes 1-2 --epochs 1 --batch 8 \(arguments) --out $set || exit
        done
        test -s avx2/fingerprints.csv && cmp avx512/fingerprints.csv avx2/fingerprints.csv >&2 &&
          cmp avx512/predictions.csv avx2/predictions.csv >&2 &&
          cmp avx512/fingerprints.csv avx512f/fingerprints.csv >&2
        """
      let result = try Program.run(script, in: folder)
      #expect(result.code == 0, "\(result)")
    }
  }
}

private let hasAVX512 =
  (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.contains("avx512dq") == true
