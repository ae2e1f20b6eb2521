/// Everything that one pickle built.
struct PickleGraph: Sendable {
  struct Container: Sendable {
    enum Kind: Sendable, Equatable {
      case list, tuple, set, dictionary
      /// An object of a class that is not known: nothing but its name and what was put into it.
      case object(name: String)
    }
    let kind: Kind
    /// The items; of a dictionary keys and values in turn, as of an object its attributes' names and values.
    var items: [PickleValue]
  }

  var root = PickleValue.none
  var containers: [Container] = []
  /// The storages by their keys, as they lie in the file: without views.
  var storages: [String: TorchStorage] = [:]
  /// The tensors; nil is a parameter that was made but never given its data.
  var tensors: [TorchTensor?] = []

  /// Whether the value is a dictionary or an object, whose items have keys.
  func isKeyed(_ value: PickleValue) -> Bool {
    guard case .container(let index) = value else { return false }
    return switch containers[index].kind {
    case .list, .tuple, .set: false
    case .dictionary, .object: true
    }
  }

  /// The name of an object of an unknown class; nil for any other value.
  func objectName(_ value: PickleValue) -> String? {
    guard case .container(let index) = value, case .object(let name) = containers[index].kind else { return nil }
    return name
  }

  /// The items of a list, a tuple or a set, or nil if the value is none.
  func sequence(_ value: PickleValue) -> [PickleValue]? {
    guard case .container(let index) = value, !isKeyed(value) else { return nil }
    return containers[index].items
  }

  /// The keys and values of a dictionary in their order, or the attributes of an object; nil if the value is neither.
  func pairs(_ value: PickleValue) -> [(key: PickleValue, value: PickleValue)]? {
    guard case .container(let index) = value, isKeyed(value) else { return nil }
    let items = containers[index].items
    return stride(from: 0, to: items.count - 1, by: 2).map { (items[$0], items[$0 + 1]) }
  }

  /// The tensor that the value is, or nil if it is none or was never given its data.
  func tensor(_ value: PickleValue) -> TorchTensor? {
    guard case .tensor(let index) = value else { return nil }
    return tensors[index]
  }

  /// What the value is, for messages.
  func kind(_ value: PickleValue) -> String {
    switch value {
    case .container(let index):
      return objectName(value).map { "the Python object \($0)" } ?? "a \(containers[index].kind)"
    case .tensor(let index) where tensors[index] == nil: return "a parameter without elements"
    default: return value.kind
    }
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
