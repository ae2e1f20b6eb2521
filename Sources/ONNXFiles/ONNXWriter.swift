import SwiftProtobuf
import WeightFiles

/// Writes the graph as an ONNX model, deterministically; the file appears complete or not at all.
///
/// `operatorSet` is the operator set version for which the graph was built; `metadata` is stored in the model.
public func writeONNX(
  _ graph: ONNXGraph, operatorSet: Int = 17, metadata: [String: String] = [:], to path: String
) throws(WeightFileError) {
  let model = onnxModel(graph, operatorSet: operatorSet, metadata: metadata)
  let bytes: [UInt8]
  do {
    bytes = try model.serializedBytes()
  } catch {
    throw .cannotWrite(path: path, reason: "\(error); only models of less than 2 GiB can be written")
  }
  try writeWhole(bytes, to: path)
}

func onnxModel(_ graph: ONNXGraph, operatorSet: Int, metadata: [String: String]) -> Onnx_ModelProto {
  var model = Onnx_ModelProto()
  // The format version for operator sets 15 to 18; newer readers still accept it.
  model.irVersion = 8
  model.producerName = "s3n-bench"
  model.graph = graph.message
  var operators = Onnx_OperatorSetIdProto()
  operators.version = Int64(operatorSet)
  model.opsetImport = [operators]
  model.metadataProps = metadata.sorted { $0.key < $1.key }.map { pair in
    var entry = Onnx_StringStringEntryProto()
    entry.key = pair.key
    entry.value = pair.value
    return entry
  }
  return model
}
