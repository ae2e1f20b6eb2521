import Records

/// A model card as model hubs read it: README.md with metadata at its top
/// (https://huggingface.co/docs/hub/model-cards), and results as a model-index. It states what is known, and that the
/// rest is not.
public struct ModelCard {
  /// The model's title, such as "S3N on resnet50, p = 2".
  public var title: String
  /// The names of the exported file and of the file that it was exported from.
  public var file: String
  public var source: String
  public var backbone: String
  /// Height and width of the images.
  public var size: Int
  /// Of the red, green and blue channels.
  public var mean: [Float]
  public var deviation: [Float]
  /// The names of the graph's outputs.
  public var outputs: [String]
  public var classes: Int
  /// Nil if the file does not contain them.
  public var classNames: [String]?
  /// What the file says about its training, as names and values.
  public var training: [(name: String, value: String)]
  /// The terms of the dataset that it was trained on; nil if unknown.
  public var datasetTerms: String?
  /// Its results; nil if there is no record of them.
  public var record: ModelRecord?
  /// Why there is no record, as a sentence.
  public var lack: String

  public init(
    title: String, file: String, source: String, backbone: String, size: Int, mean: [Float], deviation: [Float],
    outputs: [String], classes: Int, classNames: [String]?, training: [(name: String, value: String)],
    datasetTerms: String?, record: ModelRecord?, lack: String
  ) {
    (self.title, self.file, self.source, self.backbone, self.size) = (title, file, source, backbone, size)
    (self.mean, self.deviation, self.outputs, self.classes) = (mean, deviation, outputs, classes)
    (self.classNames, self.training, self.datasetTerms) = (classNames, training, datasetTerms)
    (self.record, self.lack) = (record, lack)
  }

  /// The card in Markdown.
  public var markdown: String {
    """
    ---
    \(metadata)---

    # \(markdownEscaped(title))

    An image classifier for \(counted(classes, "class", plural: "classes")), exported by s3n-bench from `\(source)`. S3N: Selective Sparse \
    Sampling for Fine-grained Image Recognition (Ding et al., ICCV 2019).

    ## Use

    `\(file)` is an ONNX graph of operator set 17. Its input `images` is (N, 3, \(size), \(size)): RGB between 0 and 1, minus \
    the mean \(numbers(mean)), divided by the deviation \(numbers(deviation)). Its outputs are logits (N, \(classes)): \
    \(outputs.map { "`\($0)`" }.joined(separator: ", ")); `logits` is what predicts.

    ## Results

    \(results)

    ## Training

    \(trainingTable)

    ## Licence

    No licence is stated for these weights: whoever trained them decides. The program that made this file is under Apache-2.0. \
    \(datasetTerms.map { "The dataset's terms: \(markdownEscaped($0))." } ?? "The terms of the dataset are not known here.")

    ## Limits

    - It gives one of its classes for whatever it is shown, and its probabilities are not calibrated.
    - It was made to compare methods in research, and not tried on anything but the dataset's own test images.
    \(record.map { "- One training with seed \($0.seed): other seeds come out differently.\n" } ?? "")\(classList)
    """
  }

  private var results: String {
    guard let record else { return lack }
    let chosen =
      record.isLast
      ? ""
      : "\n\nThe epoch was chosen by its accuracy on these very images, which flatters it: this is no measure of the method."
    return
      "On the test images of \(markdownEscaped(recipeText(record))), run `\(record.runID)` after epoch \(record.epoch), "
      + "in percent, by the program itself:\n\n"
      + table(
        ["head", "measure", "percent", "images"],
        record.results.map { [$0.head, $0.metric, oneDecimal($0.percent), "\($0.images)"] }) + chosen
  }

  private func recipeText(_ record: ModelRecord) -> String {
    let table = record.recipe.table
    return "\(table.dataset) version \(table.datasetVersion)" + (table.overrides.isEmpty ? "" : " (\(table.overrides))")
  }

  private var trainingTable: String {
    let settings =
      record?.recipe.settings.filter { !$0.path.hasPrefix("dataset.classes[") }.map { [$0.path, $0.text] }
      ?? training.map { [$0.name, $0.value] }
    return settings.isEmpty ? "The file says nothing of its training." : table(["setting", "value"], settings)
  }

  private var classList: String {
    guard let classNames else { return "" }
    return "\n## Classes\n\n" + classNames.enumerated().map { "\($0). \(markdownEscaped($1))\n" }.joined()
  }

  private func table(_ header: [String], _ rows: [[String]]) -> String {
    markdownTable(header, rows.map { $0.map(markdownEscaped) })
  }

  private func numbers(_ values: [Float]) -> String { values.map { "\($0)" }.joined(separator: ", ") }
}
