import { Button } from '@trussworks/react-uswds';
import { useRef, useState } from 'react';

import { Menu } from '@/components/ui/menu';
import { useDone } from '@/components/ui/toast';
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
    <Menu name={m.grid.columns}>
      <fieldset className="grid-menu-body">
        <legend className="usa-sr-only">{m.grid.columns}</legend>
        {columns.slice(1).map((column) => (
          <label key={column.id}>
            <input type="checkbox" checked={!hidden.has(column.id)} onChange={() => toggle(column.id)} /> {column.label}
          </label>
        ))}
      </fieldset>
    </Menu>
  );
}

function Views({ grid, open }: { grid: string; open: (search: string) => void }) {
  const { views, save, remove } = useViews(grid);
  const [name, setName] = useState('');
  const body = useRef<HTMLDivElement>(null);
  const done = useDone();
  const removeWithUndo = (each: string, search: string) => {
    // The button goes with the view, and focus must not go with the button.
    body.current?.closest('details')?.querySelector('summary')?.focus();
    remove(each);
    done({ text: m.grid.viewRemoved(each), undo: () => save(each, search) });
  };
  return (
    <Menu name={m.grid.views}>
      <div className="grid-menu-body" ref={body}>
        {Object.keys(views).length === 0 && <p className="quiet">{m.grid.noViews}</p>}
        <ul>
          {Object.entries(views).map(([each, search]) => (
            <li key={each}>
              <button type="button" className="link-button" onClick={() => open(search)}>{each}</button>{' '}
              <button type="button" className="link-button" aria-label={m.grid.removeView(each)} onClick={() => removeWithUndo(each, search)}>{m.toast.cross}</button>
            </li>
          ))}
        </ul>
        <form onSubmit={(event) => {
          event.preventDefault();
          if (!name.trim()) return;
          save(name.trim(), location.search);
          done({ text: m.grid.viewSaved(name.trim()) });
          setName('');
        }}>
          <label>{m.grid.viewName} <input className="usa-input" value={name} onChange={(event) => setName(event.target.value)} /></label>
          <Button type="submit" outline>{m.grid.saveView}</Button>
        </form>
      </div>
    </Menu>
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
