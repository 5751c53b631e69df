import { Fragment, type ReactNode } from 'react';

/** Names and values. */
export function Facts({ of: facts }: { of: [string, ReactNode][] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <Fragment key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** The same side by side, for what shall leave room below. */
export function FactTiles({ of: facts }: { of: [string, ReactNode][] }) {
  return (
    <dl className="fact-tiles">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface ScrollTableProps {
  caption: string;
  /** The caption is the heading above it, and is not shown a second time. */
  headed?: boolean;
  children: ReactNode;
}

/** A table that scrolls by itself when it is wider than the page. */
export function ScrollTable({ caption, headed = false, children }: ScrollTableProps) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table className="usa-table usa-table--borderless usa-table--compact">
        <caption className={headed ? 'usa-sr-only' : ''}>{caption}</caption>
        {children}
      </table>
    </div>
  );
}
