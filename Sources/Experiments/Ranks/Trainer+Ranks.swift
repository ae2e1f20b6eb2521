import Collectives
import Foundation
import Layers
import Models
import Tensors
import Timing

extension Trainer {
  /// Copies rank 0's training state to the trainers of all ranks: weights, buffers, velocities and place.
  func shareState() throws {
    guard ranks.count > 1 else { return }
    let mine = ranks.rank == 0 ? [UInt8](try losslessJSON(snapshot)) : []
    let progress = try ranks.broadcastBytes(mine)
    for parameter in model.parameters { try share(&parameter.value) }
    try shareBuffers()
    var velocities = optimizer.velocities
    for index in velocities.indices { try share(&velocities[index].tensor) }
    optimizer.velocities = velocities
    guard ranks.rank != 0 else { return }
    let isPossible = goOn(from: try losslessJSONDecoder.decode(TrainingProgress.self, from: Data(progress)))
    precondition(isPossible, "rank 0 trains something else")
  }

  /// Copies the buffers of rank 0, which computes the first group of each batch, to all ranks.
  func shareBuffers() throws(CommunicationError) {
    guard ranks.count > 1 else { return }
    for buffer in model.buffers { try share(&buffer.value) }
  }

  private func share(_ tensor: inout Tensor) throws(CommunicationError) {
    let outcome = tensor.withUnsafeMutableBufferPointer { values in
      Result { () throws(CommunicationError) in try ranks.broadcast(UnsafeMutableRawBufferPointer(values)) }
    }
    try outcome.get()
  }

  /// The fingerprint of the weights; throws `otherWeights` if they differ between ranks.
  func fingerprint() throws -> String {
    let mine = try ModuleState.fingerprint(of: model)
    let all = try ranks.gatherBytes(Array(mine.utf8))
    let others = all.indices.filter { all[$0] != all[0] }
    guard others.isEmpty else { throw ExperimentError.otherWeights(epoch: place.epoch, ranks: others) }
    return mine
  }

  /// Waits for the sums of a step's gradients.
  func finishGradients() throws(CommunicationError) {
    guard ranks.count > 1 else { return }
    let busy = try clock.measure(.communicate) { () throws(CommunicationError) in try gradients.finish() }
    loading.add(.communicate, step: max(0, batchesLoaded - 1), nanoseconds: busy)
  }

  /// The totals of a step's groups in their order, whichever rank computed them; tells all ranks if one wants to stop.
  func gathered(_ mine: [GroupTotals], of share: GroupShare) throws(CommunicationError) -> [GroupTotals] {
    guard ranks.count > 1 else { return mine }
    let length = 1 + 2 * model.heads.count
    var row: [Double] = [shouldStop() ? 1 : 0]
    for group in mine { row += group.numbers(model.heads) }
    row += [Double](repeating: 0, count: 1 + share.rounds * length - row.count)
    let rows = try clock.measure(.communicate) { () throws(CommunicationError) in try ranks.gather(row) }
    isStopAgreed = rows.contains { $0[0] != 0 }
    return (0..<share.count).map { number in
      let start = 1 + number / ranks.count * length
      return GroupTotals(Array(rows[number % ranks.count][start..<start + length]), model.heads)
    }
  }

  /// The outcomes of a test step's batches by rank, one from each rank that had a batch.
  func gathered(_ mine: TestOutcome?, images: [Int]) throws(CommunicationError) -> [TestOutcome] {
    guard ranks.count > 1 else { return mine.map { [$0] } ?? [] }
    let floats: [Float] = [shouldStop() ? 1 : 0] + (mine?.floats(model.heads) ?? [])
    let bytes = floats.withUnsafeBytes { Array($0) }
    let gathered = try clock.measure(.communicate) { () throws(CommunicationError) in try ranks.gatherBytes(bytes) }
    let all = gathered.map { bytes in
      bytes.withUnsafeBytes { raw in
        stride(from: 0, to: raw.count, by: 4).map { raw.loadUnaligned(fromByteOffset: $0, as: Float.self) }
      }
    }
    isStopAgreed = all.contains { $0[0] != 0 }
    return zip(all, images).map {
      TestOutcome(Array($0.dropFirst()), model.heads, images: $1, classes: dataset.classNames.count)
    }
  }
}
