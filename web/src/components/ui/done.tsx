import { type ReactNode, useEffect, useRef } from 'react';

import { Page } from './page';

/** The end of a form: focus goes to what it came to. */
export function Done({ title, children }: { title: string; children: ReactNode }) {
  const text = useRef<HTMLDivElement>(null);
  useEffect(() => text.current?.focus(), []);
  return (
    <Page title={title}>
      <div ref={text} tabIndex={-1} role="status">{children}</div>
    </Page>
  );
}
