import { useEffect } from 'react';

import { applyBranding, brandingOf } from '@/lib/branding';

/** A county's colours, as long as a page of it is shown. */
export function useBranding(settings: Record<string, unknown> | undefined): void {
  useEffect(() => {
    applyBranding(settings ? brandingOf(settings) : null);
    return () => applyBranding(null);
  }, [settings]);
}
