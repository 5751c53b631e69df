import { m } from '@/messages';

const shapes: Record<string, string> = {
  draft: '◌', scheduled: '◌', published: '◌', open: '●', offered: '●', paused: '‖', closing: '◐',
  closed: '■', settled: '■', awarded: '✓', struck: '▽', withdrawn: '×', canceled: '×', void_paid: '×',
};

/** A state in words and shape: colour only repeats it. */
export function Status({ of: status, words }: { of: string; words: Record<string, string> }) {
  return (
    <span className={`status status-${status}`}>
      <span aria-hidden="true">{shapes[status] ?? '·'}</span> {words[status] ?? status}
    </span>
  );
}

export const SaleStatus = ({ of }: { of: string }) => <Status of={of} words={m.words.sale} />;
export const BatchStatus = ({ of }: { of: string }) => <Status of={of} words={m.words.batch} />;
export const ItemStatus = ({ of }: { of: string }) => <Status of={of} words={m.words.item} />;
