import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';

import { actionOf } from '@/lib/shortcuts';

export interface Cell {
  row: number; // -1 is the header.
  column: number;
}

const pageRows = 10;

type Press = Parameters<typeof actionOf>[1];

/** Where a key moves to in the grid pattern of the ARIA APG; null for a key that does not move. */
export function moved(press: Press, from: Cell, rows: number, columns: number): Cell | null {
  const last = { row: rows - 1, column: columns - 1 };
  const action = actionOf('grid', press);
  if (action === undefined || action === 'open' || action === 'choose') return null;
  const to = {
    up: { row: from.row - 1, column: from.column },
    down: { row: from.row + 1, column: from.column },
    left: { row: from.row, column: from.column - 1 },
    right: { row: from.row, column: from.column + 1 },
    pageUp: { row: from.row - pageRows, column: from.column },
    pageDown: { row: from.row + pageRows, column: from.column },
    rowStart: { row: from.row, column: 0 },
    rowEnd: { row: from.row, column: last.column },
    start: { row: 0, column: 0 },
    end: last,
  }[action];
  return {
    row: Math.max(-1, Math.min(last.row, to.row)),
    column: Math.max(0, Math.min(last.column, to.column)),
  };
}

/**
 * One cell of a grid takes part in the order of Tab; arrow keys move which one that is, and focus
 * goes to it as soon as it is on the page: far rows come there when they are scrolled to.
 */
export function useRovingCell(rows: number, columns: number, grid: RefObject<HTMLElement | null>) {
  const [kept, setActive] = useState<Cell>({ row: -1, column: 0 });
  const wanted = useRef<Cell | null>(null);
  // A list that has become shorter has its place within it.
  const active = { row: Math.min(kept.row, rows - 1), column: Math.min(kept.column, columns - 1) };
  useEffect(() => {
    const cell = wanted.current;
    const element = cell && grid.current?.querySelector<HTMLElement>(`[data-cell="${cell.row}:${cell.column}"]`);
    if (!element) return;
    wanted.current = null;
    element.focus();
  });
  /** Where the key leads, if it leads anywhere. */
  const move = (event: KeyboardEvent): Cell | null => {
    const to = moved(event, active, rows, columns);
    if (!to) return null;
    event.preventDefault();
    wanted.current = to;
    setActive(to);
    return to;
  };
  return { active, setActive, move };
}
