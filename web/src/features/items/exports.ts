import { formatCsv } from '@/lib/csv';
import { download, downloadText } from '@/lib/download';
import type { Auction } from '@/lib/queries';
import { m } from '@/messages';

import { matchingRows } from './queries';
import type { ItemsSearch } from './search';

/** The lines of those chosen; all of them when `keys` is null. The first line stays. */
async function chosenRows(auction_id: string, search: ItemsSearch, keys: ReadonlySet<string> | null) {
  const rows = await matchingRows(auction_id, search);
  return keys === null ? rows : rows.filter(([adv_no = ''], line) => line === 0 || keys.has(adv_no));
}

export async function exportItems(sale: Auction, search: ItemsSearch, kind: 'csv' | 'xlsx', keys: ReadonlySet<string> | null): Promise<void> {
  const rows = await chosenRows(sale.id, search, keys);
  const name = `${sale.county_name} ${sale.name}`.replaceAll(/[^\w-]+/g, '-');
  if (kind === 'csv') {
    downloadText(`${name}.csv`, 'text/csv', formatCsv(rows));
    return;
  }
  const { workbook, xlsxType } = await import('@/lib/xlsx');
  download(`${name}.xlsx`, xlsxType, await workbook(sale.name, rows));
}

export async function parcelNumbers(auction_id: string, search: ItemsSearch, keys: ReadonlySet<string> | null): Promise<string> {
  const [names = [], ...rows] = await chosenRows(auction_id, search, keys);
  const column = names.indexOf('parcel_id');
  await navigator.clipboard.writeText(rows.map((row) => row[column]).join('\n'));
  return m.items.copied(rows.length);
}
