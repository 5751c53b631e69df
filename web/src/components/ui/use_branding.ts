import { useEffect } from 'react';

import { brandingOf, showBranding } from '@/lib/branding';

/** A county's name and colours, as long as a page of it is shown. */
export function useBranding(settings: unknown): void {
  useEffect(() => {
    showBranding(settings ? brandingOf(settings as Record<string, unknown>) : null);
    return () => showBranding(null);
  }, [settings]);
}
