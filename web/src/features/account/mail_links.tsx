import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';

import { Notice } from '@/components/ui/notice';
import { PasswordField } from '@/components/form/fields';
import { Form } from '@/components/form/form';
import { useForm } from '@/components/form/use_form';
import { Done } from '@/components/ui/done';
import { Page } from '@/components/ui/page';
import { api, unwrap } from '@/lib/api';
import { m } from '@/messages';

/**
 * The token of a mail's link. It stands in the fragment, which no server sees, and is sent once the
 * person asks for it: a program that looks at links for them must not use it up.
 */
function useToken(): string | null {
  return useState(() => new URLSearchParams(location.hash.slice(1)).get('token'))[0];
}

/** What was used up shall not stay in the address. */
const forgetToken = () => history.replaceState(history.state, '', location.pathname);

function Broken({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Page title={title}>
      <Notice type="error">{m.links.broken}</Notice>
      {children}
    </Page>
  );
}

interface ConfirmProps {
  token: string;
  title: string;
  ask: string;
  done: string;
  send: (token: string) => Promise<unknown>;
}

function Confirm({ token, title, ask, done, send }: ConfirmProps) {
  const form = useForm({
    values: {},
    send: async () => {
      await send(token);
      forgetToken();
    },
  });
  if (form.step.at === 'done')
    return <Done title={title}><p>{done}</p><p><Link to="/sign-in">{m.nav.signIn}</Link></p></Done>;
  return (
    <Page title={title}>
      <Form of={form} submitLabel={m.links.confirmSubmit}><p>{ask}</p></Form>
    </Page>
  );
}

export function ConfirmAddressPage() {
  const token = useToken();
  if (!token) return <Broken title={m.links.confirmTitle} />;
  return (
    <Confirm token={token} title={m.links.confirmTitle} ask={m.links.confirmAsk} done={m.links.confirmDone}
      send={async (sent) => unwrap(await api.POST('/api/v1/auth/confirm-address', { body: { token: sent } }))} />
  );
}

export function ConfirmNewAddressPage() {
  const token = useToken();
  if (!token) return <Broken title={m.links.newTitle} />;
  return (
    <Confirm token={token} title={m.links.newTitle} ask={m.links.newAsk} done={m.links.newDone}
      send={async (sent) => unwrap(await api.POST('/api/v1/auth/confirm-new-address', { body: { token: sent } }))} />
  );
}

const AskAgain = () => <p><Link to="/forgot-password">{m.links.askAgain}</Link></p>;

function Reset({ token }: { token: string }) {
  const form = useForm({
    values: { password: '' },
    send: async ({ password }) => {
      unwrap(await api.POST('/api/v1/auth/reset-password', { body: { token, password } }));
      forgetToken();
    },
  });
  if (form.step.at === 'done')
    return <Done title={m.links.resetTitle}><p>{m.links.resetDone}</p><p><Link to="/sign-in">{m.nav.signIn}</Link></p></Done>;
  return (
    <Page title={m.links.resetTitle}>
      <p>{m.links.resetAsk}</p>
      <Form of={form} submitLabel={m.links.resetSubmit}>
        <PasswordField {...form.field('password')} label={m.fields.newPassword} hint={m.fields.passwordHint} autoComplete="new-password" />
      </Form>
      <AskAgain />
    </Page>
  );
}

export function ResetPasswordPage() {
  const token = useToken();
  return token ? <Reset token={token} /> : <Broken title={m.links.resetTitle}><AskAgain /></Broken>;
}
