import { blockWidth, type EmbeddingBlock, type InputBlock, type InputDescription } from '../input-description.js';
import { oneHotTable } from '../one-hot-table.js';
import { arrayName } from '../parameter-layout.js';
import type { GraphBuilder, Value } from './graph-builder.js';
import { ELEMENT_TYPE } from './onnx-proto.js';

/** Consecutive columns of the first layer's input. */
type Piece =
  /** Blocks without weights, written out: [rows, columns]. */
  | { readonly kind: 'fixed'; readonly rows: Value }
  /** An embedding's category of each row, [rows], where -1 is the table's last row for Gather and ScatterND too. */
  | {
      readonly kind: 'embedding';
      readonly block: EmbeddingBlock;
      readonly table: string;
      readonly start: number;
      readonly indices: Value;
    };

/** The input of some rows, as far as it does not depend on weights. */
export type BatchInput = readonly Piece[];

/** Stored rows, [rows, width], to what the first layer reads of them. */
export function emitInput(graph: GraphBuilder, input: InputDescription, stored: Value): BatchInput {
  const pieces: Piece[] = [];
  let fixed: Value[] = [];
  let start = 0;
  const finishFixed = (): void => {
    if (fixed.length > 0) pieces.push({ kind: 'fixed', rows: sideBySide(graph, fixed) });
    fixed = [];
  };
  input.blocks.forEach((block, index) => {
    if (block.kind === 'embedding') {
      finishFixed();
      const indices = categories(graph, input, block.column, stored);
      pieces.push({ kind: 'embedding', block, table: arrayName(index, 'table'), start, indices });
    } else {
      fixed.push(fixedBlock(graph, input, block, stored));
    }
    start += blockWidth(block);
  });
  finishFixed();
  return pieces;
}

/** Some rows of an input. @param rows their numbers, [batch] */
export function pickRows(graph: GraphBuilder, input: BatchInput, rows: Value): BatchInput {
  return input.map((piece) =>
    piece.kind === 'fixed'
      ? { ...piece, rows: graph.op('Gather', [piece.rows, rows]) }
      : { ...piece, indices: graph.op('Gather', [piece.indices, rows]) },
  );
}

/** The first layer's input, [rows, columns]. @param table the value of the table of that name */
export function joinInput(graph: GraphBuilder, input: BatchInput, table: (name: string) => Value): Value {
  const parts = input.map((piece) =>
    piece.kind === 'fixed' ? piece.rows : graph.op('Gather', [table(piece.table), piece.indices]),
  );
  return sideBySide(graph, parts);
}

/** Each table's gradient: every row of the batch adds its part of the input's gradient to its category's row. */
export function tableGradients(graph: GraphBuilder, input: BatchInput, inputGradient: Value): Map<string, Value> {
  const gradients = new Map<string, Value>();
  for (const piece of input) {
    if (piece.kind !== 'embedding') continue;
    const { size, units } = piece.block;
    const rows = input.length === 1 ? inputGradient : columnRange(graph, inputGradient, piece.start, units);
    const zeros = graph.op('ConstantOfShape', [graph.int64s([size + 1, units])]);
    const indices = graph.reshape(piece.indices, [-1, 1]);
    gradients.set(piece.table, graph.op('ScatterND', [zeros, indices, rows], { reduction: { text: 'add' } }));
  }
  return gradients;
}

function fixedBlock(
  graph: GraphBuilder,
  input: InputDescription,
  block: Exclude<InputBlock, EmbeddingBlock>,
  stored: Value,
): Value {
  switch (block.kind) {
    case 'values': {
      const values = pickColumns(graph, stored, block.columns, input.width);
      if (block.standardization === null) return values;
      const { mean, deviation } = block.standardization;
      const centred = graph.op('Sub', [values, graph.floats(mean, [mean.length])]);
      return graph.op('Div', [centred, graph.floats(deviation, [deviation.length])]);
    }
    case 'oneHot': {
      const table = graph.floats(oneHotTable(block), [block.size + 1, block.size]);
      return graph.op('Gather', [table, categories(graph, input, block.column, stored)]);
    }
  }
}

/** A column of indices as integers, [rows]; ScatterND takes no smaller ones. */
function categories(graph: GraphBuilder, { width }: InputDescription, column: number, stored: Value): Value {
  const values = pickColumns(graph, stored, [column], width);
  return graph.op('Cast', [graph.reshape(values, [-1])], { to: ELEMENT_TYPE.int64 });
}

/** Copying a range of columns is far faster than gathering them one by one. */
function pickColumns(graph: GraphBuilder, stored: Value, columns: readonly number[], width: number): Value {
  const first = columns[0]!;
  if (columns.length === width) return stored;
  const isRange = columns.at(-1)! - first + 1 === columns.length;
  if (isRange) return columnRange(graph, stored, first, columns.length);
  return graph.op('Gather', [stored, graph.int64s(columns)], { axis: 1 });
}

function columnRange(graph: GraphBuilder, rows: Value, start: number, columns: number): Value {
  return graph.op('Slice', [rows, graph.int64s([start]), graph.int64s([start + columns]), graph.int64s([1])]);
}

function sideBySide(graph: GraphBuilder, parts: readonly Value[]): Value {
  return parts.length === 1 ? parts[0]! : graph.op('Concat', parts, { axis: 1 });
}
