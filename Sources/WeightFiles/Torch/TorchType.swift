/// The element type of a storage as PyTorch names it; the raw value is the name after `torch.`.
///
/// Tensors of types without an `elementType` are left out of a state dict, but their storages still have a size.
enum TorchType: String, Sendable, CaseIterable {
  case float64, float32, float16, bfloat16, int64, int32, int16, int8, uint64, uint32, uint16, uint8, bool
  case float8E4M3 = "float8_e4m3fn"
  case float8E5M2 = "float8_e5m2"
  case float8E4M3Unsigned = "float8_e4m3fnuz"
  case float8E5M2Unsigned = "float8_e5m2fnuz"
  case float8E8M0 = "float8_e8m0fnu"
  case complex32, complex64, complex128
  case quantized8 = "qint8"
  case quantizedUnsigned8 = "quint8"
  case quantized32 = "qint32"
  case quantized4x2 = "quint4x2"
  case quantized2x4 = "quint2x4"

  /// The type as which the elements are read; nil if they are not read.
  var elementType: ElementType? {
    switch self {
    case .float64: .float64
    case .float32: .float32
    case .float16: .float16
    case .bfloat16: .bfloat16
    case .float8E4M3: .float8E4M3
    case .float8E5M2: .float8E5M2
    case .int64: .int64
    case .int32: .int32
    case .int16: .int16
    case .int8: .int8
    case .uint64: .uint64
    case .uint32: .uint32
    case .uint16: .uint16
    case .uint8: .uint8
    case .bool: .bool
    default: nil
    }
  }

  /// The size of an element in bytes.
  var byteCount: Int {
    if let elementType { return elementType.byteCount }
    return switch self {
    case .complex128: 16
    case .complex64: 8
    case .complex32, .quantized32: 4
    default: 1
    }
  }

  /// The prefix of its legacy class names, such as `Float` in `FloatStorage` and `FloatTensor`; nil if it has none.
  var classPrefix: String? { TorchType.classPrefixes[self] }

  /// Finds the type of a legacy class name that ends in `kind`: `FloatStorage` for the kind "Storage".
  init?(className: String, kind: String) {
    guard className.hasSuffix(kind) else { return nil }
    let prefix = className.dropLast(kind.count)
    guard let match = TorchType.classPrefixes.first(where: { $0.value == prefix }) else { return nil }
    self = match.key
  }

  private static let classPrefixes: [TorchType: String] = [
    .float64: "Double", .float32: "Float", .float16: "Half", .bfloat16: "BFloat16", .int64: "Long", .int32: "Int",
    .int16: "Short", .int8: "Char", .uint8: "Byte", .bool: "Bool", .complex64: "ComplexFloat",
    .complex128: "ComplexDouble", .quantized8: "QInt8", .quantizedUnsigned8: "QUInt8", .quantized32: "QInt32",
    .quantized4x2: "QUInt4x2", .quantized2x4: "QUInt2x4",
  ]
}
