import { Link } from '@tanstack/react-router';

import { PasswordField, TextField } from '@/components/form/fields';
import { Form } from '@/components/form/form';
import { useForm } from '@/components/form/use_form';
import { Done } from '@/components/ui/done';
import { Page } from '@/components/ui/page';
import { api, unwrap } from '@/lib/api';
import { m } from '@/messages';

export function RegisterPage() {
  const form = useForm({
    values: { first_name: '', last_name: '', email: '', password: '' },
    review: true,
    send: async (body) => unwrap(await api.POST('/api/v1/auth/sign-up', { body })),
  });
  const { first_name, last_name, email } = form.values;
  if (form.step.at === 'done')
    return <Done title={m.register.done}><p>{m.register.doneText(email)}</p></Done>;
  return (
    <Page title={m.register.title}>
      <p>{m.register.intro}</p>
      <Form of={form} submitLabel={m.register.submit} review={{
        heading: m.register.reviewHeading,
        facts: [[m.fields.firstName, first_name], [m.fields.lastName, last_name], [m.fields.email, email]],
      }}>
        <TextField {...form.field('first_name')} label={m.fields.firstName} autoComplete="given-name" />
        <TextField {...form.field('last_name')} label={m.fields.lastName} autoComplete="family-name" />
        <TextField {...form.field('email')} label={m.fields.email} type="email" inputMode="email" autoComplete="email" />
        <PasswordField {...form.field('password')} label={m.fields.password} hint={m.fields.passwordHint} autoComplete="new-password" />
      </Form>
      <p>{m.register.have} <Link to="/sign-in">{m.nav.signIn}</Link></p>
    </Page>
  );
}
