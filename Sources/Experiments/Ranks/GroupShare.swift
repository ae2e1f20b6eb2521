import Collectives
import Models

/// The normalisation groups of a batch that one of several ranks works off: every R-th, so that each round of the ranks takes groups
/// that follow each other.
struct GroupShare {
  /// A group that the rank works off.
  struct Group {
    /// Its number in the batch, from 0.
    let number: Int
    /// Its images, among those that the rank loads.
    let images: Range<Int>
  }

  /// How many groups the whole batch has.
  let count: Int
  let rounds: Int
  /// By round; the last ones are missing where other ranks take more.
  let groups: [Group]
  /// The rank's images, by their places in the batch.
  let places: [Int]

  /// Of a batch of so many images, of which batch norm sees `largest` at once.
  init(of images: Int, largest: Int?, on ranks: any Communicator) {
    let all = normalizationGroups(of: images, largest: largest)
    count = all.count
    rounds = (all.count + ranks.count - 1) / ranks.count
    var (groups, places): ([Group], [Int]) = ([], [])
    for number in stride(from: ranks.rank, to: all.count, by: ranks.count) {
      groups.append(Group(number: number, images: places.count..<places.count + all[number].count))
      places += all[number]
    }
    (self.groups, self.places) = (groups, places)
  }
}
