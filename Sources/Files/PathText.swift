import Glibc

/// The text of a file name or path that the system gave as bytes; `withPath` restores the same bytes.
///
/// Names on Linux are bytes. If a name is not UTF-8, its invalid bytes are kept as private-use scalars, one per byte.
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

/// The bytes that `text` stands for, including those of names that are not UTF-8.
public func pathBytes(_ text: String) -> [UInt8] {
  guard text.unicodeScalars.contains(where: isEscape) else { return Array(text.utf8) }
  return text.unicodeScalars.flatMap { scalar in
    isEscape(scalar) ? [UInt8(scalar.value - escapes.lowerBound)] : Array(UTF8.encode(scalar) ?? UTF8.EncodedScalar())
  }
}

extension String {
  /// Calls `body` with this path as a C string of its original bytes.
  public func withPath<R, E>(_ body: (UnsafePointer<CChar>) throws(E) -> R) throws(E) -> R {
    let bytes = pathBytes(self).map(CChar.init(bitPattern:)) + [0]
    return try bytes.withUnsafeBufferPointer { buffer throws(E) in
      guard let base = buffer.baseAddress else { preconditionFailure("a path has at least its end") }
      return try body(base)
    }
  }
}

/// The arguments of this process, starting with the program's name, with every byte kept.
public func processArguments() -> [String] {
  (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0].map(text) }
}

/// The value of an environment variable, with every byte kept; nil if it is not set.
public func environmentVariable(_ name: String) -> String? { getenv(name).map(text) }

private func text(_ pointer: UnsafeMutablePointer<CChar>) -> String {
  pathText(UnsafeBufferPointer(start: pointer, count: strlen(pointer)).map(UInt8.init(bitPattern:)))
}

/// The scalars that stand for single bytes; if a name itself has them, their bytes are escaped, too.
private let escapes: ClosedRange<UInt32> = 0x10_FE00...0x10_FEFF

private func isEscape(_ scalar: Unicode.Scalar) -> Bool { escapes.contains(scalar.value) }
