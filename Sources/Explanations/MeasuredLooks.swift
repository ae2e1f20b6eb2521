/// All measures of where a model looks, and of each null, in each image.
struct MeasuredLooks {
  private let looks: Looks
  private let measures: [LocalisationMeasure]

  init(_ looks: Looks) {
    self.looks = looks
    measures = LocalisationMeasure.all(partNames: looks.partNames)
  }

  /// A column for each measure of a set of peaks.
  func columns(_ set: PeakSet) -> [LocalisationTable.Column] {
    let own = looks.images.map { image in
      values(Localisation(image.places(set, on: looks.grid), image.annotation, looks.grid))
    }
    let nulls = NullPlaces.allCases.map { null in (null.rawValue, looks.images.map { mean(of: null, set, $0) }) }
    return measures.indices.map { index in
      LocalisationTable.Column(
        measure: measures[index], set: set,
        places: ([(LocalisationTable.model, own)] + nulls).map { name, images in (name, images.map { $0[index] }) })
    }
  }

  private func values(_ localisation: Localisation) -> [Double?] { measures.map { $0.value(localisation) } }

  /// The mean measures of a null in an image over all its draws; nil where it has no places.
  private func mean(of null: NullPlaces, _ set: PeakSet, _ image: LookedAt) -> [Double?] {
    // The centre is the same in every draw.
    let draws = (0..<(null == .centre ? 1 : NullPlaces.draws)).compactMap { draw in
      null.places(for: image, set, among: looks, draw: draw).map {
        values(Localisation($0, image.annotation, looks.grid))
      }
    }
    return measures.indices.map { index in
      let known = draws.compactMap { $0[index] }
      return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
  }
}
