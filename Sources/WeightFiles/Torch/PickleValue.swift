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
  case bytes([UInt8])
  case container(Int)
  case tensor(Int)
  case storage(TorchStorage)
  case global(PickleGlobal)

  /// What it is, for messages.
  var kind: String {
    switch self {
    case .none: "None"
    case .bool: "a truth value"
    case .integer, .longInteger: "an integer"
    case .float: "a number"
    case .string: "a string"
    case .bytes: "bytes"
    case .container: "a container"
    case .tensor: "a tensor"
    case .storage: "a storage"
    case .global(let global): "\(global)"
    }
  }
}

/// Everything that one pickle built.
struct PickleGraph: Sendable {
  struct Container: Sendable {
    enum Kind: Sendable { case list, tuple, set, dictionary }
    let kind: Kind
    /// The items; of a dictionary, keys and values in turn.
    var items: [PickleValue]
  }

  var root = PickleValue.none
  var containers: [Container] = []
  /// The storages by their keys, as they lie in the file: without views.
  var storages: [String: TorchStorage] = [:]
  /// The tensors; nil is a parameter that was made but never given its data.
  var tensors: [TorchTensor?] = []

  /// The items of a list or a tuple, or nil if the value is neither.
  func sequence(_ value: PickleValue) -> [PickleValue]? {
    guard case .container(let index) = value, containers[index].kind != .dictionary else { return nil }
    return containers[index].items
  }

  /// The keys and values of a dictionary in their order, or nil if the value is none.
  func pairs(_ value: PickleValue) -> [(key: PickleValue, value: PickleValue)]? {
    guard case .container(let index) = value, containers[index].kind == .dictionary else { return nil }
    let items = containers[index].items
    return stride(from: 0, to: items.count - 1, by: 2).map { (items[$0], items[$0 + 1]) }
  }

  /// What the value is, for messages.
  func kind(_ value: PickleValue) -> String {
    guard case .container(let index) = value else { return value.kind }
    return "a \(containers[index].kind)"
  }

  /// Whether the value is a container without items.
  func isEmpty(_ value: PickleValue) -> Bool {
    guard case .container(let index) = value else { return false }
    return containers[index].items.isEmpty
  }

  /// The items as whole numbers, or nil if one is something else, or if they are more than a shape has dimensions.
  func integers(_ value: PickleValue) -> [Int]? {
    guard let items = sequence(value), items.count <= 64 else { return nil }
    var result: [Int] = []
    for item in items {
      guard case .integer(let number) = item else { return nil }
      result.append(number)
    }
    return result
  }
}

/// A storage as a pickle names it, not yet held against the stored bytes.
struct TorchStorage: Sendable, Equatable {
  var key: String
  /// Nil is `UntypedStorage`, whose elements are bytes and get their type from the tensor.
  var elementType: ElementType?
  /// The elements that are stored under `key`.
  var count: Int
  /// Those of them that a tensor may reach.
  var view: Range<Int>
}

/// A tensor as a pickle describes it, not yet held against the stored bytes.
struct TorchTensor: Sendable {
  var storage: TorchStorage
  var elementType: ElementType
  var offset: Int
  var shape: [Int]
  var strides: [Int]
}
