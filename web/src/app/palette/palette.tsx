import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';

import { Chord } from '@/app/chord';
import type { CommandProps } from '@/app/commands';
import { Dialog } from '@/components/ui/dialog';
import { actionOf } from '@/lib/shortcuts';
import { m } from '@/messages';

import { arranged, type Entry, type EntryGroup } from './arrange';
import { useEntries, useItemEntries } from './entries';
import { useInView } from './in_view';
import { useItemSearch } from './item_search';

interface OptionsProps {
  id: string;
  groups: EntryGroup[];
  active: Entry | undefined;
  point: (id: string) => void;
  choose: (entry: Entry) => void;
}

function Options({ id, groups, active, point, choose }: OptionsProps) {
  const list = useRef<HTMLDivElement>(null);
  const isFirst = active === groups[0]?.entries[0];
  useEffect(() => {
    if (isFirst) list.current?.scrollTo(0, 0); // With its heading.
    else list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active?.id, isFirst]);
  return (
    <div ref={list} role="listbox" id={id} className="palette-list" aria-label={m.palette.list}>
      {groups.map((group) => (
        <div role="group" key={group.id} aria-labelledby={`${id}-${group.id}`}>
          <div className="palette-heading" role="presentation" id={`${id}-${group.id}`}>{group.heading}</div>
          {group.entries.map((entry) => (
            <div key={entry.id} role="option" id={`${id}-${entry.id}`} className="palette-option" aria-selected={entry === active}
              // Focus stays where one types; what moves under a pointer at rest is not pointed at.
              onPointerDown={(event) => event.preventDefault()}
              onPointerMove={() => point(entry.id)}
              onClick={() => choose(entry)}>
              <span>{entry.label}</span>
              {entry.hint && <span className="palette-hint">{entry.hint}</span>}
              {entry.chord && <Chord chord={entry.chord} />}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function Trouble({ text, retry }: { text: string; retry: () => void }) {
  return (
    <p className="state state-error" role="alert">
      {text} <button type="button" className="link-button" onClick={retry}>{m.states.retry}</button>
    </p>
  );
}

/** Which of the options is meant: by its id, as more of them may come in above it. */
function useActive(groups: EntryGroup[]) {
  const [wanted, point] = useState<string | null>(null);
  const all = groups.flatMap(({ entries }) => entries);
  const at = Math.max(0, all.findIndex(({ id }) => id === wanted));
  const move = (action: 'next' | 'previous' | 'first' | 'last') => {
    const to = { next: at + 1, previous: at - 1 + all.length, first: 0, last: all.length - 1 }[action];
    point(all[to % all.length]?.id ?? null);
  };
  return { all, active: all[at], point, move };
}

/** Where one goes by typing what it is called: the combobox of the ARIA APG over a list in groups. */
export default function Palette({ close, open }: CommandProps) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const inView = useInView();
  const search = useItemSearch(inView.sale?.id, typed);
  const { groups: known, loading, failed, retry } = useEntries(inView, { open });
  const groups = [...arranged(known, typed), ...useItemEntries(inView, search)];
  const { all, active, point, move } = useActive(groups);
  const choose = (entry: Entry) => {
    close();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const action = actionOf('palette', event);
    if (!action || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (action !== 'choose') move(action);
    else if (active) choose(active);
  };
  const type = (text: string) => {
    setTyped(text);
    point(null);
  };
  const waits = search.state === 'loading' ? m.palette.searching : loading ? m.states.loading : undefined;
  const none = all.length === 0 && !waits && !failed && search.state !== 'failed';
  const nothing = inView.sale ? m.palette.none : m.palette.noneOutside;
  const says: ReactNode = all.length > 0 ? m.palette.found(all.length) : none && nothing;
  return (
    <Dialog label={m.palette.title} className="palette" close={close}>
      <div className="palette-body">
        <div className="palette-head">
          <input className="usa-input" data-first-focus="" role="combobox" type="text" aria-label={m.palette.field} placeholder={m.palette.field}
            aria-expanded={all.length > 0} aria-controls={all.length > 0 ? id : undefined} aria-autocomplete="list"
            aria-activedescendant={active && `${id}-${active.id}`} autoComplete="off" autoCapitalize="none" spellCheck={false} maxLength={200}
            value={typed} onChange={(event) => type(event.target.value)} onKeyDown={onKeyDown} />
          <button type="button" className="link-button" onClick={close}>{m.palette.close}</button>
        </div>
        {all.length > 0 && <Options id={id} groups={groups} active={active} point={point} choose={choose} />}
        <p role="status" className={none ? 'state state-empty' : 'usa-sr-only'}>{says}</p>
        {waits && <p className="state"><span className="spinner" aria-hidden="true" /> {waits}</p>}
        {search.state === 'failed' && <Trouble text={m.palette.itemsFailed} retry={search.retry} />}
        {failed && <Trouble text={m.palette.listsFailed} retry={retry} />}
      </div>
    </Dialog>
  );
}
