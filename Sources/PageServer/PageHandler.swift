import FlyingFox
import Foundation

/// Answers a request with a page, or with the reason why there is none.
struct PageHandler: HTTPHandler {
  let hosts: HostCheck
  let page: @Sendable (_ path: String) -> PageServer.Page?

  func handleRequest(_ request: HTTPRequest) async throws -> HTTPResponse {
    guard hosts.allows(request.headers[.host]) else {
      return refusal(.misdirectedRequest, "This server has no such name.")
    }
    guard request.method == .GET || request.method == .HEAD else {
      return refusal(.methodNotAllowed, "Pages can be read here, and nothing else.", [HTTPHeader("Allow"): "GET, HEAD"])
    }
    guard let page = page(request.path) else { return refusal(.notFound, "There is no such page.") }
    return response(.ok, page.type, page.body, isHead: request.method == .HEAD)
  }

  private func refusal(
    _ status: HTTPStatusCode, _ text: String, _ headers: [HTTPHeader: String] = [:]
  ) -> HTTPResponse {
    var response = response(status, "text/plain; charset=utf-8", Data((text + "\n").utf8), isHead: false)
    for (header, value) in headers { response.headers[header] = value }
    return response
  }

  private func response(_ status: HTTPStatusCode, _ type: String, _ body: Data, isHead: Bool) -> HTTPResponse {
    HTTPResponse(
      statusCode: status,
      headers: [
        .contentType: type, .contentLength: "\(body.count)", HTTPHeader("Cache-Control"): "no-store",
        HTTPHeader("X-Content-Type-Options"): "nosniff", HTTPHeader("X-Frame-Options"): "DENY",
        HTTPHeader("Referrer-Policy"): "no-referrer", HTTPHeader("Cross-Origin-Resource-Policy"): "same-origin",
      ],
      body: isHead ? Data() : body)
  }
}
