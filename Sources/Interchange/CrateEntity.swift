import Foundation
import Records

/// One entity of an RO-Crate.
struct CrateEntity {
  let id: String
  let type: String
  let properties: [String: JSONValue]

  /// - Parameter id: A path within the crate, a name that begins with #, or a URL.
  init(_ id: String, _ type: String, _ properties: [String: JSONValue]) {
    (self.id, self.type, self.properties) = (id, type, properties)
  }

  var json: JSONValue {
    .object(properties.merging(["@id": .text(Self.encoded(id)), "@type": .text(type)]) { own, _ in own })
  }

  /// Returns an id, percent-encoded if it is a path.
  static func encoded(_ id: String) -> String {
    guard !id.contains("://"), !id.hasPrefix("#") else { return id }
    return id.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? id
  }
}

extension JSONValue {
  /// A reference to an entity.
  static func reference(_ id: String) -> JSONValue { ["@id": .text(CrateEntity.encoded(id))] }

  /// References to entities; a single one is not put into a list, as RO-Crate recommends.
  static func references(_ ids: [String]) -> JSONValue {
    ids.count == 1 ? reference(ids[0]) : .list(ids.map(reference))
  }
}
