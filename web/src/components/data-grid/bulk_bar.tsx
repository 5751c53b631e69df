import { useState } from 'react';

import { m } from '@/messages';

import type { BulkAction } from './types';

interface BulkBarProps {
  chosen: ReadonlySet<string> | 'all';
  total: number;
  choose: (chosen: ReadonlySet<string> | 'all') => void;
  actions: BulkAction[];
}

/** What can be done with the rows that are chosen. */
export function BulkBar({ chosen, total, choose, actions }: BulkBarProps) {
  const [said, setSaid] = useState('');
  const size = chosen === 'all' ? total : chosen.size;
  return (
    <div className="bulk-bar" role="group" aria-label={m.grid.chosen(size)}>
      <span role="status">{size > 0 ? m.grid.chosen(size) : ''} {said}</span>
      {size > 0 && size < total && (
        <button type="button" className="link-button" onClick={() => choose('all')}>{m.grid.selectMatching(total)}</button>
      )}
      {size > 0 && (
        <>
          <button type="button" className="link-button" onClick={() => choose(new Set())}>{m.grid.clearChosen}</button>
          {actions.map((action) => (
            <button key={action.label} type="button" className="usa-button usa-button--outline"
              onClick={() => {
                setSaid(m.grid.exporting);
                action.run(chosen === 'all' ? null : chosen).then(setSaid, () => setSaid(m.grid.exportFailed));
              }}>{action.label}</button>
          ))}
        </>
      )}
    </div>
  );
}
