import { chosenRows } from '@/components/data-grid/chosen_rows';
import { saveList } from '@/components/data-grid/save_list';
import { everything } from '@/components/data-grid/selection';
import type { Selection } from '@/components/data-grid/types';
import { parseCsv } from '@/lib/csv';
import type { Auction } from '@/lib/queries';
import { m } from '@/messages';

import { matchingItems } from './queries';
import type { ItemsSearch } from './search';

export async function exportItems(sale: Auction, search: ItemsSearch, kind: 'csv' | 'xlsx', chosen: Selection = everything): Promise<void> {
  await saveList({ title: `${sale.county_name} ${sale.name}`, sheet: sale.name, kind, text: await matchingItems(sale.id, search), chosen });
}

export async function copyParcelNumbers(auction_id: string, search: ItemsSearch, chosen: Selection): Promise<string> {
  const [names = [], ...rows] = chosenRows(parseCsv(await matchingItems(auction_id, search)), chosen);
  const column = names.indexOf('parcel_id');
  await navigator.clipboard.writeText(rows.map((row) => row[column]).join('\n'));
  return m.items.copied(rows.length);
}
