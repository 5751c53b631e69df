import { formatCsv, parseCsv } from '@/lib/csv';
import { download, downloadText } from '@/lib/download';

import { chosenRows } from './chosen_rows';
import { everything } from './selection';
import type { Selection } from './types';

interface SavedList {
  title: string;
  sheet: string;
  kind: 'csv' | 'xlsx';
  /** All rows that match, as the service's CSV, which names the columns first. */
  text: string;
  chosen?: Selection;
}

/** Gives the rows of a list that are chosen to the reader as a file. */
export async function saveList({ title, sheet, kind, text, chosen = everything }: SavedList): Promise<void> {
  const name = title.replaceAll(/[^\w-]+/g, '-');
  if (kind === 'csv') {
    const isWhole = chosen.all && chosen.keys.size === 0;
    downloadText(`${name}.csv`, 'text/csv', isWhole ? text : formatCsv(chosenRows(parseCsv(text), chosen)));
    return;
  }
  const { workbook, xlsxType } = await import('@/lib/xlsx');
  download(`${name}.xlsx`, xlsxType, await workbook(sheet, chosenRows(parseCsv(text), chosen)));
}
