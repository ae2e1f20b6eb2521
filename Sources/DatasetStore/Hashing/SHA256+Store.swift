import Hashing

extension SHA256 {
  /// A new hash; throws a `StoreError`.
  static func forStore() throws(StoreError) -> SHA256 {
    do { return try SHA256() } catch { throw .noChecksum }
  }

  /// `digits`; throws a `StoreError`.
  var storeDigits: String {
    get throws(StoreError) { do { return try digits } catch { throw .noChecksum } }
  }
}
