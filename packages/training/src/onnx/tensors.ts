import { Tensor } from 'onnxruntime-node';

export function float32Tensor(data: Float32Array, dims: readonly number[]): Tensor {
  return new Tensor('float32', data, dims);
}

export function int32Tensor(data: Int32Array, dims: readonly number[]): Tensor {
  return new Tensor('int32', data, dims);
}

/** onnxruntime-node takes no tensor over a SharedArrayBuffer: such an array is copied, others pass as they are. */
export function privateArray(data: Float32Array): Float32Array {
  return data.buffer instanceof SharedArrayBuffer ? new Float32Array(data) : data;
}
