import { useId, useState } from 'react';

import { Dialog } from '@/components/ui/dialog';
import { characterKeysOn, type Group, shortcuts, switchCharacterKeys } from '@/lib/shortcuts';
import { m } from '@/messages';

import { Chord } from './chord';
import type { CommandProps } from './commands';

function OfGroup({ group }: { group: Group }) {
  const id = useId();
  const does: Record<string, string> = m.shortcuts.does[group];
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>{m.shortcuts.groups[group]}</h3>
      <dl className="shortcuts">
        {Object.entries(shortcuts[group]).map(([action, chord]) => (
          <div key={action}>
            <dt>{does[action]}</dt>
            <dd><Chord chord={chord} /></dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Lets those who dictate, and whose words become keys, switch off what they would set off. */
function CharacterKeys() {
  const [on, setOn] = useState(characterKeysOn);
  const [kept, setKept] = useState(true);
  const id = useId();
  return (
    <div className="usa-checkbox">
      <input className="usa-checkbox__input" id={id} type="checkbox" checked={on} aria-describedby={`${id}-hint`}
        onChange={({ target }) => {
          const isKept = switchCharacterKeys(target.checked);
          setKept(isKept);
          if (isKept) setOn(target.checked);
        }} />
      <label className="usa-checkbox__label" htmlFor={id}>{m.shortcuts.characters}</label>
      <p className="usa-hint" id={`${id}-hint`}>{m.shortcuts.charactersHint}</p>
      <p role="status">{kept ? '' : m.shortcuts.notKept}</p>
    </div>
  );
}

export default function ShortcutSheet({ close }: CommandProps) {
  return (
    <Dialog label={m.shortcuts.title} className="sheet" close={close}>
      <div className="sheet-body">
        <div className="dialog-head">
          <h2 tabIndex={-1} data-first-focus="">{m.shortcuts.title}</h2>
          <button type="button" className="usa-button usa-button--outline" onClick={close}>{m.shortcuts.close}</button>
        </div>
        <div className="sheet-groups">
          {(Object.keys(shortcuts) as Group[]).map((group) => <OfGroup key={group} group={group} />)}
        </div>
        <CharacterKeys />
      </div>
    </Dialog>
  );
}
