/// Everything that one pickle builds.
struct PickleGraph: Sendable {
  struct Container: Sendable {
    enum Kind: Sendable, Equatable {
      case list, tuple, set, dictionary
      /// An object of an unknown class: only its name and what was put into it.
      case object(name: String)
    }
    let kind: Kind
    /// The items; for a dictionary, keys and values alternate, and for an object, attribute names and values.
    var items: [PickleValue]
  }

  var root = PickleValue.none
  var containers: [Container] = []
  /// The storages by key, as stored in the file, without views.
  var storages: [String: TorchStorage] = [:]
  /// The tensors; nil stands for a parameter that was made but never given its data.
  var tensors: [TorchTensor?] = []

  /// Whether the value is a dictionary or an object, so that its items have keys.
  func isKeyed(_ value: PickleValue) -> Bool {
    guard case .container(let index) = value else { return false }
    return switch containers[index].kind {
    case .list, .tuple, .set: false
    case .dictionary, .object: true
    }
  }

  /// Returns the name of an object of an unknown class; nil for any other value.
  func objectName(_ value: PickleValue) -> String? {
    guard case .container(let index) = value, case .object(let name) = containers[index].kind else { return nil }
    return name
  }

  /// Returns the items of a list, tuple or set; nil for any other value.
  func sequence(_ value: PickleValue) -> [PickleValue]? {
    guard case .container(let index) = value, !isKeyed(value) else { return nil }
    return containers[index].items
  }

  /// Returns the keys and values of a dictionary in order, or the attributes of an object; nil for any other value.
  func pairs(_ value: PickleValue) -> [(key: PickleValue, value: PickleValue)]? {
    guard case .container(let index) = value, isKeyed(value) else { return nil }
    let items = containers[index].items
    return stride(from: 0, to: items.count - 1, by: 2).map { (items[$0], items[$0 + 1]) }
  }

  /// Returns the tensor; nil if the value is not a tensor or was never given its data.
  func tensor(_ value: PickleValue) -> TorchTensor? {
    guard case .tensor(let index) = value else { return nil }
    return tensors[index]
  }

  /// Describes the value for error messages.
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

  /// Returns the items as integers; nil if one is something else, or if there are more than 64.
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
