import { Checkbox, ErrorMessage, FormGroup, Label, TextInput } from '@trussworks/react-uswds';
import { type HTMLInputAutoCompleteAttribute, useState } from 'react';

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

/** A field with its name, its hint and what is wrong with it, tied together for screen readers. */
export function TextField({ name, label, value, onValue, hint, error, autoComplete, inputMode, type = 'text' }: FieldProps) {
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return (
    <FormGroup error={error !== undefined}>
      <Label htmlFor={name} error={error !== undefined}>{label}</Label>
      {hint && <span className="usa-hint" id={`${name}-hint`}>{hint}</span>}
      {error && <ErrorMessage id={`${name}-error`}>{error}</ErrorMessage>}
      <TextInput id={name} name={name} type={type} value={value} inputMode={inputMode ?? 'text'}
        autoComplete={autoComplete ?? 'off'} {...(error ? { validationStatus: 'error' as const } : {})} aria-invalid={error !== undefined}
        aria-describedby={described || undefined} onChange={(event) => onValue(event.target.value)} />
    </FormGroup>
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
