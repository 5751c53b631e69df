import { Link } from '@tanstack/react-router';

import { Page } from '@/components/ui/page';
import { m } from '@/messages';

export function NotFound() {
  return (
    <Page title={m.states.noPage}>
      <p>{m.states.noPageText}</p>
      <p><Link to="/">{m.states.toSales}</Link></p>
    </Page>
  );
}
