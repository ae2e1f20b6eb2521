import DatasetStore
import Records

/// A description of a dataset in the vocabulary Croissant 1.0 (http://mlcommons.org/croissant/1.0): its files with
/// checksums, and its images as records for users who have the files.
public struct Croissant {
  /// Images among the files of a dataset, one per record.
  struct Images {
    let name: String
    /// The archive that contains them; nil for a folder.
    var archive: String?
    /// Such as "images/*/*.jpg".
    let pattern: String
    /// Extracts the class from an image's path; nil if the path does not contain it.
    var classPattern: String?
  }

  private let facts: [String: JSONValue]
  private let files: [LockedFile]
  private let images: [Images]

  /// Describes a dataset of the lock; throws `noChecksum` for a file without a checksum, which Croissant requires.
  public init(of item: LockedItem) throws(CroissantError) {
    let counts = item.counts.map { ": \(Self.text(of: $0))" } ?? ""
    facts = [
      "name": .text(item.title), "description": .text(item.title + counts + "."), "version": .text(item.version),
      "license": .text(item.terms), "citeAs": .text(item.citation), "url": .text(item.page),
    ]
    files = item.files
    images = Self.images(of: item.name)
    for file in files where file.sha256 == nil { throw .noChecksum(dataset: item.name, file: file.name) }
  }

  /// Describes birdlets as `bench data render birdlets` writes them into the folder that will contain the description.
  public init(ofBirdlets version: String, summary: String, counts: SplitCounts) {
    facts = [
      "name": "birdlets", "description": .text("\(summary): \(Self.text(of: counts))."), "version": .text(version),
      "license": "https://www.apache.org/licenses/LICENSE-2.0",
      "citeAs": "The s3n-bench authors: S3N bench, a reference harness for Selective Sparse Sampling",
    ]
    files = []
    images = [Images(name: "images", pattern: "images/*/*.jpg", classPattern: Self.folderClass)]
  }

  public var json: JSONValue {
    let description: [String: JSONValue] = [
      "@context": .object(Self.context), "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0",
      "distribution": .list(files.map(Self.fileObject) + images.map(Self.fileSet)),
      "recordSet": .list(images.map(Self.recordSet)),
    ]
    return .object(description.merging(facts) { own, _ in own })
  }

  private static func text(of counts: SplitCounts) -> String {
    "\(counts.classes) classes, \(counts.train) training and \(counts.test) test images"
  }

  /// The class is the name of the folder that contains the image.
  private static let folderClass = "^.*images/([^/]*)/[^/]*$"

  /// Returns where the images of the known datasets are.
  private static func images(of dataset: String) -> [Images] {
    switch dataset {
    case "cub":
      [
        Images(
          name: "images", archive: "CUB_200_2011.tgz", pattern: "CUB_200_2011/images/*/*.jpg", classPattern: folderClass
        )
      ]
    case "aircraft":
      [
        Images(
          name: "images", archive: "fgvc-aircraft-2013b.tar.gz", pattern: "fgvc-aircraft-2013b/data/images/*.jpg")
      ]
    case "cars":
      ["train", "test"].map { split in
        Images(name: "\(split)-images", archive: "cars_\(split).tgz", pattern: "cars_\(split)/*.jpg")
      }
    default: []
    }
  }

  private static func fileObject(_ file: LockedFile) -> JSONValue {
    var object: [String: JSONValue] = [
      "@type": "cr:FileObject", "@id": .text(file.name), "name": .text(file.name),
      // A file without a URL is brought by the user, and then lies next to the description.
      "contentUrl": .text(file.addresses.first ?? file.name),
      "encodingFormat": .text(
        !file.isArchive
          ? "application/octet-stream" : file.name.hasSuffix(".zip") ? "application/zip" : "application/x-tar"),
    ]
    if let bytes = file.bytes { object["contentSize"] = .text("\(bytes) B") }
    if let sha256 = file.sha256 { object["sha256"] = .text(sha256) }
    return .object(object)
  }

  private static func fileSet(_ images: Images) -> JSONValue {
    var set: [String: JSONValue] = [
      "@type": "cr:FileSet", "@id": .text(images.name), "name": .text(images.name), "encodingFormat": "image/jpeg",
      "includes": .text(images.pattern),
    ]
    if let archive = images.archive { set["containedIn"] = ["@id": .text(archive)] }
    return .object(set)
  }

  private static func recordSet(_ images: Images) -> JSONValue {
    let records = images.name + "-records"
    func field(_ name: String, _ type: String, _ property: String, regex: String? = nil) -> JSONValue {
      var source: [String: JSONValue] = [
        "fileSet": ["@id": .text(images.name)], "extract": ["fileProperty": .text(property)],
      ]
      if let regex { source["transform"] = ["regex": .text(regex)] }
      return [
        "@type": "cr:Field", "@id": .text("\(records)/\(name)"), "name": .text(name), "dataType": .text(type),
        "source": .object(source),
      ]
    }
    let fields = [
      field("image", "sc:ImageObject", "content"), field("file", "sc:Text", "filename"),
      images.classPattern.map { field("class", "sc:Text", "fullpath", regex: $0) },
    ]
    return [
      "@type": "cr:RecordSet", "@id": .text(records), "name": .text(records),
      "field": .list(fields.compactMap(\.self)),
    ]
  }
}
