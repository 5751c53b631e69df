import { type ComponentType, createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';

import { useDone } from '@/components/ui/toast';
import { part } from '@/lib/parts';
import { actionOf, isTyping } from '@/lib/shortcuts';
import { m } from '@/messages';

export interface CommandProps {
  close: () => void;
  open: (name: CommandName) => void;
}

/** What opens over any page. Each is a part of the site that comes when it is first wanted. */
const parts = {
  palette: part(() => import('./palette/palette')),
  sheet: part(() => import('./shortcut_sheet')),
};

export type CommandName = keyof typeof parts;

interface Shown {
  name: CommandName;
  View: ComponentType<CommandProps>;
}

const OpenContext = createContext<((name: CommandName) => void) | null>(null);

export function Commands({ children }: { children: ReactNode }) {
  const [shown, show] = useState<Shown | null>(null);
  const say = useDone();
  const open = useCallback((name: CommandName) => {
    parts[name]().then(({ default: View }) => show({ name, View }), () => say({ text: m.palette.unreachable }));
  }, [say]);
  const close = useCallback(() => show(null), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const action = actionOf('everywhere', event);
      if (action === 'palette') {
        event.preventDefault(); // Browsers have a search of their own at this key.
        if (shown?.name === 'palette') close();
        else open('palette');
      } else if (action === 'sheet' && !shown && !isTyping()) {
        event.preventDefault();
        open('sheet');
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [shown, open, close]);
  return (
    <OpenContext value={open}>
      {children}
      {shown && <shown.View key={shown.name} close={close} open={open} />}
    </OpenContext>
  );
}

/** Opens one of them: `useOpen()('palette')`. */
export function useOpen(): (name: CommandName) => void {
  const open = useContext(OpenContext);
  if (!open) throw new Error('there are no commands around this');
  return open;
}
