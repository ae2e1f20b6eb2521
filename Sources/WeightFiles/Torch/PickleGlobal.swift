/// The classes and functions that a weight file may name: all that is known to the unpickler, and none is ever called.
enum PickleGlobal: Sendable, Equatable {
  case orderedDictionary
  case set
  /// `_codecs.encode`: how protocol 2 writes bytes.
  case encode
  case size
  case device
  case parameter
  /// `torch.FloatTensor` and its like, as files of PyTorch 0.1 name them; also `torch.Tensor`.
  case tensorClass
  case rebuildTensor
  case rebuildTensorV2
  case rebuildTensorV3
  case rebuildParameter
  case rebuildParameterWithState
  case storage(ElementType)
  case untypedStorage
  case dtype(ElementType)

  /// The global that Python finds as `name` in `module`, or nil for any that is not of this list.
  init?(module: String, name: String) {
    switch (module, name) {
    case ("collections", "OrderedDict"): self = .orderedDictionary
    case ("builtins", "set"), ("__builtin__", "set"): self = .set
    case ("_codecs", "encode"): self = .encode
    case ("torch", "Size"): self = .size
    case ("torch", "device"): self = .device
    case ("torch", "Tensor"): self = .tensorClass
    case ("torch.nn.parameter", "Parameter"): self = .parameter
    case ("torch._utils", "_rebuild_tensor"): self = .rebuildTensor
    case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensorV2
    case ("torch._utils", "_rebuild_tensor_v3"): self = .rebuildTensorV3
    case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
    case ("torch._utils", "_rebuild_parameter_with_state"): self = .rebuildParameterWithState
    case ("torch.storage", "UntypedStorage"), ("torch", "UntypedStorage"): self = .untypedStorage
    case ("torch", _), ("torch.cuda", _):
      if name.hasSuffix("Storage"), let type = PickleGlobal.classPrefixes[String(name.dropLast(7))] {
        self = .storage(type)
      } else if name.hasSuffix("Tensor"), PickleGlobal.classPrefixes[String(name.dropLast(6))] != nil {
        self = .tensorClass
      } else if module == "torch", let type = PickleGlobal.dtypes[name] {
        self = .dtype(type)
      } else {
        return nil
      }
    default: return nil
    }
  }

  /// The name of the storage class that `torch.save` writes for the type; nil if it has none of its own.
  static func storageClass(_ type: ElementType) -> String? {
    classPrefixes.first { $0.value == type }.map { $0.key + "Storage" }
  }

  private static let classPrefixes: [String: ElementType] = [
    "Double": .float64, "Float": .float32, "Half": .float16, "BFloat16": .bfloat16, "Long": .int64, "Int": .int32,
    "Short": .int16, "Char": .int8, "Byte": .uint8, "Bool": .bool,
  ]

  private static let dtypes: [String: ElementType] = [
    "float64": .float64, "float32": .float32, "float16": .float16, "bfloat16": .bfloat16, "int64": .int64,
    "int32": .int32, "int16": .int16, "int8": .int8, "uint64": .uint64, "uint32": .uint32, "uint16": .uint16,
    "uint8": .uint8, "bool": .bool,
  ]
}
