import type { ReactNode } from 'react';

export interface GridColumn<Row> {
  id: string;
  label: string;
  cell: (row: Row) => ReactNode;
  /** The service can sort by it, under this name. */
  sort?: string;
  number?: boolean;
  /** In the least of pixels; columns share what is left. */
  width: number;
  hidden?: boolean;
}

/** What of a grid stands in the address, so that a link shows the same. */
export interface GridState {
  sort?: string | undefined;
  hide?: string | undefined;
  density?: 'compact' | undefined;
}

export interface BulkAction {
  label: string;
  /** `null`: all that match. Returns what to say about it. */
  run: (keys: ReadonlySet<string> | null) => Promise<string>;
}
