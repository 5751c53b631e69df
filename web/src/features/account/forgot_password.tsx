import { TextField } from '@/components/form/fields';
import { Form } from '@/components/form/form';
import { useForm } from '@/components/form/use_form';
import { Done } from '@/components/ui/done';
import { Page } from '@/components/ui/page';
import { api, unwrap } from '@/lib/api';
import { m } from '@/messages';

export function ForgotPasswordPage() {
  const form = useForm({
    values: { email: '' },
    send: async (body) => unwrap(await api.POST('/api/v1/auth/ask-for-reset', { body })),
  });
  if (form.step.at === 'done')
    return <Done title={m.forgot.done}><p>{m.forgot.doneText(form.values.email)}</p></Done>;
  return (
    <Page title={m.forgot.title}>
      <p>{m.forgot.intro}</p>
      <Form of={form} submitLabel={m.forgot.submit}>
        <TextField {...form.field('email')} label={m.fields.email} type="email" inputMode="email" autoComplete="email" />
      </Form>
    </Page>
  );
}
