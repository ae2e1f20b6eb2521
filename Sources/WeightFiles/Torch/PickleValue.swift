/// A value in a pickle: plain data, or an index into the graph's lists.
///
/// Containers and tensors are indices, not references, because a pickle may nest a million levels deep or contain
/// itself: a flat graph is neither walked nor freed recursively, and it cannot leak.
enum PickleValue: Sendable {
  case none
  case bool(Bool)
  case integer(Int)
  /// An integer of more than 64 bits, little-endian two's complement.
  case longInteger([UInt8])
  case float(Double)
  case string(String)
  /// Data of which only the kind is kept: bytes, complex numbers, sparse tensors.
  case other(kind: String)
  case container(Int)
  case tensor(Int)
  case storage(TorchStorage)
  case global(PickleGlobal)

  /// Describes the value for error messages; `PickleGraph.kind` gives more detail about containers.
  var kind: String {
    switch self {
    case .none: "None"
    case .bool: "a truth value"
    case .integer, .longInteger: "an integer"
    case .float: "a number"
    case .string: "a string"
    case .other(let kind): kind
    case .container: "a container"
    case .tensor: "a tensor"
    case .storage: "a storage"
    case .global(.dtype): "a type of elements"
    case .global(.unknown(let name)): "the Python object \(name)"
    case .global: "a class or function"
    }
  }
}

/// A storage as a pickle names it, not yet checked against the stored bytes.
struct TorchStorage: Sendable, Equatable {
  var key: String
  /// Nil for `UntypedStorage`, whose elements are bytes and get their type from the tensor.
  var type: TorchType?
  /// The number of elements stored under `key`.
  var count: Int
  /// The range of these elements that a tensor may access.
  var view: Range<Int>

  /// The size of an element in bytes.
  var elementSize: Int { type?.byteCount ?? 1 }
}

/// A tensor as a pickle describes it, not yet checked against the stored bytes.
struct TorchTensor: Sendable {
  var storage: TorchStorage
  var elementType: ElementType
  var offset: Int
  var shape: [Int]
  var strides: [Int]
}
