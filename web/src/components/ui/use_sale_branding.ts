import { useQuery } from '@tanstack/react-query';

import { countyQuery } from '@/lib/queries';

import { useBranding } from './use_branding';

/** The look of the county whose sale a page is about, once it is known which one that is. */
export function useSaleBranding(county_id: string | undefined): void {
  const county = useQuery({ ...countyQuery(county_id ?? ''), enabled: county_id !== undefined });
  useBranding(county.data?.settings);
}
