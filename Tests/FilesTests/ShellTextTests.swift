import Files
import Testing

@Suite struct ShellTextTests {
  @Test(arguments: [
    ("it's here.pth", #"'it'\''s here.pth'"#), ("../data/cub_1-20", "../data/cub_1-20"), ("", "''"),
    ("a$b;c", "'a$b;c'"), ("~/runs", "'~/runs'"), ("Vögel", "'Vögel'"), ("50%@2", "50%@2"), ("a\nb", "'a\nb'"),
  ])
  func aWordIsOneToAShell(word: String, quoted: String) { #expect(shellQuoted(word) == quoted) }
}
