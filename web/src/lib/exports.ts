import { formatCsv } from './csv';
import { download, downloadText } from './download';

/** Gives rows, the first of which names the columns, to the reader as a file. */
export async function saveRows(title: string, sheet: string, kind: 'csv' | 'xlsx', rows: string[][]): Promise<void> {
  const name = title.replaceAll(/[^\w-]+/g, '-');
  if (kind === 'csv') {
    downloadText(`${name}.csv`, 'text/csv', formatCsv(rows));
    return;
  }
  const { workbook, xlsxType } = await import('./xlsx');
  download(`${name}.xlsx`, xlsxType, await workbook(sheet, rows));
}
