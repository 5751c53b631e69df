import { Checkbox, ErrorMessage, FormGroup, Label, TextInput } from '@trussworks/react-uswds';
import { type HTMLInputAutoCompleteAttribute, type ReactNode, useState } from 'react';

import { m } from '@/messages';

interface FieldProps {
  name: string;
  label: string;
  value: string;
  onValue: (value: string) => void;
  hint?: string;
  error?: string | undefined;
  autoComplete?: HTMLInputAutoCompleteAttribute;
  inputMode?: 'decimal' | 'numeric' | 'email' | 'text';
  type?: 'text' | 'email' | 'password';
}

type AroundProps = Pick<FieldProps, 'name' | 'label' | 'hint' | 'error'>;

const describedBy = ({ name, hint, error }: AroundProps) =>
  [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ') || undefined;

/** A field's name, its hint and what is wrong with it, tied to it for screen readers. */
function Around({ name, label, hint, error, children }: AroundProps & { children: ReactNode }) {
  return (
    <FormGroup error={error !== undefined}>
      <Label htmlFor={name} error={error !== undefined}>{label}</Label>
      {hint && <span className="usa-hint" id={`${name}-hint`}>{hint}</span>}
      {error && <ErrorMessage id={`${name}-error`}>{error}</ErrorMessage>}
      {children}
    </FormGroup>
  );
}

export function TextField(props: FieldProps) {
  const { name, value, onValue, error, autoComplete, inputMode, type = 'text' } = props;
  return (
    <Around {...props}>
      <TextInput id={name} name={name} type={type} value={value} inputMode={inputMode ?? 'text'}
        autoComplete={autoComplete ?? 'off'} {...(error ? { validationStatus: 'error' as const } : {})} aria-invalid={error !== undefined}
        aria-describedby={describedBy(props)} onChange={(event) => onValue(event.target.value)} />
    </Around>
  );
}

/** A day, as `2026-05-27`, chosen with the browser's own calendar. */
export function DateField(props: AroundProps & Pick<FieldProps, 'value' | 'onValue'>) {
  const { name, value, onValue, error } = props;
  return (
    <Around {...props}>
      <input className={error === undefined ? 'usa-input' : 'usa-input usa-input--error'} id={name} name={name} type="date" value={value}
        aria-invalid={error !== undefined} aria-describedby={describedBy(props)} onChange={(event) => onValue(event.target.value)} />
    </Around>
  );
}

export function PasswordField(props: Omit<FieldProps, 'type' | 'inputMode'>) {
  const [shown, setShown] = useState(false);
  return (
    <>
      <TextField {...props} type={shown ? 'text' : 'password'} />
      <Checkbox id={`${props.name}-shown`} name={`${props.name}-shown`} label={m.form.show} checked={shown}
        onChange={(event) => setShown(event.target.checked)} />
    </>
  );
}
