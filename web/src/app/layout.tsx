import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';

import { Notice } from '@/components/ui/notice';
import { Toasts } from '@/components/ui/toast';
import { useBrandName } from '@/lib/branding';
import { useLiveState } from '@/lib/live';
import { accountQuery } from '@/lib/queries';
import { shortcuts, spoken } from '@/lib/shortcuts';
import { m } from '@/messages';

import { Chord } from './chord';
import { Commands, useOpen } from './commands';
import { SignOut } from './sign_out';

const links = [
  { to: '/', label: m.nav.sales },
  { to: '/how-it-works', label: m.nav.howItWorks },
  { to: '/calculator', label: m.nav.calculator },
  { to: '/verify', label: m.nav.verify },
] as const;

function OfflineBanner() {
  if (useLiveState() !== 'offline') return null;
  return (
    <div className="offline-banner" role="status">
      <Notice type="warning">{m.states.offlineBanner}</Notice>
    </div>
  );
}

function Account() {
  const account = useQuery(accountQuery);
  if (account.data) return <SignOut />;
  return (
    <>
      <li><Link to="/register">{m.nav.register}</Link></li>
      <li><Link to="/sign-in">{m.nav.signIn}</Link></li>
    </>
  );
}

function GoTo() {
  const open = useOpen();
  const { palette } = shortcuts.everywhere;
  return (
    <button type="button" className="go-to" aria-haspopup="dialog" aria-keyshortcuts={spoken(palette)} onClick={() => open('palette')}>
      <svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="8" cy="8" r="5.5" /><path d="m12.5 12.5 5 5" /></svg>
      <span className="go-to-text">{m.palette.button} <Chord chord={palette} /></span>
    </button>
  );
}

function Header() {
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const brand = useBrandName();
  return (
    <header className="site-header">
      <div className="site-bar">
        <p className="site-name"><Link to="/">{brand ?? m.site.name}</Link></p>
        <GoTo />
        <button type="button" className="menu-button" aria-expanded={open} aria-controls="site-nav"
          onClick={() => setOpen(!open)}>{m.nav.menu}</button>
        <nav id="site-nav" className={open ? 'site-nav is-open' : 'site-nav'} aria-label={m.nav.label}
          key={path} onClick={() => setOpen(false)}>
          <ul>
            {links.map((link) => (
              <li key={link.to}>
                <Link to={link.to} activeOptions={{ exact: true }} activeProps={{ 'aria-current': 'page' }}>
                  {link.label}
                </Link>
              </li>
            ))}
            <Account />
          </ul>
        </nav>
      </div>
    </header>
  );
}

function Footer() {
  const open = useOpen();
  return (
    <footer className="site-footer">
      <div className="site-width">
        <p>{m.site.footer}</p>
        <ul>
          <li><button type="button" className="link-button" aria-haspopup="dialog" onClick={() => open('sheet')}>{m.shortcuts.title}</button></li>
          <li><a href="/api/v1/openapi.json">{m.site.apiDescription}</a></li>
          <li><a href="/.well-known/strikeoff-keys.json">{m.site.publicKey}</a></li>
        </ul>
      </div>
    </footer>
  );
}

export function Layout() {
  return (
    <Toasts>
      <Commands>
        <a className="usa-skipnav" href="#main">{m.site.skip}</a>
        <Header />
        <OfflineBanner />
        <main id="main" className="site-width" tabIndex={-1}>
          <Outlet />
        </main>
        <Footer />
      </Commands>
    </Toasts>
  );
}
