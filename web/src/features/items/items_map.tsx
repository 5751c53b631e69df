import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';

import { DataTable } from '@/components/ui/data_table';
import { Empty, Loading, Shown } from '@/components/ui/states';
import { count, money } from '@/lib/format';
import { type Auction, countyQuery, type Facets, type Item } from '@/lib/queries';
import { m } from '@/messages';

import { readItems } from './queries';
import { filtersOf, type ItemsSearch } from './search';

const CountyMap = lazy(() => import('@/components/map/county_map'));

const pointsMax = 2_000; // More are a blot on a map of this size, and a list of rows is for more.

interface Placed {
  item: Item;
  longitude: number;
  latitude: number;
}

/** The items with coordinates among the first that match. */
async function readPlaced(auction_id: string, search: ItemsSearch, signal: AbortSignal) {
  const items: Item[] = [];
  for (;;) {
    const page = await readItems(auction_id, search, items.length, signal);
    items.push(...page);
    if (page.length === 0 || items.length >= pointsMax) break;
  }
  const placed = items.flatMap((item): Placed[] =>
    typeof item.longitude === 'string' && typeof item.latitude === 'string'
      ? [{ item, longitude: Number(item.longitude), latitude: Number(item.latitude) }]
      : [],
  );
  return { looked: items.length, placed };
}

/** Where items lie is known by their city at the least, if the roll says it. */
function Cities({ facets }: { facets: Facets | undefined }) {
  if (!facets) return null;
  if (facets.city.length === 0) return <Empty>{m.map.noCities}</Empty>;
  return (
    <DataTable caption={m.map.byCity}
      columns={[{ label: m.columns.city }, { label: m.map.certificates, number: true }]}
      rows={facets.city.map((city) => ({ key: city.value, cells: [city.value, count(city.count)] }))} />
  );
}

const listed = 100;

function Points({ auction_id, placed }: { auction_id: string; placed: Placed[] }) {
  return (
    <DataTable caption={m.map.table(Math.min(listed, placed.length), placed.length)}
      columns={[{ label: m.columns.adv_no, number: true }, { label: m.columns.parcel_id }, { label: m.columns.face, number: true }, { label: m.map.place }]}
      rows={placed.slice(0, listed).map(({ item, longitude, latitude }) => ({
        key: String(item.adv_no),
        cells: [
          <Link key="n" to="/sales/$auction_id/items/$adv_no" params={{ auction_id, adv_no: String(item.adv_no) }}>{item.adv_no}</Link>,
          item.parcel_id,
          money(item.face),
          <span key="p" className="tabular">{m.map.coordinates(latitude, longitude)}</span>,
        ],
      }))} />
  );
}

interface ItemsMapProps {
  sale: Auction;
  search: ItemsSearch;
  facets: Facets | undefined;
  onChoose: (adv_no: string) => void;
}

/** Where the items lie, as far as the county's roll says; the same as a table beside it. */
export function ItemsMap({ sale, search, facets, onChoose }: ItemsMapProps) {
  const county = useQuery(countyQuery(sale.county_id));
  const found = useQuery({
    queryKey: ['places', sale.id, filtersOf(search), search.sort],
    staleTime: 60_000,
    queryFn: ({ signal }) => readPlaced(sale.id, search, signal),
  });
  return (
    <Shown query={county}>
      {({ fips }) => (
        <Shown query={found}>
          {({ looked, placed }) => (
            <>
              <p role="status">{placed.length === 0 ? m.map.none(looked) : m.map.some(placed.length, looked)}</p>
              <div className="split">
                {fips ? (
                  <Suspense fallback={<Loading />}>
                    <CountyMap fips={fips} label={m.map.label(placed.length)} onChoose={onChoose}
                      points={placed.map(({ item, longitude, latitude }) => ({ id: String(item.adv_no), longitude, latitude }))} />
                  </Suspense>
                ) : <Empty>{m.county.noMap}</Empty>}
                <div>
                  {placed.length > 0 && <Points auction_id={sale.id} placed={placed} />}
                  <Cities facets={facets} />
                </div>
              </div>
            </>
          )}
        </Shown>
      )}
    </Shown>
  );
}
