import Foundation
import TestSupport
import Testing

/// A run of the built program that serves its page: whatever happens to the page, the run's results are the same.
@Suite(.serialized, .enabled(if: Program.path != nil, "the program is not built")) struct ServeTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// `ask PORT PATH HOST` prints an answer; `port FILE` waits for a server to print its address, and prints the port.
  private static let helpers = """
    run="--classes 1-2 --size 32 --epochs 3 --variants baseline --batch 40 --threads 1"
    ask() {
      exec 3<> "/dev/tcp/127.0.0.1/$1" || return 1
      printf 'GET %s HTTP/1.1\\r\\nHost: %s\\r\\nConnection: close\\r\\n\\r\\n' "$2" "$3" >&3
      cat <&3
      exec 3>&-
    }
    port() {
      until grep -q 'http://' "$1"; do sleep 0.05; done
      sed -n 's|.*http://[^/]*:\\([0-9]*\\)/.*|\\1|p' "$1" | head -1
    }
    holds() { [[ "$1" == *"$2"* ]] || { echo "expected $2, found: ${1:0:2000}" >&2; exit 99; }; }

    """

  private func run(_ script: String) throws -> (code: Int32, errors: String) {
    try Program.run(Self.helpers + script, in: folder.url)
  }

  @Test func thePageGrowsWithTheRunAndGoesWithIt() throws {
    let result = try run(
      """
      "$BENCH" ablation $run --epochs 400 --serve 0 --out served 2> log & running=$!
      port=$(port log)
      page=$(ask $port / localhost)
      holds "$page" "HTTP/1.1 200"
      holds "$page" 'id="live"'
      holds "$page" "connect-src 'self'"
      until live=$(ask $port /live "127.0.0.1:$port") && [[ $live == *polyline* && $live == *epoch* ]]; do sleep 0.1; done
      holds "$live" "baseline-seed0"
      holds "$(ask $port / evil.example)" "HTTP/1.1 421"
      kill -INT $running
      wait $running; code=$?
      ! ask $port / localhost 2> /dev/null || exit 98
      exit $code
      """)
    #expect(result.code == 130, "\(result)")
  }

  @Test func aRunDoesNotCareForTheEndOfItsPage() throws {
    let result = try run(
      """
      "$BENCH" ablation $run --serve 0 --out served 2> log & running=$!
      port=$(port log)
      exec {idle}<> /dev/tcp/127.0.0.1/$port
      kill -KILL $(cat /proc/$running/task/$running/children)
      wait $running || exit 97
      bench ablation $run --out alone
      for file in runs.csv epochs.csv predictions.csv fingerprints.csv recipe.json config.yml; do
        cmp served/$file alone/$file >&2 || exit 96
      done
      """)
    #expect(result.code == 0, "\(result)")
  }

  @Test func aFolderIsServedAlone() throws {
    let result = try run(
      """
      bench ablation $run --out done
      "$BENCH" serve done --port 0 > url & serving=$!
      port=$(port url)
      until page=$(ask $port / localhost) && [[ $page == *'<h2 id="results-1">'* ]]; do sleep 0.1; done
      holds "$page" "baseline"
      bench ablation $run --serve $port --out second
      [[ $? == 69 && ! -e second ]] || exit 95
      bench ablation $run --serve --serve-host nowhere --out second
      [[ $? == 64 && ! -e second ]] || exit 94
      kill -TERM $serving
      wait $serving
      """)
    #expect(result.code == 0, "\(result)")
  }
}
