import { Button } from '@trussworks/react-uswds';
import { useState } from 'react';

import { m } from '@/messages';

import type { GridColumn, GridState } from './types';
import { useViews } from './views';

interface ToolbarProps<Row> {
  grid: string;
  columns: GridColumn<Row>[];
  hidden: ReadonlySet<string>;
  state: GridState;
  change: (state: Partial<GridState>) => void;
  open: (search: string) => void;
  exportAs: ((kind: 'csv' | 'xlsx') => Promise<void>) | undefined;
}

function Columns<Row>({ columns, hidden, change }: Pick<ToolbarProps<Row>, 'columns' | 'hidden' | 'change'>) {
  const toggle = (id: string) => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    const usual = columns.filter((column) => column.hidden).map((column) => column.id);
    const same = usual.length === next.size && usual.every((each) => next.has(each));
    change({ hide: same ? undefined : [...next].join('.') || 'none' });
  };
  return (
    <details className="grid-menu">
      <summary>{m.grid.columns}</summary>
      <fieldset className="grid-menu-body">
        <legend className="usa-sr-only">{m.grid.columns}</legend>
        {columns.slice(1).map((column) => (
          <label key={column.id}>
            <input type="checkbox" checked={!hidden.has(column.id)} onChange={() => toggle(column.id)} /> {column.label}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

function Views({ grid, open }: { grid: string; open: (search: string) => void }) {
  const { views, save, remove } = useViews(grid);
  const [name, setName] = useState('');
  return (
    <details className="grid-menu">
      <summary>{m.grid.views}</summary>
      <div className="grid-menu-body">
        {Object.keys(views).length === 0 && <p className="quiet">{m.grid.noViews}</p>}
        <ul>
          {Object.entries(views).map(([each, search]) => (
            <li key={each}>
              <button type="button" className="link-button" onClick={() => open(search)}>{each}</button>{' '}
              <button type="button" className="link-button" aria-label={m.grid.removeView(each)} onClick={() => remove(each)}>×</button>
            </li>
          ))}
        </ul>
        <form onSubmit={(event) => {
          event.preventDefault();
          if (!name.trim()) return;
          save(name.trim(), location.search);
          setName('');
        }}>
          <label>{m.grid.viewName} <input className="usa-input" value={name} onChange={(event) => setName(event.target.value)} /></label>
          <Button type="submit" outline>{m.grid.saveView}</Button>
        </form>
      </div>
    </details>
  );
}

function Export({ exportAs }: { exportAs: (kind: 'csv' | 'xlsx') => Promise<void> }) {
  const [said, setSaid] = useState('');
  const run = (kind: 'csv' | 'xlsx') => {
    setSaid(m.grid.exporting);
    exportAs(kind).then(() => setSaid(''), () => setSaid(m.grid.exportFailed));
  };
  return (
    <span className="grid-export" role="group" aria-label={m.grid.export}>
      {m.grid.export}: <button type="button" className="link-button" onClick={() => run('csv')}>{m.grid.csv}</button>{' '}
      <button type="button" className="link-button" onClick={() => run('xlsx')}>{m.grid.xlsx}</button>{' '}
      <span role="status">{said}</span>
    </span>
  );
}

/** Also where phones sort, as their rows have no header. */
function Sort<Row>({ columns, state, change }: Pick<ToolbarProps<Row>, 'columns' | 'state' | 'change'>) {
  const sortable = columns.filter((column) => column.sort);
  return (
    <label className="grid-sort">
      {m.grid.sortLabel}{' '}
      <select className="usa-select" value={state.sort ?? sortable[0]?.sort ?? ''} onChange={(event) => change({ sort: event.target.value })}>
        {sortable.flatMap((column) => [
          <option key={column.id} value={column.sort}>{m.grid.ascending(column.label)}</option>,
          <option key={`-${column.id}`} value={`-${column.sort}`}>{m.grid.descending(column.label)}</option>,
        ])}
      </select>
    </label>
  );
}

export function Toolbar<Row>({ grid, columns, hidden, state, change, open, exportAs }: ToolbarProps<Row>) {
  return (
    <div className="grid-toolbar">
      {columns.some((column) => column.sort) && <Sort columns={columns} state={state} change={change} />}
      <Columns columns={columns} hidden={hidden} change={change} />
      <label className="grid-density">
        <input type="checkbox" checked={state.density === 'compact'}
          onChange={(event) => change({ density: event.target.checked ? 'compact' : undefined })} /> {m.grid.compact}
      </label>
      <Views grid={grid} open={open} />
      {exportAs && <Export exportAs={exportAs} />}
    </div>
  );
}
