import { useQuery } from '@tanstack/react-query';

import { type County, countyQuery } from '@/lib/queries';

import { useBranding } from './use_branding';

/** The county whose sale a page is about, once it is known which one that is, and its look. */
export function useSaleCounty(county_id: string | undefined): County | undefined {
  const county = useQuery({ ...countyQuery(county_id ?? ''), enabled: county_id !== undefined });
  useBranding(county.data?.settings);
  return county.data;
}
