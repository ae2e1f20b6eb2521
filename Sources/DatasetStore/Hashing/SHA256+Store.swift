import Hashing

extension SHA256 {
  /// A new hash; throws the store's own error.
  static func forStore() throws(StoreError) -> SHA256 {
    do { return try SHA256() } catch { throw .noChecksum }
  }

  /// `digits`; throws the store's own error.
  var storeDigits: String {
    get throws(StoreError) { do { return try digits } catch { throw .noChecksum } }
  }
}
