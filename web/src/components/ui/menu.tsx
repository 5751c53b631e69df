import { type KeyboardEvent, type ReactNode, useRef } from 'react';

import { actionOf } from '@/lib/shortcuts';

/** What opens below its name, and closes by Escape or when one goes on elsewhere. */
export function Menu({ name, children }: { name: string; children: ReactNode }) {
  const details = useRef<HTMLDetailsElement>(null);
  const close = () => details.current?.removeAttribute('open');
  const onKeyDown = (event: KeyboardEvent) => {
    if (actionOf('everywhere', event) !== 'close' || !details.current?.open) return;
    event.stopPropagation();
    close();
    details.current.querySelector('summary')?.focus();
  };
  return (
    <details ref={details} className="grid-menu" onKeyDown={onKeyDown}
      // Focus that goes nowhere, as when a button inside is gone, is no step to elsewhere.
      onBlur={(event) => event.relatedTarget && !details.current?.contains(event.relatedTarget) && close()}>
      <summary>{name}</summary>
      {children}
    </details>
  );
}
