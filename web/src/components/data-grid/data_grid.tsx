import { createColumnHelper, getCoreRowModel, useReactTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';

import { m } from '@/messages';

import { BulkBar } from './bulk_bar';
import { type Cell, useRovingCell } from './keyboard';
import { Toolbar } from './toolbar';
import type { BulkAction, GridColumn, GridState } from './types';

interface DataGridProps<Row> {
  grid: string; // Under which its views are kept.
  label: string;
  columns: GridColumn<Row>[];
  rows: Row[];
  total: number;
  more: boolean;
  loading: boolean;
  loadMore: () => void;
  state: GridState;
  change: (state: Partial<GridState>) => void;
  openView: (search: string) => void;
  keyOf: (row: Row) => string;
  nameOf: (row: Row) => string;
  open: (row: Row) => void;
  exportAs?: (kind: 'csv' | 'xlsx') => Promise<void>;
  actions?: BulkAction[];
}

const heights = { comfortable: 44, compact: 32 };
const loadAhead = 40; // Rows before the end at which more are asked for.

export function hiddenOf<Row>(columns: GridColumn<Row>[], hide: string | undefined): Set<string> {
  if (hide === undefined) return new Set(columns.filter((each) => each.hidden).map((each) => each.id));
  return new Set(hide === 'none' ? [] : hide.split('.'));
}

const sortOf = (column: { sort?: string }, sort: string | undefined) =>
  column.sort && sort === column.sort ? 'ascending' : column.sort && sort === `-${column.sort}` ? 'descending' : 'none';

const choiceWidth = 40;

/** Header and body have one width, so that their columns share what is left in the same way. */
function layoutOf<Row>(shown: GridColumn<Row>[]): CSSProperties {
  const columns = shown.map((each) => `minmax(${each.width}px, ${each.width}fr)`).join(' ');
  return {
    '--grid-columns': `${choiceWidth}px ${columns}`,
    '--grid-width': `${shown.reduce((sum, each) => sum + each.width, choiceWidth)}px`,
  } as CSSProperties;
}

/** The columns that are shown, kept by TanStack Table. */
function useShownColumns<Row>(columns: GridColumn<Row>[], rows: Row[], hidden: Set<string>) {
  const helper = createColumnHelper<Row>();
  const definitions = useMemo(
    () => columns.map((column) => helper.display({ id: column.id, header: column.label })),
    [columns, helper],
  );
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is compiled by React.
  const table = useReactTable({
    data: rows,
    columns: definitions,
    state: { columnVisibility: Object.fromEntries(columns.map((each) => [each.id, !hidden.has(each.id)])) },
    manualSorting: true,
    manualFiltering: true,
    manualPagination: true,
    getCoreRowModel: getCoreRowModel(),
  });
  const shown = new Set(table.getVisibleLeafColumns().map((column) => column.id));
  return columns.filter((column) => shown.has(column.id));
}

export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { columns, rows, total, more, loading, loadMore, state, change, keyOf, nameOf } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string> | 'all'>(new Set<string>());
  const hidden = useMemo(() => hiddenOf(columns, state.hide), [columns, state.hide]);
  const shown = useShownColumns(columns, rows, hidden);
  const height = heights[state.density ?? 'comfortable'];
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is compiled by React.
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
  });
  const visible = virtual.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && !loading && last >= rows.length - loadAhead) loadMore();
  }, [more, loading, last, rows.length, loadMore]);
  useEffect(() => virtual.measure(), [virtual, height]);

  const focus = ({ row, column }: Cell) => {
    if (row >= 0) virtual.scrollToIndex(row);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`)?.focus(),
    );
  };
  const { active, setActive, onKeyDown } = useRovingCell(rows.length, shown.length + 1, focus);
  const isChosen = (row: Row) => chosen === 'all' || chosen.has(keyOf(row));
  const toggle = (row: Row) => {
    const next = new Set(chosen === 'all' ? rows.map(keyOf) : chosen);
    if (!next.delete(keyOf(row))) next.add(keyOf(row));
    setChosen(next);
  };
  const allLoaded = rows.length > 0 && rows.every(isChosen);
  const onGridKey = (event: KeyboardEvent) => {
    const row = rows[active.row];
    if (row && event.key === 'Enter') props.open(row);
    else if (row && event.key === ' ') {
      event.preventDefault();
      toggle(row);
    } else onKeyDown(event);
  };
  const cellProps = (row: number, column: number) => ({
    'data-cell': `${row}:${column}`,
    'aria-colindex': column + 1,
    tabIndex: active.row === row && active.column === column ? 0 : -1,
    onFocus: () => setActive({ row, column }),
  });
  const layout = layoutOf(shown);

  return (
    <div className={`data-grid density-${state.density ?? 'comfortable'}`}>
      <Toolbar grid={props.grid} columns={columns} hidden={hidden} state={state} change={change}
        open={props.openView} exportAs={props.exportAs} />
      <BulkBar chosen={chosen} total={total} choose={setChosen} actions={props.actions ?? []} />
      <p className="usa-sr-only" id={`${props.grid}-keys`}>{m.grid.keys}</p>
      <div ref={scroller} className="grid-scroll" role="grid" aria-label={props.label} aria-rowcount={total + 1}
        aria-colcount={columns.length + 1} aria-multiselectable="true" aria-describedby={`${props.grid}-keys`}
        aria-busy={loading} style={layout} onKeyDown={onGridKey}>
        <div role="rowgroup" className="grid-head">
          <div role="row" aria-rowindex={1} className="grid-row">
            <div role="columnheader" {...cellProps(-1, 0)} className="grid-cell is-choice"
              onClick={() => setChosen(allLoaded ? new Set() : new Set(rows.map(keyOf)))}>
              <input type="checkbox" tabIndex={-1} checked={allLoaded} readOnly aria-label={m.grid.selectLoaded} />
            </div>
            {shown.map((column, index) => {
              const sorted = sortOf(column, state.sort ?? columns.find((each) => each.sort)?.sort);
              return (
                <div key={column.id} role="columnheader" {...cellProps(-1, index + 1)}
                  aria-sort={column.sort ? sorted : undefined}
                  className={`grid-cell${column.number ? ' number' : ''}${index === 0 ? ' is-frozen' : ''}`}>
                  {column.sort ? (
                    <button type="button" tabIndex={-1} className="sort-button" aria-label={m.grid.sortBy(column.label)}
                      onClick={() => change({ sort: sorted === 'ascending' ? `-${column.sort}` : column.sort })}>
                      {column.label} <span aria-hidden="true">{sorted === 'ascending' ? '▲' : sorted === 'descending' ? '▼' : '↕'}</span>
                    </button>
                  ) : column.label}
                </div>
              );
            })}
          </div>
        </div>
        <div role="rowgroup" className="grid-body" style={{ height: virtual.getTotalSize() }}>
          {visible.map(({ index, start }) => {
            const row = rows[index];
            if (!row) return null;
            return (
              <VirtualRow key={keyOf(row)} index={index} start={start} measure={virtual.measureElement}
                selected={isChosen(row)}>
                <div role="gridcell" {...cellProps(index, 0)} className="grid-cell is-choice" onClick={() => toggle(row)}>
                  <input type="checkbox" tabIndex={-1} checked={isChosen(row)} readOnly aria-label={m.grid.select(nameOf(row))} />
                </div>
                {shown.map((column, at) => (
                  <div key={column.id} role={at === 0 ? 'rowheader' : 'gridcell'} {...cellProps(index, at + 1)} data-label={column.label}
                    className={`grid-cell${column.number ? ' number' : ''}${at === 0 ? ' is-frozen' : ''}`}>
                    {column.cell(row)}
                  </div>
                ))}
              </VirtualRow>
            );
          })}
        </div>
      </div>
      <p className="grid-count quiet" role="status">
        {loading ? m.grid.loadingMore : m.grid.rows(rows.length, total)}{' '}
        {more && !loading && <button type="button" className="link-button" onClick={loadMore}>{m.grid.more}</button>}
      </p>
    </div>
  );
}

interface VirtualRowProps {
  index: number;
  start: number;
  selected: boolean;
  measure: (element: HTMLElement | null) => void;
  children: ReactNode;
}

function VirtualRow({ index, start, selected, measure, children }: VirtualRowProps) {
  return (
    <div role="row" data-index={index} aria-rowindex={index + 2} aria-selected={selected}
      className={`grid-row${selected ? ' is-chosen' : ''}`} style={{ transform: `translateY(${start}px)` }}
      ref={measure}>
      {children}
    </div>
  );
}
