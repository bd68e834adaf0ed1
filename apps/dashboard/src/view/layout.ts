/** `front`: the list of the best trials of a study with several objectives. */
export type PanelId = 'running' | 'chart' | 'front' | 'trials' | 'parameters' | 'parallel' | 'log';
export type Preset = 1 | 2 | 3 | 4 | 5;

/** Panels one below the other. */
export interface Column {
  readonly width: number;
  readonly panels: readonly { readonly id: PanelId; readonly height: number }[];
}

/** Columns beside each other. */
export interface Band {
  readonly height: number;
  readonly columns: readonly Column[];
}

/** Where everything goes. Heights add up to one row less than the terminal has: a full screen would make it scroll. */
export interface Layout {
  readonly columns: number;
  readonly height: number;
  readonly headerRows: number;
  readonly footerRows: number;
  /** What is left between the progress line and the footer. */
  readonly bodyRows: number;
  readonly bands: readonly Band[];
}

/** Below this only header, progress and footer are drawn. */
const LEAST_BODY = 4;

export interface LayoutOptions {
  readonly preset: Preset;
  /** How many rows the facts of the header would like. */
  readonly factRows: number;
  /** More than one objective: there is a front to list. */
  readonly hasFront: boolean;
}

/**
 * 1 shows everything that there is room for, 2 the trials alone, 3 the charts, 4 running trials and log, 5 parallel
 * coordinates: what a small screen drops from the first is on the others.
 */
export function layoutFor(columns: number, rows: number, { preset, factRows, hasFront }: LayoutOptions): Layout {
  const height = Math.max(1, rows - 1);
  const headerRows = 1 + Math.min(factRows, height >= 30 ? 3 : height >= 22 ? 2 : height >= 18 ? 1 : 0);
  const footerRows = height >= 10 ? 2 : 1;
  const bodyRows = Math.max(0, height - headerRows - footerRows - 1);
  const bands = bodyRows < LEAST_BODY ? [] : bandsOf(preset, columns, bodyRows, hasFront);
  return { columns, height, headerRows, footerRows, bodyRows, bands };
}

function bandsOf(preset: Preset, columns: number, rows: number, hasFront: boolean): readonly Band[] {
  const isWide = columns >= 76;
  switch (preset) {
    case 1:
      if (isWide && rows >= 12) return wideOverview(columns, rows, hasFront);
      return [stack(columns, narrowOverview(rows, hasFront))];
    case 2:
      return [stack(columns, [['trials', rows]])];
    case 3:
      if (isWide) return [beside([['chart', rows]], bestAndParameters(rows, hasFront), columns, rows)];
      return [stack(columns, narrowCharts(rows, hasFront))];
    case 4: {
      const top = Math.min(Math.ceil(rows * 0.4), 12);
      return [
        stack(
          columns,
          rows < 8
            ? [['running', rows]]
            : [
                ['running', top],
                ['log', rows - top],
              ],
        ),
      ];
    }
    case 5:
      return [stack(columns, [['parallel', rows]])];
  }
}

type Stack = readonly (readonly [id: PanelId, height: number])[];

/** From this height the running trials share their place with the front. */
const SHARED_TOP = 11;

function wideOverview(columns: number, rows: number, hasFront: boolean): readonly Band[] {
  const top = clamp(Math.round(rows * (hasFront ? 0.42 : 0.36)), 6, 15);
  const log = rows >= 24 ? clamp(Math.round(rows * 0.18), 4, 10) : 0;
  const bottom = rows - top - log;
  const isShared = hasFront && top >= SHARED_TOP;
  const running: Stack = isShared
    ? [
        ['running', 5],
        ['front', top - 5],
      ]
    : [['running', top]];
  const bands = [
    beside(running, [['chart', top]], columns, top),
    beside([['trials', bottom]], [[hasFront && !isShared ? 'front' : 'parameters', bottom]], columns, bottom),
  ];
  return log === 0 ? bands : [...bands, stack(columns, [['log', log]])];
}

function narrowOverview(rows: number, hasFront: boolean): Stack {
  if (rows < 8) return [['trials', rows]];
  if (rows < 26) {
    return [
      ['running', 4],
      ['trials', rows - 4],
    ];
  }
  return [
    ['running', 5],
    ['chart', 8],
    ['trials', rows - 21],
    [hasFront ? 'front' : 'parameters', 8],
  ];
}

function bestAndParameters(rows: number, hasFront: boolean): Stack {
  if (!hasFront) return [['parameters', rows]];
  if (rows < 8) return [['front', rows]];
  const front = Math.ceil(rows / 2);
  return [
    ['front', front],
    ['parameters', rows - front],
  ];
}

function narrowCharts(rows: number, hasFront: boolean): Stack {
  if (rows < 8) return [['chart', rows]];
  const top = Math.ceil(hasFront && rows >= 12 ? rows * 0.4 : rows / 2);
  if (!hasFront || rows - top >= 8) return [['chart', top], ...bestAndParameters(rows - top, hasFront)];
  return [
    ['chart', top],
    ['front', rows - top],
  ];
}

function stack(width: number, panels: Stack): Band {
  return beside(panels, [], width, heightOf(panels));
}

/** Two columns, or only the left one where the right one is empty. */
function beside(left: Stack, right: Stack, width: number, height: number): Band {
  const leftWidth = right.length === 0 ? width : Math.round(width * 0.57);
  const columns = [
    { width: leftWidth, panels: left.map(([id, height]) => ({ id, height })) },
    { width: width - leftWidth, panels: right.map(([id, height]) => ({ id, height })) },
  ];
  return { height, columns: columns.filter(({ panels }) => panels.length > 0) };
}

function heightOf(panels: Stack): number {
  return panels.reduce((sum, [, height]) => sum + height, 0);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** How many rows fit into a panel, its border left out; 0 when the layout does not show it. */
export function innerRows(layout: Layout, id: PanelId): number {
  const panel = panelsOf(layout).find((each) => each.id === id);
  return panel === undefined ? 0 : Math.max(0, panel.height - 2);
}

const FOCUSABLE: readonly PanelId[] = ['running', 'front', 'trials', 'parallel', 'log'];

/** The panels on the screen that keys can go to, in reading order. */
export function focusable(layout: Layout): readonly PanelId[] {
  return panelsOf(layout)
    .map(({ id }) => id)
    .filter((id) => FOCUSABLE.includes(id));
}

function panelsOf({ bands }: Layout): readonly Column['panels'][number][] {
  return bands.flatMap(({ columns }) => columns.flatMap(({ panels }) => panels));
}
