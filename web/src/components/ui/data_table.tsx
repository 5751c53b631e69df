import type { ReactNode } from 'react';

interface TableColumn {
  label: string;
  /** Digits stand under digits. */
  number?: boolean;
}

interface DataTableProps {
  caption: string;
  /** The caption is the heading above it, and is not shown a second time. */
  headed?: boolean;
  columns: TableColumn[];
  /** The first cell of a row names it. */
  rows: { key: string; cells: ReactNode[] }[];
}

const classOf = (column: TableColumn | undefined) => (column?.number ? 'number' : undefined);

/** A table for a page of text: it scrolls by itself when it is too wide, and is stacked on phones. */
export function DataTable({ caption, headed = false, columns, rows }: DataTableProps) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={caption}>
      <table className="usa-table usa-table--borderless usa-table--compact usa-table--stacked">
        <caption className={headed ? 'usa-sr-only' : ''}>{caption}</caption>
        <thead>
          <tr>{columns.map((column) => <th scope="col" className={classOf(column)} key={column.label}>{column.label}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...values] }) => (
            <tr key={key}>
              <th scope="row" className={classOf(columns[0])} data-label={columns[0]?.label}>{name}</th>
              {values.map((value, index) => {
                const column = columns[index + 1];
                return <td className={classOf(column)} data-label={column?.label} key={column?.label}>{value}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
