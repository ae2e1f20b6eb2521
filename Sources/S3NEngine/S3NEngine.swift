// The engine's modules under one name, for programs that run or train S3N.
@_exported import Layers
@_exported import Models
@_exported import Operators
@_exported import Tensors
@_exported import Timing
@_exported import WeightFiles
