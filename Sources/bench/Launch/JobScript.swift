import Files
import Foundation
import Records

/// The script of a Slurm job array. Each task makes the run of one cell, and resumes it after preemption or its time
/// limit.
struct JobScript {
  let text: String

  /// - Parameter command: The part of the command that all cells share.
  init(_ folder: URL, _ division: Division, _ command: RecordedCommand, _ limits: SlurmLimits) {
    // Read from /proc: Foundation would lose bytes of names that are not UTF-8.
    let (here, program) = (linkTarget("/proc/self/cwd") ?? "/", linkTarget("/proc/self/exe") ?? "bench")
    let path = folder.givenPath.utf8.first == UInt8(ascii: "/") ? folder.givenPath : "\(here)/\(folder.givenPath)"
    let logs = path.replacing("%", with: "%%").replacing("\"", with: "\\\"") + "/logs/slurm.log"
    let optional = [("partition", limits.partition), ("account", limits.account)].map { name, value in
      value.map { "#SBATCH --\(name)=\($0)\n" } ?? ""
    }.joined()
    let cases = division.cells.enumerated().map { index, cell in
      "  \(index)) cell=\(shellQuoted(cell.key)) choice=(\(cell.arguments.map(shellQuoted).joined(separator: " "))) ;;\n"
    }.joined()
    text = """
      #!/bin/bash
      # bench ablation --launcher slurm wrote this: a task makes the run of one cell.
      #SBATCH --job-name=\(Slurm.jobName(of: division))
      #SBATCH --array=\(Slurm.array(Array(division.cells.indices), atOnce: limits.arrayLimit))
      \(optional)#SBATCH --nodes=1
      #SBATCH --ntasks=1
      #SBATCH --cpus-per-task=\(limits.cpus)
      #SBATCH --mem=\(limits.memory.text)
      #SBATCH --time=\(limits.time.text)
      #SBATCH --signal=B:TERM@\(min(300, limits.time.seconds / 4))
      #SBATCH --requeue
      #SBATCH --open-mode=append
      #SBATCH --output="\(logs)"

      case $SLURM_ARRAY_TASK_ID in
      \(cases)  *) echo "There is no cell $SLURM_ARRAY_TASK_ID." >&2; exit 64 ;;
      esac
      folder=\(shellQuoted(path))
      out=$folder/cells/$cell
      cd \(shellQuoted(here)) || exit 73
      exec >> "$folder/logs/$cell.log" 2>&1 || exit 73
      echo "Job $SLURM_JOB_ID on $HOSTNAME, $(date --iso-8601=seconds), restart ${SLURM_RESTART_COUNT:-0}"

      saved() { stat --format='%i %Y' "$out"/state/*.safetensors 2> /dev/null; }
      before=$(saved)
      \(([program] + command.arguments).map(shellQuoted).joined(separator: " ")) \\
        "${choice[@]}" --threads "$SLURM_CPUS_PER_TASK" --out "$out" &
      bench=$!
      trap 'kill -TERM "$bench"' TERM
      while :; do
        wait "$bench"
        status=$?
        kill -0 "$bench" 2> /dev/null || break
      done
      # Told to end before its time is up, it has saved, and goes on when its turn comes again, unless it got nowhere. A job that is
      # preempted is queued again by Slurm, one that is cancelled by nobody. The last task has the array's own job number.
      after=$(saved)
      task=${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID
      if ((status == 143)) && [[ -n $after && $after != "$before" ]] \
        && [[ $(squeue --noheader --jobs="$task" --format=%T) == RUNNING ]]; then
        scontrol requeue "$task"
      fi
      # A run that diverged is done.
      exit $((status == 3 ? 0 : status))

      """
  }
}
