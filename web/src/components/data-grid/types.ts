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

/** The rows of a list, of which only those about the place that is looked at are here. */
export interface GridRows<Row> {
  total: number;
  at: (index: number) => Row | undefined;
  /** These are looked at. */
  see: (first: number, last: number) => void;
  loading: boolean;
  /** Some of what is looked at could not be read. */
  failed: boolean;
  retry: () => void;
}

/** The rows with these keys; with `all`, those that match but for these. */
export interface Selection {
  all: boolean;
  keys: ReadonlySet<string>;
}

export interface BulkAction {
  label: string;
  /** Returns what to say about it. */
  run: (chosen: Selection) => Promise<string>;
}
