import Foundation

// A sum that overflowed is an outcome like any other.
private let nonConforming = (infinity: "inf", negative: "-inf", nan: "nan")

/// JSON that also holds what is infinite or no number.
func losslessJSON(_ value: some Encodable) throws -> Data {
  let encoder = JSONEncoder()
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: nonConforming.infinity, negativeInfinity: nonConforming.negative, nan: nonConforming.nan)
  return try encoder.encode(value)
}

/// Reads what `losslessJSON` wrote.
var losslessJSONDecoder: JSONDecoder {
  let decoder = JSONDecoder()
  decoder.nonConformingFloatDecodingStrategy = .convertFromString(
    positiveInfinity: nonConforming.infinity, negativeInfinity: nonConforming.negative, nan: nonConforming.nan)
  return decoder
}
