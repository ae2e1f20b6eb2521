import Records

extension Croissant {
  /// The JSON-LD context that the format prescribes (https://docs.mlcommons.org/croissant/docs/croissant-spec.html, appendix 1).
  static let context: [String: JSONValue] = {
    let own = [
      "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format",
      "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex",
      "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform",
    ]
    let terms: [String: JSONValue] = [
      "@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/",
      "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
      "dct": "http://purl.org/dc/terms/", "conformsTo": "dct:conformsTo",
      "data": ["@id": "cr:data", "@type": "@json"], "examples": ["@id": "cr:examples", "@type": "@json"],
      "dataType": ["@id": "cr:dataType", "@type": "@vocab"],
    ]
    return terms.merging(own.map { ($0, .text("cr:\($0)")) }) { first, _ in first }
  }()
}
