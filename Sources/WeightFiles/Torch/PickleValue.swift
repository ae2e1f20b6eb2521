/// A value that a pickle holds: plain data, or a place in the graph's lists.
///
/// Containers and tensors are numbers, not references: a pickle may nest a million deep or hold itself, and a flat
/// graph is neither walked nor freed by recursion and cannot leak.
enum PickleValue: Sendable {
  case none
  case bool(Bool)
  case integer(Int)
  /// An integer beyond 64 bits, little-endian in two's complement.
  case longInteger([UInt8])
  case float(Double)
  case string(String)
  /// Data of which nothing but its kind is kept: bytes, complex numbers, sparse tensors.
  case other(kind: String)
  case container(Int)
  case tensor(Int)
  case storage(TorchStorage)
  case global(PickleGlobal)

  /// What it is, for messages; `PickleGraph.kind` knows more of containers.
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

/// A storage as a pickle names it, not yet held against the stored bytes.
struct TorchStorage: Sendable, Equatable {
  var key: String
  /// Nil is `UntypedStorage`, whose elements are bytes and get their type from the tensor.
  var type: TorchType?
  /// The elements that are stored under `key`.
  var count: Int
  /// Those of them that a tensor may reach.
  var view: Range<Int>

  /// Bytes an element takes.
  var elementSize: Int { type?.byteCount ?? 1 }
}

/// A tensor as a pickle describes it, not yet held against the stored bytes.
struct TorchTensor: Sendable {
  var storage: TorchStorage
  var elementType: ElementType
  var offset: Int
  var shape: [Int]
  var strides: [Int]
}
