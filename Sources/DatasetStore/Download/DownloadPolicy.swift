import Files

/// How patient a download is.
public struct DownloadPolicy: Sendable {
  /// Failures in a row at one address, without a megabyte of progress between them, before the next address is tried.
  public var attempts = 5
  /// The first pause before another attempt; each next one is twice as long.
  public var firstPause = 1.0
  public var longestPause = 30.0
  public var connectSeconds = 20
  /// A transfer that brings fewer than this many bytes a second for `stallSeconds` has stalled.
  public var stallBytes = 1000
  public var stallSeconds = 30
  public var redirects = 5
  /// The most that is taken of a file whose length nobody has promised.
  public var longestUnknown = 16 << 30
  /// Who may vouch for servers; nil for whom the system trusts.
  var authorities = Authorities { environmentVariable($0) }

  /// A file or folder of certificate authorities, and the environment variable that names it.
  struct Authorities: Sendable, Equatable {
    let variable: String
    let path: String

    /// What curl's own program takes: the library leaves it to whoever uses it. Nil if no variable is set.
    init?(_ environment: (_ variable: String) -> String?) {
      for variable in ["CURL_CA_BUNDLE", "SSL_CERT_DIR", "SSL_CERT_FILE"] {
        guard let path = environment(variable), !path.isEmpty else { continue }
        (self.variable, self.path) = (variable, path)
        return
      }
      return nil
    }
  }

  public init() {}

  /// The pause after so many failures in a row, at least 1.
  func pause(after failures: Int) -> Double {
    var pause = firstPause
    for _ in 1..<max(1, min(failures, 40)) { pause = min(longestPause, pause * 2) }
    return min(longestPause, pause)
  }
}
