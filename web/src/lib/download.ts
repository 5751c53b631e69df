/** Gives bytes to the reader as a file. */
export function download(name: string, type: string, parts: BlobPart[]): void {
  const address = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

export const downloadText = (name: string, type: string, text: string): void =>
  download(name, `${type};charset=utf-8`, [text]);
