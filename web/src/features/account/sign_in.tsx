import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

import { PasswordField, TextField } from '@/components/form/fields';
import { Form } from '@/components/form/form';
import { useForm } from '@/components/form/use_form';
import { Done } from '@/components/ui/done';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { api, unwrap } from '@/lib/api';
import { accountQuery } from '@/lib/queries';
import { noteSession } from '@/lib/session';
import { m } from '@/messages';

import { EnrolFactor } from './enrol';

type Next = 'none' | 'second_factor' | 'enrol_second_factor';

function Factor({ onNext }: { onNext: (next: Next) => void }) {
  const form = useForm({
    values: { code: '' },
    send: async (body) => unwrap(await api.POST('/api/v1/auth/second-factor', { body })).next,
  });
  const { step } = form;
  useEffect(() => {
    if (step.at === 'done') onNext(step.answer);
  }, [step, onNext]);
  return (
    <Page title={m.signIn.factorTitle}>
      <p>{m.signIn.factorText}</p>
      <Form of={form} submitLabel={m.signIn.factorSubmit}>
        <TextField {...form.field('code')} label={m.fields.code} hint={m.fields.codeHint} autoComplete="one-time-code" />
      </Form>
    </Page>
  );
}

function Password({ enrolled, onNext }: { enrolled: boolean; onNext: (next: Next) => void }) {
  const form = useForm({
    values: { email: '', password: '' },
    send: async (body) => unwrap(await api.POST('/api/v1/auth/sign-in', { body })).next,
  });
  const { step } = form;
  useEffect(() => {
    if (step.at === 'done') onNext(step.answer);
  }, [step, onNext]);
  return (
    <Page title={m.signIn.title}>
      {enrolled && <Notice type="success">{m.enrol.done}</Notice>}
      <Form of={form} submitLabel={m.signIn.submit}>
        <TextField {...form.field('email')} label={m.fields.email} type="email" inputMode="email" autoComplete="username" />
        <PasswordField {...form.field('password')} label={m.fields.password} autoComplete="current-password" />
      </Form>
      <p><Link to="/forgot-password">{m.signIn.forgot}</Link></p>
      <p>{m.signIn.none} <Link to="/register">{m.nav.register}</Link></p>
    </Page>
  );
}

export function SignInPage() {
  const [next, setNext] = useState<Next | null>(null);
  const [enrolled, setEnrolled] = useState(false);
  const client = useQueryClient();
  useEffect(() => {
    if (next === null || next === 'second_factor') return;
    noteSession(true);
    void client.invalidateQueries({ queryKey: accountQuery.queryKey });
  }, [next, client]);
  // The session was good for enrolling alone, and has ended with it.
  const startAgain = () => {
    noteSession(false);
    void client.invalidateQueries({ queryKey: accountQuery.queryKey });
    setEnrolled(true);
    setNext(null);
  };
  if (next === null) return <Password enrolled={enrolled} onNext={setNext} />;
  if (next === 'second_factor') return <Factor onNext={setNext} />;
  if (next === 'enrol_second_factor') return <EnrolFactor onDone={startAgain} />;
  return (
    <Done title={m.signIn.done}>
      <p>{m.signIn.doneText}</p>
      <p><Link to="/">{m.states.toSales}</Link></p>
    </Done>
  );
}
