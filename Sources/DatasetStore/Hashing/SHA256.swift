import CCrypto
import Foundation

/// SHA-256 of bytes as they come, by OpenSSL's libcrypto.
final class SHA256 {
  private let context: OpaquePointer

  /// Throws `noChecksum` if libcrypto has no memory, or no SHA-256.
  init() throws(StoreError) {
    guard let context = EVP_MD_CTX_new() else { throw .noChecksum }
    guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      EVP_MD_CTX_free(context)
      throw .noChecksum
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// The hexadecimal digits of all bytes so far; more may follow.
  var digits: String {
    get throws(StoreError) {
      guard let copy = EVP_MD_CTX_new() else { throw .noChecksum }
      defer { EVP_MD_CTX_free(copy) }
      var digest = [UInt8](repeating: 0, count: 32)
      guard EVP_MD_CTX_copy_ex(copy, context) == 1, EVP_DigestFinal_ex(copy, &digest, nil) == 1 else {
        throw .noChecksum
      }
      return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }

  static func of(_ text: String) throws(StoreError) -> String {
    let hash = try SHA256()
    var text = text
    text.withUTF8 { hash.update(UnsafeRawBufferPointer($0)) }
    return try hash.digits
  }
}
