import { type CSSProperties, memo } from 'react';

import { m } from '@/messages';

import type { Cell } from './keyboard';
import type { GridColumn } from './types';

const choiceWidth = 40;

/** Header and body have one width, so that their columns share what is left in the same way. */
export function layoutOf<Row>(shown: GridColumn<Row>[]): CSSProperties {
  const columns = shown.map((each) => `minmax(${each.width}px, ${each.width}fr)`).join(' ');
  return {
    '--grid-columns': `${choiceWidth}px ${columns}`,
    '--grid-width': `${shown.reduce((sum, each) => sum + each.width, choiceWidth)}px`,
  } as CSSProperties;
}

const classesOf = (at: number, number: boolean | undefined) =>
  `grid-cell${number ? ' number' : ''}${at === 0 ? ' is-frozen' : ''}`;

/** One cell of the grid takes part in the order of Tab. */
const cellProps = (row: number, column: number, active: number | null) => ({
  'data-cell': `${row}:${column}`,
  'aria-colindex': column + 1,
  tabIndex: active === column ? 0 : -1,
});

const sortOf = (column: { sort?: string }, sort: string | undefined) =>
  column.sort && sort === column.sort ? 'ascending' : column.sort && sort === `-${column.sort}` ? 'descending' : 'none';
const arrows = { ascending: '▲', descending: '▼', none: '↕' };

interface HeadProps<Row> {
  columns: GridColumn<Row>[];
  sort: string | undefined;
  active: Cell;
  total: number;
  allChosen: boolean;
  chooseAll: () => void;
  sortBy: (sort: string | undefined) => void;
}

export function Head<Row>({ columns, sort, active, total, allChosen, chooseAll, sortBy }: HeadProps<Row>) {
  const column = active.row === -1 ? active.column : null;
  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-row">
        <div role="columnheader" {...cellProps(-1, 0, column)} className="grid-cell is-choice" onClick={chooseAll}>
          <input type="checkbox" tabIndex={-1} checked={allChosen} readOnly aria-label={m.grid.selectMatching(total)} />
        </div>
        {columns.map((each, at) => {
          const sorted = sortOf(each, sort);
          return (
            <div key={each.id} role="columnheader" {...cellProps(-1, at + 1, column)} aria-sort={each.sort ? sorted : undefined}
              className={classesOf(at, each.number)}>
              {each.sort ? (
                <button type="button" tabIndex={-1} className="sort-button" aria-label={m.grid.sortBy(each.label)}
                  onClick={() => sortBy(sorted === 'ascending' ? `-${each.sort}` : each.sort)}>
                  {each.label} <span aria-hidden="true">{arrows[sorted]}</span>
                </button>
              ) : each.label}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface BodyRowProps<Row> {
  row: Row | undefined; // Not here yet.
  index: number;
  start: number;
  columns: GridColumn<Row>[];
  name: string;
  chosen: boolean;
  activeColumn: number | null;
  toggle: (index: number) => void;
  measure: (element: HTMLElement | null) => void;
}

function BodyRow<Row>({ row, index, start, columns, name, chosen, activeColumn, toggle, measure }: BodyRowProps<Row>) {
  return (
    <div role="row" ref={measure} data-index={index} aria-rowindex={index + 2} aria-selected={chosen} aria-busy={row === undefined}
      className={`grid-row${chosen ? ' is-chosen' : ''}${row === undefined ? ' is-coming' : ''}`} style={{ transform: `translateY(${start}px)` }}>
      <div role="gridcell" {...cellProps(index, 0, activeColumn)} className="grid-cell is-choice" onClick={() => toggle(index)}>
        <input type="checkbox" tabIndex={-1} checked={chosen} readOnly disabled={row === undefined} aria-label={m.grid.select(name)} />
      </div>
      {columns.map((column, at) => (
        <div key={column.id} role={at === 0 ? 'rowheader' : 'gridcell'} {...cellProps(index, at + 1, activeColumn)}
          data-label={column.label} className={classesOf(at, column.number)}>
          {row === undefined ? m.grid.coming : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

export const GridRow = memo(BodyRow) as typeof BodyRow;
