import { useQueryErrorResetBoundary, type UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from '@trussworks/react-uswds';
import type { ReactNode } from 'react';

import { ApiError } from '@/lib/api';
import { useLiveState } from '@/lib/live';
import { m } from '@/messages';

import { Notice } from './notice';
import { Page } from './page';

export function Loading({ what = m.states.loading }: { what?: string }) {
  return (
    <p className="state state-loading" role="status">
      <span className="spinner" aria-hidden="true" /> {what}
    </p>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <p className="state state-empty">{children}</p>;
}

/** Nothing that the reader may see stands here; the service does not say which of the two it is. */
export function NotHere() {
  return (
    <Notice type="warning" heading={m.states.notHereHeading} className="state-forbidden">
      {m.states.notHere} <Link to="/">{m.states.toSales}</Link>
    </Notice>
  );
}

export function SignInNeeded() {
  return (
    <Notice type="info" heading={m.states.signInHeading} className="state-forbidden">
      {m.states.signIn} <Link to="/sign-in">{m.nav.signIn}</Link>
    </Notice>
  );
}

export function Failed({ error, retry }: { error: unknown; retry?: (() => void) | undefined }) {
  const offline = useLiveState() === 'offline';
  if (error instanceof ApiError && error.status === 401) return <SignInNeeded />;
  if (error instanceof ApiError && (error.status === 403 || error.status === 404)) return <NotHere />;
  const known = error instanceof ApiError;
  return (
    <Notice type="error" heading={offline ? m.states.offlineHeading : m.states.failedHeading}
      className={offline ? 'state-offline' : 'state-error'}
      action={retry && <Button type="button" outline onClick={retry}>{m.states.retry}</Button>}>
      {known ? m.states.refused(error.problem.detail, error.problem.request_id) : m.states.unreachable}
    </Notice>
  );
}

interface ShownProps<T> {
  query: UseQueryResult<T>;
  /** Of the page, when the page itself is what is being asked for. */
  title?: string;
  children: (data: T) => ReactNode;
}

/** What a query came to: its data when there are any, however old, else why there are none. */
export function Shown<T>({ query, title, children }: ShownProps<T>) {
  const { reset } = useQueryErrorResetBoundary();
  if (query.data !== undefined) return <>{children(query.data)}</>;
  const retry = () => {
    reset();
    void query.refetch();
  };
  const instead = query.isError ? <Failed error={query.error} retry={retry} /> : <Loading />;
  return title === undefined ? instead : <Page title={title}>{instead}</Page>;
}
