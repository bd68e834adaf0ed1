import { blockWidth, type InputBlock, type InputDescription } from '../input-description.js';
import { oneHotTable } from '../one-hot-table.js';
import { arrayName } from '../parameter-layout.js';
import type { GraphBuilder, Value } from './graph-builder.js';
import { ELEMENT_TYPE } from './onnx-proto.js';

/**
 * Some stored rows. Blocks are written out batch by batch inside the loop: a chunk with its categories written out would be
 * several times as large and no longer lie in the cache.
 */
export interface StoredRows {
  /** [rows, width] */
  readonly columns: Value;
  /** Each category column as integers, [rows]; -1 is a table's last row for Gather and ScatterND too. */
  readonly categories: ReadonlyMap<number, Value>;
}

/** Once per call: all rows of a chunk. @param columns [rows, width] */
export function emitRows(graph: GraphBuilder, { blocks, width }: InputDescription, columns: Value): StoredRows {
  const categories = new Map<number, Value>();
  for (const block of blocks) {
    if (block.kind === 'values' || categories.has(block.column)) continue;
    const values = graph.reshape(pickColumns(graph, columns, [block.column], width), [-1]);
    // ScatterND takes no smaller integers.
    categories.set(block.column, graph.op('Cast', [values], { to: ELEMENT_TYPE.int64 }));
  }
  return { columns, categories };
}

/** @param numbers of the rows, [batch] */
export function pickRows(
  graph: GraphBuilder,
  { blocks }: InputDescription,
  rows: StoredRows,
  numbers: Value,
): StoredRows {
  const pick = (value: Value): Value => graph.op('Gather', [value, numbers]);
  const hasValues = blocks.some(({ kind }) => kind === 'values');
  return {
    columns: hasValues ? pick(rows.columns) : rows.columns,
    categories: new Map([...rows.categories].map(([column, indices]) => [column, pick(indices)])),
  };
}

/** What the first layer reads, [rows, columns]. @param table the value of the table of that name */
export function joinInput(
  graph: GraphBuilder,
  input: InputDescription,
  rows: StoredRows,
  table: (name: string) => Value,
): Value {
  const parts = input.blocks.map((block, index) => {
    const trained = (): Value => table(arrayName(index, 'table'));
    return emitBlock(graph, input.width, block, rows, trained);
  });
  return parts.length === 1 ? parts[0]! : graph.op('Concat', parts, { axis: 1 });
}

/** Each table's gradient: every row of the batch adds its part of the input's gradient to its category's row. */
export function tableGradients(
  graph: GraphBuilder,
  { blocks }: InputDescription,
  rows: StoredRows,
  inputGradient: Value,
): Map<string, Value> {
  const gradients = new Map<string, Value>();
  let start = 0;
  blocks.forEach((block, index) => {
    if (block.kind === 'embedding') {
      const { size, units } = block;
      const part = blocks.length === 1 ? inputGradient : columnRange(graph, inputGradient, start, units);
      const zeros = graph.op('ConstantOfShape', [graph.int64s([size + 1, units])]);
      const indices = graph.reshape(categoryOf(rows, block), [-1, 1]);
      const sums = graph.op('ScatterND', [zeros, indices, part], { reduction: { text: 'add' } });
      gradients.set(arrayName(index, 'table'), sums);
    }
    start += blockWidth(block);
  });
  return gradients;
}

function emitBlock(
  graph: GraphBuilder,
  width: number,
  block: InputBlock,
  rows: StoredRows,
  trainedTable: () => Value,
): Value {
  switch (block.kind) {
    case 'values': {
      const values = pickColumns(graph, rows.columns, block.columns, width);
      if (block.standardization === null) return values;
      const { mean, deviation } = block.standardization;
      const centred = graph.op('Sub', [values, graph.floats(mean, [mean.length])]);
      return graph.op('Div', [centred, graph.floats(deviation, [deviation.length])]);
    }
    case 'oneHot': {
      const table = graph.floats(oneHotTable(block), [block.size + 1, block.size]);
      return graph.op('Gather', [table, categoryOf(rows, block)]);
    }
    case 'embedding':
      return graph.op('Gather', [trainedTable(), categoryOf(rows, block)]);
  }
}

function categoryOf({ categories }: StoredRows, { column }: { readonly column: number }): Value {
  const indices = categories.get(column);
  if (indices === undefined) throw new Error(`column ${column} is no category`);
  return indices;
}

/** Copying a range of columns is far faster than gathering them one by one. */
function pickColumns(graph: GraphBuilder, rows: Value, columns: readonly number[], width: number): Value {
  const first = columns[0]!;
  if (columns.length === width) return rows;
  const isRange = columns.at(-1)! - first + 1 === columns.length;
  if (isRange) return columnRange(graph, rows, first, columns.length);
  return graph.op('Gather', [rows, graph.int64s(columns)], { axis: 1 });
}

function columnRange(graph: GraphBuilder, rows: Value, start: number, columns: number): Value {
  return graph.op('Slice', [rows, graph.int64s([start]), graph.int64s([start + columns]), graph.int64s([1])]);
}
