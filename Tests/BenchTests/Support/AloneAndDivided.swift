import Foundation
import TestSupport
import Testing

/// A short ablation by the built program: in one process, and with one process for each of its four runs.
let aloneAndDivided = Result {
  let folder = try TemporaryFolder()
  // Without a PATH there is no gnuplot, which would take longer than everything else.
  let script = """
    ablation="ablation --classes 1-2 --size 32 --epochs 4 --variants baseline,s3n --seeds 2 --batch 40 --keep best --save-every 0"
    places=$(( $(nproc) > 1 ? 2 : 1 ))
    unset PATH
    set -e
    bench $ablation --threads 1 --out alone
    bench $ablation --launcher local:$places --out divided
    """
  let result = try Program.run(script, in: folder.url)
  #expect(result.code == 0, "\(result.errors)")
  return folder
}
