#if _endian(big)
  #error("Weight files are little-endian, and so must the machine be")
#endif

/// The element type of a stored tensor; the raw value is its name in safetensors.
public enum ElementType: String, Sendable, CaseIterable {
  case float64 = "F64"
  case float32 = "F32"
  case float16 = "F16"
  case bfloat16 = "BF16"
  case float8E4M3 = "F8_E4M3"
  case float8E5M2 = "F8_E5M2"
  case int64 = "I64"
  case int32 = "I32"
  case int16 = "I16"
  case int8 = "I8"
  case uint64 = "U64"
  case uint32 = "U32"
  case uint16 = "U16"
  case uint8 = "U8"
  case bool = "BOOL"

  /// The size of an element in bytes.
  public var byteCount: Int {
    switch self {
    case .float64, .int64, .uint64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8, .bool, .float8E4M3, .float8E5M2: 1
    }
  }

  /// Whether this is a floating-point type. `tensor` reads floating-point types, `integers` all others.
  public var isFloatingPoint: Bool {
    switch self {
    case .float64, .float32, .float16, .bfloat16, .float8E4M3, .float8E5M2: true
    default: false
    }
  }
}

extension ElementType {
  /// Converts little-endian elements of a floating-point type, aligned or not, to `Float`.
  func decodeFloats(_ source: UnsafeRawBufferPointer, into result: UnsafeMutablePointer<Float>) {
    func each<Bits>(_ type: Bits.Type, _ convert: (Bits) -> Float) {
      let stride = MemoryLayout<Bits>.size
      for i in 0..<source.count / stride {
        result[i] = convert(source.loadUnaligned(fromByteOffset: i * stride, as: type))
      }
    }
    switch self {
    case .float64: each(Double.self) { Float($0) }
    case .float32: each(Float.self) { $0 }
    case .float16: each(UInt16.self) { Float(Float16(bitPattern: $0)) }
    case .bfloat16: each(UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
    // The upper half of a float16: its sign, its five exponent bits and the first two mantissa bits.
    case .float8E5M2: each(UInt8.self) { Float(Float16(bitPattern: UInt16($0) << 8)) }
    case .float8E4M3: each(UInt8.self, floatOfE4M3)
    default: preconditionFailure("\(self) is no floating-point type")
    }
  }

  /// Converts little-endian elements of an integer type or of `bool` (true is 1); nil if a value exceeds `Int64`.
  func decodeIntegers(_ source: UnsafeRawBufferPointer) -> [Int64]? {
    func each<Element: FixedWidthInteger>(_ type: Element.Type) -> [Int64]? {
      let stride = MemoryLayout<Element>.size
      var result: [Int64] = []
      result.reserveCapacity(source.count / stride)
      for i in 0..<source.count / stride {
        guard let value = Int64(exactly: source.loadUnaligned(fromByteOffset: i * stride, as: type)) else { return nil }
        result.append(value)
      }
      return result
    }
    switch self {
    case .int64: return each(Int64.self)
    case .int32: return each(Int32.self)
    case .int16: return each(Int16.self)
    case .int8: return each(Int8.self)
    case .uint64: return each(UInt64.self)
    case .uint32: return each(UInt32.self)
    case .uint16: return each(UInt16.self)
    case .uint8: return each(UInt8.self)
    case .bool: return source.map { $0 == 0 ? 0 : 1 }
    default: preconditionFailure("\(self) is no integer type")
    }
  }
}

/// Returns the value of an E4M3 float: four exponent bits, three mantissa bits, no infinity, one NaN per sign.
///
/// Source: Micikevicius et al., FP8 Formats for Deep Learning (2022), table 1.
private func floatOfE4M3(_ bits: UInt8) -> Float {
  let (exponent, mantissa) = (Int(bits >> 3 & 15), Float(bits & 7))
  if bits & 0x7F == 0x7F { return .nan }
  let magnitude =
    exponent == 0
    ? Float(sign: .plus, exponent: -9, significand: mantissa)
    : Float(sign: .plus, exponent: exponent - 10, significand: 8 + mantissa)
  return bits & 0x80 == 0 ? magnitude : -magnitude
}
