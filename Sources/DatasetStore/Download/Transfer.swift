import CCurl
import Files

/// The status and the headers of a server's response.
struct Response {
  var status = 0
  /// Names in lower case.
  var headers: [String: String] = [:]

  var length: Int? { headers["content-length"].flatMap { Int($0) } }

  /// `bytes FIRST-LAST/TOTAL` of a partial response.
  var range: (first: Int, total: Int?)? {
    guard let text = headers["content-range"], text.lowercased().hasPrefix("bytes ") else { return nil }
    let parts = text.dropFirst(6).split(separator: "/", maxSplits: 1)
    guard parts.count == 2, let dash = parts[0].firstIndex(of: "-"), let first = Int(parts[0][..<dash]) else {
      return nil
    }
    return (first, Int(parts[1]))
  }
}

/// Receives a transfer's response; a method that returns false aborts the transfer.
protocol TransferReceiver: AnyObject {
  /// Called once, before the first byte of the body.
  func begin(_ response: Response) -> Bool
  func receive(_ bytes: UnsafeRawBufferPointer) -> Bool
  /// Called at least about once a second.
  func goesOn() -> Bool
}

/// One libcurl request, with the state for its callbacks.
///
/// curl calls back on the calling thread, so that nothing is shared.
final class Transfer {
  struct End {
    let code: CURLcode
    let reason: String
    let response: Response
    let began: Bool
  }

  private let receiver: any TransferReceiver
  private var response = Response()
  private var began = false

  private init(_ receiver: any TransferReceiver) { self.receiver = receiver }

  /// Requests `address` from byte `start` on, and passes the response to the receiver.
  static func perform(
    _ address: String, from start: Int, ifRange: String?, policy: DownloadPolicy, to receiver: any TransferReceiver
  ) -> End {
    guard isCurlReady, let handle = curl_easy_init() else {
      return End(code: CURLE_FAILED_INIT, reason: "libcurl cannot start", response: Response(), began: false)
    }
    defer { curl_easy_cleanup(handle) }
    let transfer = Transfer(receiver)
    let message = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    defer { message.deallocate() }
    var headers: UnsafeMutablePointer<curl_slist>?
    defer { curl_slist_free_all(headers) }

    s3n_curl_pointer(handle, CURLOPT_ERRORBUFFER, message)
    s3n_curl_text(handle, CURLOPT_URL, address)
    s3n_curl_text(handle, CURLOPT_USERAGENT, "s3n-bench")
    // HTTPS never falls back to HTTP, regardless of redirects.
    s3n_curl_protocols(handle, address.lowercased().hasPrefix("http:") ? 1 : 0)
    s3n_curl_number(handle, CURLOPT_FOLLOWLOCATION, 1)
    s3n_curl_number(handle, CURLOPT_MAXREDIRS, policy.redirects)
    s3n_curl_number(handle, CURLOPT_NOSIGNAL, 1)
    s3n_curl_number(handle, CURLOPT_CONNECTTIMEOUT, policy.connectSeconds)
    s3n_curl_number(handle, CURLOPT_LOW_SPEED_LIMIT, policy.stallBytes)
    s3n_curl_number(handle, CURLOPT_LOW_SPEED_TIME, policy.stallSeconds)
    if let path = policy.authorities?.path {
      path.withPath { _ = s3n_curl_text(handle, isFolder(path) ? CURLOPT_CAPATH : CURLOPT_CAINFO, $0) }
    }
    if WebAddress.isThisMachine(WebAddress.host(address)) { s3n_curl_text(handle, CURLOPT_NOPROXY, "*") }
    if start > 0 {
      s3n_curl_text(handle, CURLOPT_RANGE, "\(start)-")
      if let ifRange {
        headers = curl_slist_append(nil, "If-Range: \(ifRange)")
        s3n_curl_list(handle, CURLOPT_HTTPHEADER, headers)
      }
    }
    let pointer = Unmanaged.passUnretained(transfer).toOpaque()
    s3n_curl_number(handle, CURLOPT_NOPROGRESS, 0)
    for option in [CURLOPT_HEADERDATA, CURLOPT_WRITEDATA, CURLOPT_XFERINFODATA] {
      s3n_curl_pointer(handle, option, pointer)
    }
    s3n_curl_receiver(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, pointer in
      Transfer.of(pointer)?.takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
      return size * count
    }
    s3n_curl_receiver(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, pointer in
      let buffer = UnsafeRawBufferPointer(start: bytes, count: size * count)
      return Transfer.of(pointer)?.takeBody(buffer) == true ? size * count : 0
    }
    s3n_curl_progress(handle) { pointer, _, _, _, _ in Transfer.of(pointer)?.receiver.goesOn() == true ? 0 : 1 }

    let code = withExtendedLifetime(transfer) { curl_easy_perform(handle) }
    var reason = String(cString: message)
    if reason.isEmpty { reason = String(cString: curl_easy_strerror(code)) }
    transfer.response.status = s3n_curl_status(handle)
    return End(code: code, reason: reason, response: transfer.response, began: transfer.began)
  }

  private static func of(_ pointer: UnsafeMutableRawPointer?) -> Transfer? {
    pointer.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
  }

  private func takeHeader(_ bytes: UnsafeRawBufferPointer) {
    let line = String(decoding: bytes, as: UTF8.self).trimmingPrefix(while: \.isWhitespace)
    if line.lowercased().hasPrefix("http/") {
      // A new response begins: the previous one was a redirect.
      let fields = line.split(separator: " ", maxSplits: 2)
      response = Response(status: fields.count > 1 ? Int(fields[1]) ?? 0 : 0)
    } else if let colon = line.firstIndex(of: ":"), response.headers.count < 200 {
      let value = line[line.index(after: colon)...].drop(while: \.isWhitespace)
      response.headers[line[..<colon].lowercased()] = String(value.prefix { !$0.isNewline }.prefix(1000))
    }
  }

  private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    if !began {
      began = true
      guard receiver.begin(response) else { return false }
    }
    return receiver.receive(bytes)
  }
}

/// Initializes libcurl once.
private let isCurlReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
