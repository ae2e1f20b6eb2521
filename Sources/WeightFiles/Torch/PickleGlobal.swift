/// A class or function that a pickle names. Those listed are understood, others only kept by name; none is called.
enum PickleGlobal: Sendable, Equatable {
  /// A dictionary made from pairs or from another dictionary: `dict`, `OrderedDict`, `Counter`.
  case dictionary
  /// `collections.defaultdict`, whose first argument is the factory for missing values.
  case defaultDictionary
  case set
  case size
  /// A constructor of plain data of which only the kind matters: bytes, complex numbers, devices.
  case plainData(kind: String)
  case parameter
  /// `torch.FloatTensor` and the like, as named in files of PyTorch 0.1; also `torch.Tensor`.
  case tensorClass
  case rebuildTensor
  case rebuildTensorV2
  case rebuildTensorV3
  case rebuildParameter
  case rebuildParameterWithState
  /// A tensor subclass, rebuilt by another function of this list.
  case rebuildFromType
  /// A constructor of tensors that are not read, such as sparse or quantized ones.
  case rebuildOther(kind: String)
  case storage(TorchType)
  case untypedStorage
  case dtype(TorchType)
  case unknown(name: String)

  /// Looks up the global that Python finds as `name` in `module`.
  init(module: String, name: String) {
    // The names used by Python 2 and by the protocols up to 2.
    let module = ["__builtin__": "builtins", "copy_reg": "copyreg"][module] ?? module
    self =
      switch (module, name) {
      case ("collections", "OrderedDict"), ("collections", "Counter"), ("builtins", "dict"): .dictionary
      case ("collections", "defaultdict"): .defaultDictionary
      case ("builtins", "set"), ("builtins", "frozenset"): .set
      // Protocol 2 writes bytes this way.
      case ("_codecs", "encode"), ("builtins", "bytes"): .plainData(kind: "bytes")
      case ("builtins", "bytearray"): .plainData(kind: "a bytearray")
      case ("builtins", "complex"): .plainData(kind: "a complex number")
      case ("torch", "device"): .plainData(kind: "a device")
      case ("torch.serialization", "_get_layout"): .plainData(kind: "a layout")
      case ("torch", "Size"): .size
      case ("torch", "Tensor"): .tensorClass
      case ("torch.nn.parameter", "Parameter"): .parameter
      case ("torch._tensor", "_rebuild_from_type_v2"): .rebuildFromType
      case ("torch._utils", _): PickleGlobal.rebuilding[name] ?? .unknown(name: "\(module).\(name)")
      case ("torch.storage", "UntypedStorage"), ("torch", "UntypedStorage"): .untypedStorage
      case ("torch", _), ("torch.cuda", _):
        PickleGlobal(ofTorch: name, module: module) ?? .unknown(name: "\(module).\(name)")
      default: .unknown(name: "\(module).\(name)")
      }
  }

  private init?(ofTorch name: String, module: String) {
    if let type = TorchType(className: name, kind: "Storage") {
      self = .storage(type)
    } else if TorchType(className: name, kind: "Tensor") != nil {
      self = .tensorClass
    } else if module == "torch", let type = TorchType(rawValue: name) {
      self = .dtype(type)
    } else {
      return nil
    }
  }

  private static let rebuilding: [String: PickleGlobal] = [
    "_rebuild_tensor": .rebuildTensor, "_rebuild_tensor_v2": .rebuildTensorV2, "_rebuild_tensor_v3": .rebuildTensorV3,
    "_rebuild_parameter": .rebuildParameter, "_rebuild_parameter_with_state": .rebuildParameterWithState,
    "_rebuild_sparse_tensor": .rebuildOther(kind: "a sparse tensor"),
    "_rebuild_sparse_csr_tensor": .rebuildOther(kind: "a sparse tensor"),
    "_rebuild_qtensor": .rebuildOther(kind: "a quantized tensor"),
    "_rebuild_nested_tensor": .rebuildOther(kind: "a nested tensor"),
    "_rebuild_meta_tensor_no_storage": .rebuildOther(kind: "a meta tensor, which has no elements"),
    "_rebuild_wrapper_subclass": .rebuildOther(kind: "a tensor of another class"),
    "_rebuild_device_tensor_from_numpy": .rebuildOther(kind: "a tensor of another device"),
    "_rebuild_device_tensor_from_cpu_tensor": .rebuildOther(kind: "a tensor of another device"),
  ]
}
