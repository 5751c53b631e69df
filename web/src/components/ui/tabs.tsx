import { type KeyboardEvent, type ReactNode, useId } from 'react';

import { actionOf } from '@/lib/shortcuts';

interface TabsProps<Id extends string> {
  label: string;
  tabs: readonly { id: Id; label: string }[];
  active: Id;
  choose: (id: Id) => void;
  /** Stands beside the tabs, whichever of them is chosen. */
  beside?: ReactNode;
  /** What the active one shows. */
  children: ReactNode;
}

/** The tabs of the ARIA APG: one stop of Tab, arrows choose, and what is chosen is shown at once. */
export function Tabs<Id extends string>({ label, tabs, active, choose, beside, children }: TabsProps<Id>) {
  const own = useId();
  const tabId = (id: Id) => `${own}-${id}`;
  const panelId = `${own}-panel`;
  const onKeyDown = (event: KeyboardEvent) => {
    const action = actionOf('tabs', event);
    if (!action) return;
    event.preventDefault();
    const at = tabs.findIndex(({ id }) => id === active);
    const to = { next: at + 1, previous: at - 1 + tabs.length, first: 0, last: tabs.length - 1 }[action];
    const tab = tabs[to % tabs.length];
    if (!tab) return;
    choose(tab.id);
    document.getElementById(tabId(tab.id))?.focus();
  };
  return (
    <>
      <div className="tabs">
        <div role="tablist" aria-label={label} className="tab-list" onKeyDown={onKeyDown}>
          {tabs.map(({ id, label: name }) => (
            <button key={id} type="button" role="tab" id={tabId(id)} className="tab" aria-selected={id === active}
              aria-controls={id === active ? panelId : undefined} tabIndex={id === active ? 0 : -1}
              onClick={() => choose(id)}>{name}</button>
          ))}
        </div>
        {beside}
      </div>
      <div role="tabpanel" id={panelId} className="tab-panel" aria-labelledby={tabId(active)} tabIndex={0}>
        {children}
      </div>
    </>
  );
}
