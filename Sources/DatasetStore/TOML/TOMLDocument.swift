import Files
import Foundation

/// A TOML file whose values are requested one by one; a missing or mistyped value is an error that names its place.
struct TOMLDocument {
  static let maximumBytes = 1 << 20
  let root: TOMLSection

  init(text: String, path: String) throws(StoreError) {
    guard text.utf8.count <= Self.maximumBytes, !text.utf8.contains(0), !text.contains("\u{FFFD}") else {
      throw .damagedLock(
        path: path, place: "the file", expected: "UTF-8 text of at most 1 MiB", found: "\(text.utf8.count) bytes")
    }
    do throws(TOMLReader.Failure) {
      root = TOMLSection(path: path, place: "", table: try TOMLReader.read(text))
    } catch {
      throw .damagedLock(
        path: path, place: "line \(error.line)", expected: error.expected, found: "something else")
    }
  }

  /// The text of a file, up to the maximum size of a lock.
  static func text(of path: String) throws(StoreError) -> String {
    guard let status = fileStatus(path) else { throw .cannotRead(path: path, reason: systemReason()) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .cannotRead(path: path, reason: "it is not a file") }
    do throws(ReadFailure) {
      return String(decoding: try readWhole(path, longest: maximumBytes), as: UTF8.self)
    } catch {
      throw .cannotRead(path: path, reason: error.reason)
    }
  }
}

/// One table of a TOML file.
struct TOMLSection {
  let path: String
  /// The keys that lead here.
  let place: String
  fileprivate let table: [String: TOMLValue]

  /// Throws if there is a value with another name, which is misspelt or from a later version.
  func allow(_ names: [String]) throws(StoreError) {
    for key in table.keys.sorted() where !names.contains(key) {
      throw refuse(nil, expected: "only \(names.sorted().joined(separator: ", "))", found: "\"\(key.prefix(40))\"")
    }
  }

  func text(_ name: String) throws(StoreError) -> String? {
    guard let value = table[name] else { return nil }
    guard case .text(let text) = value else { throw refuse(name, expected: "a text", found: "another kind of value") }
    return text
  }

  func requiredText(_ name: String) throws(StoreError) -> String {
    guard let text = try text(name) else { throw refuse(name, expected: "a text", found: "nothing") }
    return text
  }

  func number(_ name: String) throws(StoreError) -> Int? {
    guard let value = table[name] else { return nil }
    guard case .number(let number) = value, number >= 0 else {
      throw refuse(name, expected: "a whole number", found: "another kind of value")
    }
    return number
  }

  func texts(_ name: String) throws(StoreError) -> [String] {
    guard let value = table[name] else { return [] }
    guard case .list(let list) = value else {
      throw refuse(name, expected: "a list of texts", found: "another kind of value")
    }
    var texts: [String] = []
    for value in list {
      guard case .text(let text) = value else {
        throw refuse(name, expected: "a list of texts", found: "another kind of value in it")
      }
      texts.append(text)
    }
    return texts
  }

  /// The tables within the table of that name, sorted by name.
  func tables(_ name: String) throws(StoreError) -> [(name: String, table: TOMLSection)] {
    guard let value = table[name] else { return [] }
    guard case .table(let outer) = value else {
      throw refuse(name, expected: "a table", found: "another kind of value")
    }
    var tables: [(String, TOMLSection)] = []
    for key in outer.keys.sorted() {
      let place = (self.place.isEmpty ? "" : self.place + ".") + "\(name).\(key.prefix(40))"
      guard case .table(let inner)? = outer[key] else {
        throw .damagedLock(path: path, place: place, expected: "a table", found: "another kind of value")
      }
      tables.append((key, TOMLSection(path: path, place: place, table: inner)))
    }
    return tables
  }

  func refuse(_ name: String?, expected: String, found: String) -> StoreError {
    let names = [place, name ?? ""].filter { !$0.isEmpty }
    return .damagedLock(
      path: path, place: names.isEmpty ? "the top" : names.joined(separator: "."), expected: expected, found: found)
  }
}
