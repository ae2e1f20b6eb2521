import Configuration

extension FuzzTarget {
  /// A file of options, of this program or of the released code.
  static func configuration(_ text: String) -> FuzzTarget {
    let schema = ConfigSchema(options: ["dataset", "variants", "epochs"], flags: ["checkpoints"])
    return FuzzTarget(samples: [Array(text.utf8)], mayThrow: { $0 is ConfigError }) { path in
      _ = ConfigText.text(of: try ConfigFile(reading: path, for: schema).entries)
    }
  }

  static let options = """
    # Which
    dataset: "cub"
    variants: [baseline, 's3n']
    epochs: 12
    checkpoints: true
    """

  static let released = """
    _name: network_trainer
    data_loaders: {batch_size: 16, transform: {image_size: [448, 448]}}
    model: {_name: s3n.s3n, mode: 'resnet50'}
    hooks:
      on_start_epoch:
        -
          _name: s3n.update_lr
          epoch_step: 40
    """
}
