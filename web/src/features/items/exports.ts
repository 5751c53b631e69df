import { chosenRows } from '@/components/data-grid/chosen_rows';
import { everything } from '@/components/data-grid/selection';
import type { Selection } from '@/components/data-grid/types';
import { saveRows } from '@/lib/exports';
import type { Auction } from '@/lib/queries';
import { m } from '@/messages';

import { matchingRows } from './queries';
import type { ItemsSearch } from './search';

export async function exportItems(sale: Auction, search: ItemsSearch, kind: 'csv' | 'xlsx', chosen: Selection = everything): Promise<void> {
  const rows = chosenRows(await matchingRows(sale.id, search), chosen);
  await saveRows(`${sale.county_name} ${sale.name}`, sale.name, kind, rows);
}

export async function copyParcelNumbers(auction_id: string, search: ItemsSearch, chosen: Selection): Promise<string> {
  const [names = [], ...rows] = chosenRows(await matchingRows(auction_id, search), chosen);
  const column = names.indexOf('parcel_id');
  await navigator.clipboard.writeText(rows.map((row) => row[column]).join('\n'));
  return m.items.copied(rows.length);
}
