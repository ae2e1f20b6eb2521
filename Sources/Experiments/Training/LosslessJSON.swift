import Foundation

// An overflowed sum is a valid outcome.
private let nonConforming = (infinity: "inf", negative: "-inf", nan: "nan")

/// Encodes a value as JSON that can also hold infinities and NaN.
func losslessJSON(_ value: some Encodable) throws -> Data {
  let encoder = JSONEncoder()
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: nonConforming.infinity, negativeInfinity: nonConforming.negative, nan: nonConforming.nan)
  return try encoder.encode(value)
}

/// A decoder for what `losslessJSON` wrote.
var losslessJSONDecoder: JSONDecoder {
  let decoder = JSONDecoder()
  decoder.nonConformingFloatDecodingStrategy = .convertFromString(
    positiveInfinity: nonConforming.infinity, negativeInfinity: nonConforming.negative, nan: nonConforming.nan)
  return decoder
}
