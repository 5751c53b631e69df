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
