import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react';

import { actionOf } from '@/lib/shortcuts';

interface DialogProps {
  label: string;
  className: string;
  close: () => void;
  /** What has the attribute `data-first-focus` gets the focus. */
  children: ReactNode;
}

/** What stands over the page until it is closed; focus then goes back to where it was. */
export function Dialog({ label, className, close, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const from = document.activeElement;
    const element = dialog.current;
    element?.showModal();
    element?.querySelector<HTMLElement>('[data-first-focus]')?.focus();
    return () => {
      element?.close();
      if (from instanceof HTMLElement && from.isConnected) from.focus();
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    // Escape first takes back what is being composed of several keys.
    if (actionOf('everywhere', event) !== 'close' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    close();
  };
  return (
    <dialog ref={dialog} className={`dialog ${className}`} aria-label={label} onKeyDown={onKeyDown}
      // A phone's own way back asks for it so.
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      // It has no padding: what meets itself and none of its parts meets what is around it.
      onClick={(event) => event.target === event.currentTarget && close()}>
      {children}
    </dialog>
  );
}
