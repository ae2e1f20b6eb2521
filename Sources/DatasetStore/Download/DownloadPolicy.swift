import Files

/// How patient a download is.
public struct DownloadPolicy: Sendable {
  /// The number of consecutive failures at one address, without 1 MiB of progress, before trying the next address.
  public var attempts = 5
  /// The first pause before a retry, in seconds; each later pause is twice as long.
  public var firstPause = 1.0
  public var longestPause = 30.0
  public var connectSeconds = 20
  /// A transfer slower than this many bytes per second for `stallSeconds` counts as stalled.
  public var stallBytes = 1000
  public var stallSeconds = 30
  public var redirects = 5
  /// The maximum size of a file whose length is unknown, in bytes.
  public var longestUnknown = 16 << 30
  /// Who vouches for servers; nil for whom the system trusts.
  var authorities = Authorities { environmentVariable($0) }

  /// A file or folder of certificate authorities, and the environment variable that names it.
  struct Authorities: Sendable, Equatable {
    let variable: String
    let path: String

    /// Follows curl's command-line tool, as libcurl leaves this to its caller; nil if no variable is set.
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

  /// The pause after `failures` consecutive failures, at least 1.
  func pause(after failures: Int) -> Double {
    var pause = firstPause
    for _ in 1..<max(1, min(failures, 40)) { pause = min(longestPause, pause * 2) }
    return min(longestPause, pause)
  }
}
