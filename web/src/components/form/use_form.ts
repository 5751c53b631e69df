import { type FormEvent, useEffect, useRef, useState } from 'react';

import { ApiError } from '@/lib/api';
import { m } from '@/messages';

type Texts = Record<string, string>;

interface FormOptions<Values extends Texts, Answer> {
  values: Values;
  /** What can be seen to be wrong before anything is sent. */
  check?: (values: Values) => Partial<Record<keyof Values, string>>;
  send: (values: Values) => Promise<Answer>;
  /** Shows what was entered once more, and sends it only when that is confirmed. */
  review?: boolean;
  refusal?: (error: ApiError) => string | undefined;
}

export type FormStep<Answer> =
  | { at: 'enter' | 'review' | 'sending' }
  | { at: 'done'; answer: Answer };

function sentenceOf(error: unknown, refusal: ((error: ApiError) => string | undefined) | undefined): string {
  if (!(error instanceof ApiError)) return m.form.unreachable;
  if (error.status === 429) return m.form.limited;
  return refusal?.(error) ?? m.form.refused(error.problem.detail);
}

/**
 * The state of a form from entering to done. What the service says of a field stands at the field;
 * what it says of the whole stands above, and focus goes to the first thing to mend.
 */
export function useForm<Values extends Texts, Answer>(options: FormOptions<Values, Answer>) {
  const [values, setValues] = useState(options.values);
  const [errors, setErrors] = useState<Partial<Record<string, string>>>({});
  const [failure, setFailure] = useState('');
  const [step, setStep] = useState<FormStep<Answer>>({ at: 'enter' });

  const toMend = useRef<{ form: HTMLFormElement; name: string }>(null);
  // After each rendering: a form that shows its review has to show its fields first.
  useEffect(() => {
    const field = toMend.current?.form.querySelector<HTMLElement>(`[name="${toMend.current.name}"]`);
    if (!field) return;
    toMend.current = null;
    field.focus();
  });

  const showErrors = (form: HTMLFormElement, found: Partial<Record<string, string>>) => {
    setErrors(found);
    const [first] = Object.keys(found).filter((name) => found[name]);
    toMend.current = first ? { form, name: first } : null;
    return first !== undefined;
  };
  const send = async (form: HTMLFormElement) => {
    setStep({ at: 'sending' });
    try {
      setStep({ at: 'done', answer: await options.send(values) });
    } catch (error) {
      setStep({ at: 'enter' });
      setFailure(sentenceOf(error, options.refusal));
      const fields = error instanceof ApiError ? error.problem.fields : [];
      showErrors(form, Object.fromEntries(fields.map(({ field, message }) => [field, message])));
    }
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    if (step.at === 'sending') return;
    setFailure('');
    const missing = Object.keys(values).filter((name) => values[name] === '').map((name) => [name, m.form.required]);
    if (showErrors(form, { ...Object.fromEntries(missing), ...options.check?.(values) })) return;
    if (options.review && step.at === 'enter') setStep({ at: 'review' });
    else void send(form);
  };
  return {
    values, failure, step, submit,
    change: () => setStep({ at: 'enter' }),
    field: <Name extends keyof Values & string>(name: Name) => ({
      name,
      value: values[name],
      error: errors[name],
      onValue: (value: string) => setValues({ ...values, [name]: value }),
    }),
  };
}
