import Testing

@Suite struct LayeringTests {
  private let table: PackageTable
  /// The modules that the table covers: our targets and the products of packages.
  private let known: Set<String>
  private static let products: Set = [
    "ArgumentParser", "FlyingFox", "FlyingSocks", "SwiftProtobuf", "Logging", "Yams",
  ]

  init() throws {
    table = try PackageTable()
    known = Set(table.targets.map(\.name)).union(Self.products)
  }

  @Test func theTableWasUnderstood() throws {
    #expect(table.targets.count > 30)
    let models = try #require(table.targets.first { $0.name == "Models" })
    #expect(models.dependencies.contains("Layers") && !models.isTest)
    let tests = try #require(table.targets.first { $0.name == "ModelsTests" })
    #expect(tests.dependencies.contains("Models") && tests.isTest)
    #expect(try PackageTable.imports(of: "Models").contains("Tensors"))
  }

  @Test func everyImportStandsInTheTable() throws {
    for target in table.targets {
      let missing = try PackageTable.imports(of: target.name).intersection(known).subtracting(target.dependencies)
      #expect(missing.isEmpty, "\(target.name) imports \(missing.sorted()), which Package.swift does not list")
    }
  }

  @Test func everythingInTheTableIsImported() throws {
    for target in table.targets where !target.isTest {
      let imports = try PackageTable.imports(of: target.name)
      guard !imports.isEmpty else { continue }
      let unused = target.dependencies.subtracting(imports)
      #expect(unused.isEmpty, "\(target.name) lists \(unused.sorted()) in Package.swift and does not import it")
    }
  }

  @Test func noTargetDependsOnAnUpperOne() {
    var lower = Self.products
    for target in table.targets where !target.isTest {
      let upper = target.dependencies.subtracting(lower)
      #expect(upper.isEmpty, "\(target.name) depends on \(upper.sorted()), which stands below it in Package.swift")
      lower.insert(target.name)
    }
  }
}
