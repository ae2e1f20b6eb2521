import Foundation
import Records

extension ModelCard {
  /// The metadata in YAML; strings are quoted as in JSON, of which YAML is a superset.
  var metadata: String {
    """
    library_name: onnx
    pipeline_tag: image-classification
    license: other
    license_name: not-stated
    tags:
    - onnx
    - image-classification
    - fine-grained-image-recognition
    - \(quoted(backbone))
    \(modelIndex)
    """
  }

  /// The results in the form that hubs read, with accuracies as fractions; empty without a record.
  private var modelIndex: String {
    guard let record, !record.results.isEmpty else { return "" }
    let table = record.recipe.table
    let metrics = record.results.map { result in
      """
          - type: accuracy
            name: \(quoted(Self.name(of: result)))
            value: \(result.percent / 100)

      """
    }
    return """
      model-index:
      - name: \(quoted(title))
        results:
        - task:
            type: image-classification
          dataset:
            type: \(quoted(table.dataset))
            name: \(quoted([table.dataset, table.overrides].filter { !$0.isEmpty }.joined(separator: " ")))
            revision: \(quoted(table.datasetVersion))
            split: test
          metrics:
      \(metrics.joined())
      """
  }

  private static func name(of result: ModelRecord.Result) -> String {
    let measure =
      [Metric.top1: "Top-1 accuracy", Metric.top5: "Top-5 accuracy"][result.metric] ?? "Mean class accuracy"
    return "\(measure), head \(result.head)"
  }

  private func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    guard let data = try? encoder.encode(text) else { return "\"\"" }
    return String(decoding: data, as: UTF8.self)
  }
}
