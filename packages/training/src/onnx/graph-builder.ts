import {
  ATTRIBUTE_TYPE,
  type AttributeProto,
  ELEMENT_TYPE,
  type ElementType,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './onnx-proto.js';

/** A tensor inside a graph, by its name. */
export type Value = string;

/** A number is a fixed size, a name one that the caller chooses with each call. */
export type Shape = readonly (number | string)[];

export type Attributes = Readonly<
  Record<string, number | readonly number[] | { readonly float: number } | { readonly text: string } | GraphProto>
>;

/** Writes the nodes of one ONNX graph, in the order in which they run. Constants of a body lie in the outermost graph. */
export class GraphBuilder {
  readonly #root: GraphBuilder;
  readonly #nodes: NodeProto[] = [];
  readonly #initializers = new Map<string, TensorProto>();
  readonly #inputs: ValueInfoProto[] = [];
  readonly #outputs: ValueInfoProto[] = [];
  #names = 0;

  constructor(outer?: GraphBuilder) {
    this.#root = outer === undefined ? this : outer.#root;
  }

  input(name: string, type: ElementType, shape: Shape): Value {
    this.#inputs.push(valueInfo(name, type, shape));
    return name;
  }

  /** Declares `value` as an output; under another name when one is given. */
  output(value: Value, type: ElementType, shape: Shape, name?: string): void {
    const out = name === undefined ? value : this.#emit('Identity', [value], [name], {})[0]!;
    this.#outputs.push(valueInfo(out, type, shape));
  }

  /** Adds a node with one output. An empty input name stands for an optional input left out. */
  op(type: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    return this.ops(type, inputs, 1, attributes)[0]!;
  }

  /** Adds a node with several outputs. */
  ops(type: string, inputs: readonly Value[], outputs: number, attributes: Attributes = {}): Value[] {
    return this.#emit(
      type,
      inputs,
      Array.from({ length: outputs }, () => this.#freshName(type)),
      attributes,
    );
  }

  /** A float32 constant of shape [1], which broadcasts against everything. */
  scalar(value: number): Value {
    return this.floats([value], [1]);
  }

  /** Unnamed constants with the same content are shared. */
  floats(values: ArrayLike<number>, shape: readonly number[], name?: string): Value {
    const data = Float32Array.from(values);
    return this.#constant('float32', new Uint8Array(data.buffer), shape, name);
  }

  int64s(values: readonly number[]): Value {
    const data = BigInt64Array.from(values, BigInt);
    return this.#constant('int64', new Uint8Array(data.buffer), [values.length]);
  }

  reshape(value: Value, shape: readonly number[]): Value {
    return this.op('Reshape', [value, this.int64s(shape)]);
  }

  build(name: string): GraphProto {
    return {
      name,
      node: this.#nodes,
      initializer: [...this.#initializers.values()],
      input: this.#inputs,
      output: this.#outputs,
    };
  }

  #emit(opType: string, input: readonly Value[], output: readonly Value[], attributes: Attributes): Value[] {
    const attribute = Object.entries(attributes).map(([name, value]) => attributeProto(name, value));
    this.#nodes.push({ opType, name: output[0]!, input, output, attribute });
    return [...output];
  }

  #constant(type: ElementType, rawData: Uint8Array, dims: readonly number[], name?: string): Value {
    const initializers = this.#root.#initializers;
    const key = name ?? `${type}[${dims}]${Buffer.from(rawData).toString('base64')}`;
    const known = initializers.get(key);
    if (known !== undefined) return known.name;
    const tensor = { name: name ?? this.#freshName('constant'), dims, dataType: ELEMENT_TYPE[type], rawData };
    initializers.set(key, tensor);
    return tensor.name;
  }

  #freshName(stem: string): string {
    this.#root.#names += 1;
    return `${stem}_${this.#root.#names}`;
  }
}

function valueInfo(name: string, type: ElementType, shape: Shape): ValueInfoProto {
  const dim = shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: ELEMENT_TYPE[type], shape: { dim } } } };
}

function attributeProto(name: string, value: Attributes[string]): AttributeProto {
  if (typeof value === 'number') return { name, type: ATTRIBUTE_TYPE.int, i: value };
  if ('float' in value) return { name, type: ATTRIBUTE_TYPE.float, f: value.float };
  if ('text' in value) return { name, type: ATTRIBUTE_TYPE.string, s: Buffer.from(value.text) };
  if ('node' in value) return { name, type: ATTRIBUTE_TYPE.graph, g: value };
  return { name, type: ATTRIBUTE_TYPE.ints, ints: value };
}
