import Testing

@testable import Experiments

@Suite struct SavePaceTests {
  private final class Clock {
    var seconds = 0.0
    var nanoseconds: Int { Int(seconds * 1e9) }
  }

  @Test func savesComeEveryTenMinutesAndAtTheEndOfEpochs() {
    let clock = Clock()
    let pace = SavePace(minutes: nil) { clock.nanoseconds }
    clock.seconds = 2
    #expect(pace.isDue(atEndOfEpoch: true) && !pace.isDue(atEndOfEpoch: false))
    pace.save { clock.seconds += 1 }
    for (seconds, step, epoch) in [(99.0, false, false), (101, false, true), (599, false, true), (601, true, true)] {
      clock.seconds = 3 + seconds
      #expect(pace.isDue(atEndOfEpoch: false) == step && pace.isDue(atEndOfEpoch: true) == epoch, "\(seconds)")
    }
    // A large state on a slow disk is saved less often, so that saving takes a hundredth of the time.
    pace.save { clock.seconds += 30 }
    clock.seconds += 700
    #expect(!pace.isDue(atEndOfEpoch: false))
    clock.seconds += 2400
    #expect(pace.isDue(atEndOfEpoch: false))
  }

  @Test func whoAsksForMinutesGetsThem() {
    let clock = Clock()
    let always = SavePace(minutes: 0) { clock.nanoseconds }
    #expect(always.isDue(atEndOfEpoch: false))
    let pace = SavePace(minutes: 1.5) { clock.nanoseconds }
    pace.save { clock.seconds += 30 }
    clock.seconds += 89
    #expect(!pace.isDue(atEndOfEpoch: false))
    clock.seconds += 2
    #expect(pace.isDue(atEndOfEpoch: false))
  }

  @Test func anEpochShorterThanASaveIsWorthIsNotSaved() {
    let clock = Clock()
    let pace = SavePace(minutes: nil) { clock.nanoseconds }
    clock.seconds = 0.5
    #expect(!pace.isDue(atEndOfEpoch: true))
  }
}
