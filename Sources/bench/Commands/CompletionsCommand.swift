import ArgumentParser

struct CompletionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completions",
    abstract: "Print a shell script that completes commands and options.",
    discussion: """
      bash: bench completions bash > ~/.local/share/bash-completion/completions/bench
      zsh: bench completions zsh > DIR/_bench, DIR being one of $fpath
      fish: bench completions fish > ~/.config/fish/completions/bench.fish
      """)

  enum Shell: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish

    var completionShell: CompletionShell {
      switch self {
      case .bash: .bash
      case .zsh: .zsh
      case .fish: .fish
      }
    }
  }

  @Argument(help: "Shell: \(Shell.allCases.map(\.rawValue).joined(separator: ", ")).")
  var shell: Shell

  func run() { print(Bench.completionScript(for: shell.completionShell)) }
}
