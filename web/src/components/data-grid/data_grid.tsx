import { createColumnHelper, getCoreRowModel, useReactTable } from '@tanstack/react-table';
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, type KeyboardEvent, type RefObject, useCallback, useEffect, useMemo, useRef } from 'react';

import { actionOf } from '@/lib/shortcuts';
import { m } from '@/messages';

import { BulkBar } from './bulk_bar';
import { useRovingCell } from './keyboard';
import { GridRow, Head, layoutOf } from './rows';
import { everything, isChosen, nothing, sizeOf, toggled, useSelection } from './selection';
import { Toolbar } from './toolbar';
import type { BulkAction, GridColumn, GridRows, GridState } from './types';

interface DataGridProps<Row> {
  grid: string; // Under which its views are kept.
  list: string; // What narrows it: another list, another selection.
  label: string;
  columns: GridColumn<Row>[];
  rows: GridRows<Row>;
  state: GridState;
  change: (state: Partial<GridState>) => void;
  openView: (search: string) => void;
  keyOf: (row: Row) => string;
  nameOf: (row: Row) => string;
  open?: (row: Row) => void;
  exportAs?: (kind: 'csv' | 'xlsx') => Promise<void>;
  actions?: BulkAction[];
}

const heights = { comfortable: 44, compact: 32 };
const narrow = matchMedia('(max-width: 40rem)'); // Cells of a row stand below each other.
const stackedCell = 30;

export function hiddenOf<Row>(columns: GridColumn<Row>[], hide: string | undefined): Set<string> {
  if (hide === undefined) return new Set(columns.filter((each) => each.hidden).map((each) => each.id));
  return new Set(hide === 'none' ? [] : hide.split('.'));
}

/** The columns that are shown, kept by TanStack Table. */
function useShownColumns<Row>(columns: GridColumn<Row>[], hidden: Set<string>) {
  const definitions = useMemo(() => {
    const helper = createColumnHelper<Row>();
    return columns.map((column) => helper.display({ id: column.id, header: column.label }));
  }, [columns]);
  const data = useMemo((): Row[] => [], []);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is compiled by React.
  const table = useReactTable({
    data,
    columns: definitions,
    state: { columnVisibility: Object.fromEntries(columns.map((each) => [each.id, !hidden.has(each.id)])) },
    manualSorting: true,
    manualFiltering: true,
    manualPagination: true,
    getCoreRowModel: getCoreRowModel(),
  });
  const shown = table.getVisibleLeafColumns().map((column) => column.id).join('.');
  return useMemo(() => {
    const ids = new Set(shown.split('.'));
    return columns.filter((column) => ids.has(column.id));
  }, [columns, shown]);
}

/** Rows about the place that is looked at, and the one that has the focus wherever it is. */
function useRows(scroller: RefObject<HTMLDivElement | null>, count: number, height: number, list: string, active: number) {
  const rangeExtractor = useCallback((range: Range) => {
    const rows = defaultRangeExtractor(range);
    if (active < 0 || active >= range.count || rows.includes(active)) return rows;
    return [...rows, active].sort((a, b) => a - b);
  }, [active]);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is compiled by React.
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    rangeExtractor,
  });
  useEffect(() => virtual.measure(), [virtual, height]);
  useEffect(() => virtual.scrollToOffset(0), [virtual, list]);
  return virtual;
}

export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { columns, rows, state, change, keyOf, nameOf, open } = props;
  const { total, see } = rows;
  const [chosen, choose] = useSelection(props.list);
  const hidden = useMemo(() => hiddenOf(columns, state.hide), [columns, state.hide]);
  const shown = useShownColumns(columns, hidden);
  const scroller = useRef<HTMLDivElement>(null);
  const { active, setActive, move } = useRovingCell(total, shown.length + 1, scroller);
  const sort = state.sort ?? columns.find((each) => each.sort)?.sort;
  const height = narrow.matches ? stackedCell * (shown.length + 1) : heights[state.density ?? 'comfortable'];
  const virtual = useRows(scroller, total, height, `${props.list} ${sort}`, active.row);
  const first = virtual.range?.startIndex ?? 0;
  const last = virtual.range?.endIndex ?? 0;
  useEffect(() => see(first, last), [see, first, last]);

  const toggle = (index: number) => {
    const row = rows.at(index);
    if (row) choose(toggled(chosen, keyOf(row)));
  };
  const latest = useRef(toggle);
  useEffect(() => {
    latest.current = toggle;
  });
  const toggleRow = useCallback((index: number) => latest.current(index), []);
  const allChosen = total > 0 && sizeOf(chosen, total) === total;
  const onGridKey = (event: KeyboardEvent) => {
    const row = rows.at(active.row);
    // What stands in a cell and was pointed at does by itself what the key means to it.
    const isInside = !(event.target as Element).hasAttribute('data-cell');
    const action = actionOf('grid', event);
    if (isInside && (action === 'open' || action === 'choose')) return;
    if (action === 'open' && row && open) open(row);
    else if (action === 'choose' || (action === 'open' && active.row === -1)) {
      event.preventDefault();
      if (active.row >= 0) toggle(active.row);
      else if (active.column === 0) choose(allChosen ? nothing : everything);
      else scroller.current?.querySelector<HTMLElement>(`[data-cell="-1:${active.column}"] button`)?.click();
    } else {
      const to = move(event);
      if (to && to.row >= 0) virtual.scrollToIndex(to.row);
    }
  };
  const onFocus = (event: FocusEvent) => {
    const place = event.target.closest('[data-cell]')?.getAttribute('data-cell')?.split(':').map(Number);
    if (place?.[0] !== undefined && place[1] !== undefined) setActive({ row: place[0], column: place[1] });
  };
  return (
    <div className={`data-grid density-${state.density ?? 'comfortable'}`}>
      <Toolbar grid={props.grid} columns={columns} hidden={hidden} state={state} change={change}
        open={props.openView} exportAs={props.exportAs} />
      <BulkBar chosen={chosen} total={total} choose={choose} actions={props.actions ?? []} />
      <p className="usa-sr-only" id={`${props.grid}-keys`}>{m.grid.keys}</p>
      <div ref={scroller} className="grid-scroll" role="grid" aria-label={props.label} aria-rowcount={total + 1}
        aria-colcount={shown.length + 1} aria-multiselectable="true" aria-describedby={`${props.grid}-keys`}
        aria-busy={rows.loading} style={layoutOf(shown)} onKeyDown={onGridKey} onFocus={onFocus}>
        <Head columns={shown} sort={sort} active={active} total={total} allChosen={allChosen}
          chooseAll={() => choose(allChosen ? nothing : everything)} sortBy={(next) => change({ sort: next })} />
        <div role="rowgroup" className="grid-body" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const row = rows.at(index);
            return (
              <GridRow key={index} row={row} index={index} start={start} columns={shown} measure={virtual.measureElement}
                name={row ? nameOf(row) : m.grid.coming} chosen={row ? isChosen(chosen, keyOf(row)) : chosen.all}
                activeColumn={active.row === index ? active.column : null} toggle={toggleRow} />
            );
          })}
        </div>
      </div>
      {rows.failed && (
        <p className="state state-error" role="alert">
          {m.grid.someMissing} <button type="button" className="link-button" onClick={rows.retry}>{m.states.retry}</button>
        </p>
      )}
      <p className="grid-count quiet">{m.grid.range(first + 1, Math.min(last + 1, total), total)}</p>
    </div>
  );
}
