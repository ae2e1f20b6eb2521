import Collectives
import Models

/// The normalisation groups of a batch that one of several ranks computes: every R-th, so that the ranks take
/// consecutive groups in each round.
struct GroupShare {
  /// A group that the rank computes.
  struct Group {
    /// Its number in the batch, from 0.
    let number: Int
    /// Its images, as indices into those that the rank loads.
    let images: Range<Int>
  }

  /// The number of groups in the whole batch.
  let count: Int
  let rounds: Int
  /// By round; missing in the last one if only other ranks have a group there.
  let groups: [Group]
  /// The rank's images, as positions in the batch.
  let places: [Int]

  /// The share of a batch of `images` images, of which batch norm sees at most `largest` at once.
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
