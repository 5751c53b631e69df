import { Button } from '@trussworks/react-uswds';
import { useEffect, useRef, useState, type ReactNode } from 'react';

import { Notice } from '@/components/ui/notice';
import { verifySale, type Outcome, type StepReport } from '@/lib/verifier';
import { m } from '@/messages';

/** What is checked: the published files of a batch, or files that the reader has. */
export type Sale = { batch: string } | { transcript: File; leaves: File };

type State =
  | { at: 'rest' }
  | { at: 'work'; steps: StepReport[] }
  | { at: 'end'; steps: StepReport[]; outcome: Outcome }
  | { at: 'broken'; message: string };

async function published(path: string, signal: AbortSignal): Promise<Response> {
  const answer = await fetch(path, { signal });
  if (!answer.ok) throw new Error(m.verify.notPublished);
  return answer;
}

async function run(sale: Sale, onStep: (report: StepReport) => void, signal: AbortSignal): Promise<Outcome> {
  if (!('batch' in sale)) return verifySale(sale.transcript, sale.leaves, onStep, { signal });
  const file = `/transcripts/transcript-${sale.batch}`;
  const transcript = await published(`${file}.json`, signal);
  const leaves = await published(`${file}.leaves`, signal);
  return verifySale(transcript, leaves, onStep, { signal });
}

function Step({ report }: { report: StepReport }) {
  const { progress } = report;
  return (
    <li className={`check-step check-${report.state}`}>
      <details>
        <summary>
          <strong>{m.verify.states[report.state]}</strong> {report.title}
          {progress && report.state === 'running' && ` (${m.verify.progress(progress.done, progress.total)})`}
        </summary>
        <dl>
          {report.inputs.map((fact) => (
            <div key={fact.label}>
              <dt>{fact.label}</dt>
              <dd className="check-value">{fact.value}</dd>
            </div>
          ))}
        </dl>
      </details>
      {report.outcome && <p className="check-outcome">{report.outcome}</p>}
    </li>
  );
}

function Verdict({ outcome }: { outcome: Outcome }): ReactNode {
  if (!outcome.ok)
    return (
      <Notice type="error" heading={m.verify.wrong}>
        {m.verify.meaning[outcome.step]} {m.verify.said(outcome.message)} <code>{outcome.reason}</code>
      </Notice>
    );
  return (
    <>
      <Notice type="success" heading={m.verify.right}>{m.verify.rightText(outcome.items, outcome.leaves)}</Notice>
      {outcome.warning && <Notice type="warning" heading={m.verify.but}>{outcome.warning}</Notice>}
    </>
  );
}

/** Makes the draw again in this browser, step by step. */
export function Check({ sale }: { sale: Sale }) {
  const [state, setState] = useState<State>({ at: 'rest' });
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = async () => {
    running.current?.abort();
    const control = new AbortController();
    running.current = control;
    let steps: StepReport[] = [];
    setState({ at: 'work', steps });
    try {
      const outcome = await run(sale, (report) => {
        steps = [...steps.filter((each) => each.id !== report.id), report];
        setState({ at: 'work', steps });
      }, control.signal);
      setState({ at: 'end', steps, outcome });
    } catch (error) {
      if (control.signal.aborted) return;
      setState({ at: 'broken', message: error instanceof Error ? error.message : String(error) });
    }
  };

  const steps = state.at === 'work' || state.at === 'end' ? state.steps : [];
  return (
    <section aria-label={m.verify.check}>
      <p>
        <Button type="button" aria-disabled={state.at === 'work'} onClick={() => state.at !== 'work' && void start()}>
          {state.at === 'work' ? m.verify.working : m.verify.start}
        </Button>
      </p>
      <div role="status">
        {state.at === 'end' && <Verdict outcome={state.outcome} />}
        {state.at === 'broken' && <Notice type="error" heading={m.verify.broken}>{state.message}</Notice>}
      </div>
      {steps.length > 0 && <ol className="check-steps">{steps.map((report) => <Step key={report.id} report={report} />)}</ol>}
    </section>
  );
}
