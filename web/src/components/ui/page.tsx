import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';

import { m } from '@/messages';

export interface Crumb {
  label: string;
  to: string;
}

/** A page has a title, which is read out when one arrives, and says where it stands. */
export function Page({ title, crumbs = [], children }: { title: string; crumbs?: Crumb[]; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} | ${m.site.name}`;
  }, [title]);
  useEffect(() => {
    // After a step inside the site focus would stay on a link that is gone.
    if (window.history.state?.__TSR_index > 0) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      {crumbs.length > 0 && (
        <nav className="usa-breadcrumb" aria-label={m.site.breadcrumbs}>
          <ol className="usa-breadcrumb__list">
            {crumbs.map((crumb) => (
              <li className="usa-breadcrumb__list-item" key={crumb.to}>
                <Link className="usa-breadcrumb__link" to={crumb.to}><span>{crumb.label}</span></Link>
              </li>
            ))}
            <li className="usa-breadcrumb__list-item usa-current" aria-current="page"><span>{title}</span></li>
          </ol>
        </nav>
      )}
      <h1 ref={heading} tabIndex={-1}>{title}</h1>
      {children}
    </>
  );
}
