import { Alert, AlertHeading, AlertText } from '@trussworks/react-uswds';
import type { ReactNode } from 'react';

interface NoticeProps {
  type: 'error' | 'warning' | 'info' | 'success';
  heading?: string;
  className?: string;
  /** Read out at once, as it comes while the reader is busy with something else. */
  urgent?: boolean;
  action?: ReactNode;
  children: ReactNode;
}

export function Notice({ type, heading, className = '', urgent = false, action, children }: NoticeProps) {
  return (
    <Alert type={type} slim={heading === undefined} className={className} {...(urgent ? { role: 'alert' } : {})}>
      {heading !== undefined && <AlertHeading level="h2">{heading}</AlertHeading>}
      <AlertText>{children}</AlertText>
      {action}
    </Alert>
  );
}
