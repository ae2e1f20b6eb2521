import CCrypto
import Foundation

/// An incremental SHA-256 from OpenSSL's libcrypto.
public final class SHA256 {
  private let context: OpaquePointer

  /// Throws if libcrypto lacks memory or SHA-256.
  public init() throws(HashingError) {
    guard let context = EVP_MD_CTX_new() else { throw HashingError() }
    guard EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      EVP_MD_CTX_free(context)
      throw HashingError()
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  public func update(_ bytes: UnsafeRawBufferPointer) {
    EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
  }

  /// Adds the UTF-8 bytes of the text.
  public func update(_ text: String) {
    var text = text
    text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
  }

  /// The 64 hexadecimal digits for all bytes so far; more bytes may follow.
  public var digits: String {
    get throws(HashingError) {
      guard let copy = EVP_MD_CTX_new() else { throw HashingError() }
      defer { EVP_MD_CTX_free(copy) }
      var digest = [UInt8](repeating: 0, count: 32)
      guard EVP_MD_CTX_copy_ex(copy, context) == 1, EVP_DigestFinal_ex(copy, &digest, nil) == 1 else {
        throw HashingError()
      }
      return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
  }

  /// The digits for the whole text.
  public static func digits(of text: String) throws(HashingError) -> String {
    let hash = try SHA256()
    hash.update(text)
    return try hash.digits
  }

  /// The digits for all bytes.
  public static func digits(of bytes: some ContiguousBytes) throws(HashingError) -> String {
    let hash = try SHA256()
    bytes.withUnsafeBytes { hash.update($0) }
    return try hash.digits
  }
}

/// libcrypto lacks SHA-256 or the memory for it.
public struct HashingError: Error, Equatable, CustomStringConvertible {
  public var description: String {
    "libcrypto has no SHA-256, or no memory left: nothing was checked. Try again with more free memory, or "
      + "reinstall libssl."
  }
}
