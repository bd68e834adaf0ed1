export type PanelId = 'running' | 'chart' | 'trials' | 'parameters' | 'log';
export type Preset = 1 | 2 | 3 | 4;

/** Panels beside each other. */
export interface Band {
  readonly height: number;
  readonly panels: readonly { readonly id: PanelId; readonly width: number }[];
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

/**
 * 1 shows everything that there is room for, 2 the trials alone, 3 the charts, 4 running trials and log: what a small screen
 * drops from the first is on the others.
 * @param factRows how many rows the facts of the header would like
 */
export function layoutFor(columns: number, rows: number, preset: Preset, factRows: number): Layout {
  const height = Math.max(1, rows - 1);
  const headerRows = 1 + Math.min(factRows, height >= 30 ? 3 : height >= 22 ? 2 : height >= 18 ? 1 : 0);
  const footerRows = height >= 10 ? 2 : 1;
  const bodyRows = Math.max(0, height - headerRows - footerRows - 1);
  const bands = bodyRows < LEAST_BODY ? [] : bandsOf(preset, columns, bodyRows);
  return { columns, height, headerRows, footerRows, bodyRows, bands };
}

function bandsOf(preset: Preset, columns: number, rows: number): readonly Band[] {
  const isWide = columns >= 76;
  switch (preset) {
    case 1:
      return isWide && rows >= 12 ? wideOverview(columns, rows) : narrowOverview(columns, rows);
    case 2:
      return [alone('trials', columns, rows)];
    case 3: {
      if (isWide) return [beside(['chart', 'parameters'], columns, rows)];
      const top = Math.ceil(rows / 2);
      return rows < 8
        ? [alone('chart', columns, rows)]
        : stack(columns, [
            ['chart', top],
            ['parameters', rows - top],
          ]);
    }
    case 4: {
      const top = Math.min(Math.ceil(rows * 0.4), 12);
      return rows < 8
        ? [alone('running', columns, rows)]
        : stack(columns, [
            ['running', top],
            ['log', rows - top],
          ]);
    }
  }
}

function wideOverview(columns: number, rows: number): readonly Band[] {
  const top = clamp(Math.round(rows * 0.36), 6, 15);
  const log = rows >= 24 ? clamp(Math.round(rows * 0.18), 4, 10) : 0;
  const bands = [
    beside(['running', 'chart'], columns, top),
    beside(['trials', 'parameters'], columns, rows - top - log),
  ];
  return log === 0 ? bands : [...bands, alone('log', columns, log)];
}

function narrowOverview(columns: number, rows: number): readonly Band[] {
  if (rows >= 26) {
    return stack(columns, [
      ['running', 5],
      ['chart', 8],
      ['trials', rows - 21],
      ['parameters', 8],
    ]);
  }
  if (rows < 8) return [alone('trials', columns, rows)];
  return stack(columns, [
    ['running', 4],
    ['trials', rows - 4],
  ]);
}

function alone(id: PanelId, columns: number, height: number): Band {
  return { height, panels: [{ id, width: columns }] };
}

function beside([left, right]: readonly [PanelId, PanelId], columns: number, height: number): Band {
  const leftWidth = Math.round(columns * 0.57);
  return {
    height,
    panels: [
      { id: left, width: leftWidth },
      { id: right, width: columns - leftWidth },
    ],
  };
}

function stack(columns: number, panels: readonly (readonly [PanelId, number])[]): readonly Band[] {
  return panels.map(([id, height]) => alone(id, columns, height));
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}

/** How many rows fit into a panel, its border left out; 0 when the layout does not show it. */
export function innerRows({ bands }: Layout, id: PanelId): number {
  const band = bands.find(({ panels }) => panels.some((panel) => panel.id === id));
  return band === undefined ? 0 : Math.max(0, band.height - 2);
}

/** The panels on the screen that keys can go to, in reading order. */
export function focusable({ bands }: Layout): readonly PanelId[] {
  return bands
    .flatMap(({ panels }) => panels.map(({ id }) => id))
    .filter((id) => id !== 'chart' && id !== 'parameters');
}
