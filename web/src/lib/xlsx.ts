// A workbook of one sheet: what ECMA-376 asks for at the least, in a zip file.

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

export const xlsxType = `${sheetType}.sheet`;

const escaped = (text: string) =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '') // No XML has them.
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** Numbers as numbers, so that a spreadsheet adds them up; what begins with a nought is a name. */
const isNumber = (text: string) => /^-?(0|[1-9]\d{0,13})(\.\d+)?$/.test(text);

const cellOf = (text: string) =>
  isNumber(text) ? `<c><v>${text}</v></c>` : `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

function parts(name: string, rows: string[][]): [string, string][] {
  const sheet = rows.map((row) => `<row>${row.map(cellOf).join('')}</row>`).join('');
  return [
    ['[Content_Types].xml', `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${sheetType}.worksheet+xml"/></Types>`],
    ['_rels/.rels', `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ['xl/workbook.xml', `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${escaped(name).slice(0, 31)}" sheetId="1" r:id="r1"/></sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', `<Relationships xmlns="${relations}"><Relationship Id="r1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`],
    ['xl/worksheets/sheet1.xml', `<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews><sheetData>${sheet}</sheetData></worksheet>`],
  ];
}

const crcTable = Uint32Array.from({ length: 256 }, (_unused, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; ++bit) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 255] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Numbers of two or four bytes, least first. */
function packed(...fields: [value: number, bytes: 2 | 4][]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [, bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [value, bytes] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

const sizeOf = (pieces: Uint8Array[]) => pieces.reduce((sum, piece) => sum + piece.length, 0);
const dosDate = 0x21; // 1980-01-01: the same rows make the same file.

export async function workbook(name: string, rows: string[][]): Promise<Uint8Array<ArrayBuffer>[]> {
  const files: Uint8Array<ArrayBuffer>[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let entries = 0;
  for (const [path, xml] of parts(name, rows)) {
    const plain = new TextEncoder().encode(declaration + xml);
    const body = await deflated(plain);
    const file = new TextEncoder().encode(path);
    const offset = sizeOf(files);
    const common: [number, 2 | 4][] = [
      [20, 2], [0x800, 2], [8, 2], [0, 2], [dosDate, 2], [crcOf(plain), 4], [body.length, 4], [plain.length, 4], [file.length, 2], [0, 2],
    ];
    files.push(packed([0x04034b50, 4], ...common), file, body);
    directory.push(packed([0x02014b50, 4], [20, 2], ...common, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), file);
    ++entries;
  }
  const end = packed([0x06054b50, 4], [0, 2], [0, 2], [entries, 2], [entries, 2], [sizeOf(directory), 4], [sizeOf(files), 4], [0, 2]);
  return [...files, ...directory, end];
}
