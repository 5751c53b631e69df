import { Button } from '@trussworks/react-uswds';
import type { FormEvent, ReactNode } from 'react';

import { Notice } from '@/components/ui/notice';
import { Facts } from '@/components/ui/facts';
import { m } from '@/messages';

interface FormProps {
  of: {
    submit: (event: FormEvent<HTMLFormElement>) => void;
    failure: string;
    step: { at: string };
    change: () => void;
  };
  submitLabel: string;
  /** What is shown for review; without it the form sends at once. */
  review?: { heading: string; facts: [string, ReactNode][] };
  children: ReactNode;
}

export function Form({ of, submitLabel, review, children }: FormProps) {
  const sending = of.step.at === 'sending';
  const reviewing = review && of.step.at !== 'enter';
  return (
    <form className="usa-form usa-form--large" noValidate onSubmit={of.submit}>
      {of.failure && <Notice type="error" urgent>{of.failure}</Notice>}
      {reviewing ? (
        <>
          <h2>{review.heading}</h2>
          <Facts of={review.facts} />
        </>
      ) : children}
      <p className="form-buttons">
        <Button type="submit" aria-disabled={sending}>
          {sending ? m.form.sending : review && !reviewing ? m.form.review : submitLabel}
        </Button>
        {reviewing && <Button type="button" outline aria-disabled={sending} onClick={() => !sending && of.change()}>{m.form.change}</Button>}
      </p>
    </form>
  );
}
