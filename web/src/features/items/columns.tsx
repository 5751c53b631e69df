import { Link } from '@tanstack/react-router';

import type { GridColumn } from '@/components/data-grid/types';
import { ItemStatus } from '@/components/ui/status';
import { count, dash, money, rate } from '@/lib/format';
import type { Item } from '@/lib/queries';
import { namedUse } from '@/lib/uses';
import { m } from '@/messages';

export const columnsOf = (auction_id: string, state: string | undefined): GridColumn<Item>[] => [
  {
    id: 'adv_no',
    label: m.columns.adv_no,
    sort: 'number',
    number: true,
    width: 80,
    cell: (item) => (
      <Link to="/sales/$auction_id/items/$adv_no" params={{ auction_id, adv_no: String(item.adv_no) }} tabIndex={-1}>
        {item.adv_no}
      </Link>
    ),
  },
  { id: 'parcel_id', label: m.columns.parcel_id, width: 200, cell: (item) => item.parcel_id },
  { id: 'face', label: m.columns.face, sort: 'face', number: true, width: 110, cell: (item) => money(item.face) },
  { id: 'assessed_value', label: m.columns.assessed_value, sort: 'value', number: true, width: 190, cell: (item) => money(item.assessed_value) },
  { id: 'status', label: m.columns.status, width: 220, cell: (item) => <ItemStatus of={item.status} /> },
  { id: 'rate', label: m.columns.rate, sort: 'rate', number: true, width: 90, cell: (item) => rate(item.rate) },
  { id: 'bids', label: m.columns.bids, sort: 'bids', number: true, width: 80, cell: (item) => count(item.bids) },
  { id: 'owner_name', label: m.columns.owner_name, width: 180, cell: (item) => item.owner_name ?? dash },
  { id: 'address', label: m.columns.address, width: 180, cell: (item) => item.address || dash, hidden: true },
  { id: 'city', label: m.columns.city, width: 120, cell: (item) => item.city || dash },
  { id: 'use_code', label: m.columns.use_code, width: 220, cell: (item) => (item.use_code ? namedUse(state, item.use_code) : dash) },
  { id: 'batch_number', label: m.columns.batch_number, number: true, width: 80, cell: (item) => item.batch_number },
  { id: 'homestead', label: m.columns.homestead, width: 110, cell: (item) => (item.homestead ? m.items.yes : m.items.no), hidden: true },
  { id: 'tax_year', label: m.columns.tax_year, number: true, width: 90, cell: (item) => item.tax_year, hidden: true },
  { id: 'tied', label: m.columns.tied, number: true, width: 110, cell: (item) => count(item.tied), hidden: true },
];
