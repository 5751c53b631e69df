import { useQueries, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';

import { Page } from '@/components/ui/page';
import { Empty, Shown } from '@/components/ui/states';
import { auctionsQuery, batchesQuery } from '@/lib/queries';
import { m } from '@/messages';

import { Check } from './check';

const salesMax = 10; // The newest ones; a link from a batch names any.

/** The published files of a batch and what checks them. */
function Published({ batch_id }: { batch_id: string }) {
  const transcript = `/transcripts/transcript-${batch_id}.json`;
  const leaves = `/transcripts/transcript-${batch_id}.leaves`;
  return (
    <>
      <h2>{m.verify.check}</h2>
      <Check key={batch_id} sale={{ batch: batch_id }} />
      <h2>{m.verify.files}</h2>
      <ul>
        <li><a href={transcript} download>{m.batch.transcript}</a></li>
        <li><a href={leaves} download>{m.batch.leaves}</a></li>
        <li><a href="/.well-known/strikeoff-keys.json" download>{m.verify.key}</a></li>
        <li><Link to="/batches/$batch_id" params={{ batch_id }}>{m.batch.results}</Link></li>
      </ul>
      <h2>{m.verify.command}</h2>
      <p>{m.verify.commandText}</p>
      <pre className="command"><code>{`strikeoff verify transcript-${batch_id}.json`}</code></pre>
    </>
  );
}

function Choice({ chosen }: { chosen: string | undefined }) {
  const navigate = useNavigate();
  const sales = useQuery(auctionsQuery);
  const newest = (sales.data ?? []).slice(0, salesMax);
  const batches = useQueries({ queries: newest.map((sale) => batchesQuery(sale.id)) });
  return (
    <Shown query={sales}>
      {() => {
        const closed = newest.flatMap((sale, index) =>
          (batches[index]?.data ?? []).filter((batch) => batch.status === 'closed').map((batch) => ({ sale, batch })),
        );
        if (closed.length === 0 && batches.every((each) => !each.isPending) && !chosen) return <Empty>{m.verify.none}</Empty>;
        const known = closed.some(({ batch }) => batch.id === chosen);
        return (
          <label className="facet">
            {m.verify.batch}
            <select className="usa-select" value={chosen ?? ''}
              onChange={(event) => void navigate({ to: '/verify', search: { batch: event.target.value || undefined }, replace: true })}>
              <option value="">{m.verify.choose}</option>
              {chosen && !known && <option value={chosen}>{chosen}</option>}
              {closed.map(({ sale, batch }) => (
                <option key={batch.id} value={batch.id}>{`${sale.county_name}, ${sale.name}: ${m.batch.title(batch.number)}`}</option>
              ))}
            </select>
          </label>
        );
      }}
    </Shown>
  );
}

/** Files that the reader has, from wherever. */
function OwnFiles() {
  // Files of one name and time may differ all the same: each choice is another check.
  const [{ files, choice }, choose] = useState<{ files: File[]; choice: number }>({ files: [], choice: 0 });
  const transcript = files.find((file) => file.name.endsWith('.json'));
  const leaves = files.find((file) => file.name.endsWith('.leaves'));
  return (
    <>
      <h2>{m.verify.own}</h2>
      <label className="facet">
        {m.verify.ownFiles}
        <input className="usa-file-input check-files" type="file" multiple accept=".json,.leaves"
          onChange={(event) => choose({ files: [...(event.target.files ?? [])], choice: choice + 1 })} />
      </label>
      {files.length > 0 && !(transcript && leaves) && <p role="status">{m.verify.ownBoth}</p>}
      {transcript && leaves && <Check key={choice} sale={{ transcript, leaves }} />}
    </>
  );
}

export function VerifyPage() {
  const { batch } = useSearch({ from: '/verify' });
  return (
    <Page title={m.verify.title}>
      <p className="usa-intro">{m.verify.intro}</p>
      <Choice chosen={batch} />
      {batch && <Published batch_id={batch} />}
      <OwnFiles />
    </Page>
  );
}
