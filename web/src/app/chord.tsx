import { Fragment } from 'react';

import { keysOf } from '@/lib/shortcuts';
import { m } from '@/messages';

/** Keys that are pressed together. */
export function Chord({ chord }: { chord: string }) {
  return (
    <span className="chord">
      {keysOf(chord).map((key, at) => (
        <Fragment key={key}>{at > 0 && ' + '}<kbd>{m.shortcuts.keys[key] ?? key.toUpperCase()}</kbd></Fragment>
      ))}
    </span>
  );
}
