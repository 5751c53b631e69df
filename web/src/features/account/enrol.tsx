import { Button } from '@trussworks/react-uswds';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';

import { TextField } from '@/components/form/fields';
import { Form } from '@/components/form/form';
import { useForm } from '@/components/form/use_form';
import { Notice } from '@/components/ui/notice';
import { Page } from '@/components/ui/page';
import { api, unwrap } from '@/lib/api';
import { downloadText } from '@/lib/download';
import { m } from '@/messages';

/** Codes in groups of four, as people read and type them. */
const grouped = (text: string) => text.replace(/(.{4})(?=.)/g, '$1 ');

/** The codes are shown this once; whoever goes on says that they are kept. */
function BackupCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  return (
    <Page title={m.enrol.codesTitle}>
      <p>{m.enrol.codesText}</p>
      <ol className="usa-list backup-codes">
        {codes.map((code) => <li key={code}><code>{code}</code></li>)}
      </ol>
      <p className="form-buttons">
        <Button type="button" outline onClick={() => downloadText(m.enrol.codesFile, 'text/plain', `${codes.join('\n')}\n`)}>
          {m.enrol.codesDownload}
        </Button>
        <Button type="button" onClick={onKept}>{m.enrol.codesKept}</Button>
      </p>
    </Page>
  );
}

/** Sets up an authenticator app: for those whose role needs a second factor and who have none. */
export function EnrolFactor({ onDone }: { onDone: () => void }) {
  const { mutate, data, isError } = useMutation({
    mutationFn: async () => unwrap(await api.POST('/api/v1/account/second-factor/enrol')),
  });
  useEffect(() => mutate(), [mutate]);
  const form = useForm({
    values: { code: '' },
    send: async (body) => unwrap(await api.POST('/api/v1/account/second-factor/confirm', { body })).codes,
  });
  if (form.step.at === 'done') return <BackupCodes codes={form.step.answer} onKept={onDone} />;
  return (
    <Page title={m.enrol.title}>
      <p>{m.enrol.intro}</p>
      {isError && <Notice type="error" urgent>{m.form.unreachable}</Notice>}
      {data && (
        <>
          <p><img className="qr-code" alt={m.enrol.picture} src={`data:image/svg+xml;utf8,${encodeURIComponent(data.qr_svg)}`} /></p>
          <p>{m.enrol.byHand} <code className="secret">{grouped(data.secret)}</code></p>
          <Form of={form} submitLabel={m.enrol.submit}>
            <TextField {...form.field('code')} label={m.fields.code} hint={m.enrol.codeHint} inputMode="numeric" autoComplete="one-time-code" />
          </Form>
        </>
      )}
    </Page>
  );
}
