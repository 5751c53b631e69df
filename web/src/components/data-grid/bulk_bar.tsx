import { useState } from 'react';

import { m } from '@/messages';

import { everything, nothing, sizeOf } from './selection';
import type { BulkAction, Selection } from './types';

interface BulkBarProps {
  chosen: Selection;
  total: number;
  choose: (chosen: Selection) => void;
  actions: BulkAction[];
}

/** What can be done with the rows that are chosen. */
export function BulkBar({ chosen, total, choose, actions }: BulkBarProps) {
  const [said, setSaid] = useState('');
  const size = sizeOf(chosen, total);
  const run = (action: BulkAction) => {
    setSaid(m.grid.exporting);
    action.run(chosen).then(setSaid, () => setSaid(m.grid.exportFailed));
  };
  return (
    <div className="bulk-bar" role="group" aria-label={m.grid.chosen(size)}>
      <span role="status" className={size > 0 ? '' : 'quiet'}>{size > 0 ? m.grid.chosen(size) : m.grid.noneChosen} {said}</span>
      {size > 0 && size < total && (
        <button type="button" className="link-button" onClick={() => choose(everything)}>{m.grid.selectMatching(total)}</button>
      )}
      {size > 0 && (
        <>
          <button type="button" className="link-button" onClick={() => choose(nothing)}>{m.grid.clearChosen}</button>
          {actions.map((action) => (
            <button key={action.label} type="button" className="usa-button usa-button--outline"
              onClick={() => run(action)}>{action.label}</button>
          ))}
        </>
      )}
    </div>
  );
}
