import Hashing
import Testing

@Suite struct SHA256Tests {
  // The examples of FIPS 180-4, and the empty message.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func theStandardsExamples(text: String, digits: String) throws {
    #expect(try SHA256.digits(of: text) == digits)
    #expect(try SHA256.digits(of: Array(text.utf8)) == digits)
  }

  @Test func piecesAddUpAndDigitsMayBeAskedForMidway() throws {
    let hash = try SHA256()
    hash.update("a")
    #expect(try hash.digits == SHA256.digits(of: "a"))
    hash.update("bc")
    #expect(try hash.digits == SHA256.digits(of: "abc"))
  }
}
