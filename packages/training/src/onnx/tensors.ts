import { Tensor } from 'onnxruntime-node';

export function float32Tensor(data: Float32Array, dims: readonly number[]): Tensor {
  return new Tensor('float32', data, dims);
}

export function int32Tensor(data: Int32Array, dims: readonly number[]): Tensor {
  return new Tensor('int32', data, dims);
}

/**
 * onnxruntime-node takes no tensor over a SharedArrayBuffer: such an array is copied, into the same memory each time, others
 * pass as they are. What `of` returns is good until its next call.
 */
export class PrivateCopies {
  #memory = new Float32Array(0);

  of(data: Float32Array): Float32Array {
    if (!(data.buffer instanceof SharedArrayBuffer)) return data;
    if (this.#memory.length < data.length) this.#memory = new Float32Array(data.length);
    const copy = this.#memory.subarray(0, data.length);
    copy.set(data);
    return copy;
  }
}
