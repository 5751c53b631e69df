import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';

import { actionOf, isTyping } from '@/lib/shortcuts';
import { m } from '@/messages';

interface Done {
  text: string;
  /** Takes it back, as long as it is not too late. */
  undo?: () => void;
  lastsMs?: number;
}

interface Toast extends Done {
  id: number;
  leftMs: number;
  /** Where focus was, and goes again. */
  from: Element | null;
}

const usualMs = 10_000;
const tickMs = 250;

const SayContext = createContext<((done: Done) => void) | null>(null);

function refocus({ from }: Toast) {
  const to = from instanceof HTMLElement && from.isConnected ? from : document.querySelector<HTMLElement>('main');
  to?.focus();
}

interface ToastCardProps {
  toast: Toast;
  end: (toast: Toast) => void;
  hold: (held: boolean) => void;
}

function ToastCard({ toast, end, hold }: ToastCardProps) {
  const { text, undo, leftMs } = toast;
  const leave = () => {
    hold(false);
    end(toast);
    refocus(toast);
  };
  return (
    <div className="toast" onMouseEnter={() => hold(true)} onMouseLeave={() => hold(false)} onFocus={() => hold(true)} onBlur={() => hold(false)}>
      <span>{text}</span>
      {undo && (
        <button type="button" className="usa-button" onClick={() => {
          undo();
          leave();
        }}>{m.toast.undo} <span aria-hidden="true" className="tabular">{m.toast.left(Math.ceil(leftMs / 1000))}</span></button>
      )}
      <button type="button" className="link-button" aria-label={m.toast.dismiss} onClick={leave}>{m.toast.cross}</button>
    </div>
  );
}

/** Says what was done, and lets it be undone until a deadline that waits while one is at it. */
export function Toasts({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const next = useRef(0);
  const held = useRef(false);
  const say = useCallback((done: Done) => {
    const { lastsMs = usualMs } = done;
    setToasts((all) => [...all, { ...done, id: ++next.current, leftMs: lastsMs, from: document.activeElement }]);
  }, []);
  const end = useCallback((toast: Toast) => setToasts((all) => all.filter(({ id }) => id !== toast.id)), []);
  const hold = useCallback((now: boolean) => {
    held.current = now;
  }, []);
  const any = toasts.length > 0;
  useEffect(() => {
    if (!any) return undefined;
    const timer = setInterval(() => {
      if (held.current) return;
      setToasts((all) => all.map((each) => ({ ...each, leftMs: each.leftMs - tickMs })).filter((each) => each.leftMs > 0));
    }, tickMs);
    return () => clearInterval(timer);
  }, [any]);
  const latest = toasts.findLast((each) => each.undo);
  useEffect(() => {
    if (!latest) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (actionOf('everywhere', event) !== 'undo' || isTyping()) return;
      event.preventDefault();
      latest.undo?.();
      end(latest);
      if (!document.activeElement || document.activeElement === document.body) refocus(latest);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [latest, end]);
  return (
    <SayContext value={say}>
      {children}
      <div className="toasts" role="status" aria-label={m.toast.label}>
        {toasts.map((toast) => <ToastCard key={toast.id} toast={toast} end={end} hold={hold} />)}
      </div>
    </SayContext>
  );
}

/** Says that something was done: `useDone()({ text, undo })`. */
export function useDone(): (done: Done) => void {
  const say = useContext(SayContext);
  if (!say) throw new Error('there are no toasts around this');
  return say;
}
