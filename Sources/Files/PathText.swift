import Glibc

/// The text of a file name or path that the system gave as bytes; `withPath` makes the same bytes of it again.
///
/// Names on Linux are bytes. Those of a name that is not UTF-8 are kept as private scalars, one a byte.
public func pathText(_ bytes: some Collection<UInt8>) -> String {
  if let text = String(validating: bytes, as: UTF8.self), !text.unicodeScalars.contains(where: isEscape) { return text }
  var scalars = String.UnicodeScalarView()
  var rest = bytes[...]
  while let first = rest.first {
    let length = max(1, (~first).leadingZeroBitCount)
    let scalar = String(validating: rest.prefix(length), as: UTF8.self)?.unicodeScalars.first
    if let scalar, !isEscape(scalar) {
      scalars.append(scalar)
      rest = rest.dropFirst(length)
    } else {
      scalars.append(Unicode.Scalar(escapes.lowerBound + UInt32(first)) ?? "?")
      rest = rest.dropFirst()
    }
  }
  return String(scalars)
}

/// The bytes that `text` stands for, with those of names that are not UTF-8 as the system gave them.
public func pathBytes(_ text: String) -> [UInt8] {
  guard text.unicodeScalars.contains(where: isEscape) else { return Array(text.utf8) }
  return text.unicodeScalars.flatMap { scalar in
    isEscape(scalar) ? [UInt8(scalar.value - escapes.lowerBound)] : Array(UTF8.encode(scalar) ?? UTF8.EncodedScalar())
  }
}

extension String {
  /// Calls `body` with this path as the system takes it: its bytes, with a zero at the end.
  public func withPath<R, E>(_ body: (UnsafePointer<CChar>) throws(E) -> R) throws(E) -> R {
    let bytes = pathBytes(self).map(CChar.init(bitPattern:)) + [0]
    return try bytes.withUnsafeBufferPointer { buffer throws(E) in
      guard let base = buffer.baseAddress else { preconditionFailure("a path has at least its end") }
      return try body(base)
    }
  }
}

/// The arguments of this process, the program's name first, each byte of them kept.
public func processArguments() -> [String] {
  (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0].map(text) }
}

/// The value of an environment variable, each byte of it kept; nil if it is not set.
public func environmentVariable(_ name: String) -> String? { getenv(name).map(text) }

private func text(_ pointer: UnsafeMutablePointer<CChar>) -> String {
  pathText(UnsafeBufferPointer(start: pointer, count: strlen(pointer)).map(UInt8.init(bitPattern:)))
}

/// The scalars that stand for single bytes; a name that has them by itself is taken apart into bytes, too.
private let escapes: ClosedRange<UInt32> = 0x10_FE00...0x10_FEFF

private func isEscape(_ scalar: Unicode.Scalar) -> Bool { escapes.contains(scalar.value) }
