// The engine under one name: what a program that runs or trains S3N imports.
@_exported import Layers
@_exported import Models
@_exported import Operators
@_exported import Tensors
@_exported import Timing
@_exported import WeightFiles
