import { type FormEvent, useState } from 'react';

import { count } from '@/lib/format';
import type { Facets } from '@/lib/queries';
import { m } from '@/messages';

import type { FilterName, ItemsSearch } from './search';

type Change = (search: Partial<ItemsSearch>) => void;
type FacetName = 'batch' | 'status' | 'city' | 'use_code' | 'homestead';

const facetNames: FacetName[] = ['batch', 'status', 'city', 'use_code', 'homestead'];

function wordOf(name: FacetName, value: string): string {
  if (name === 'status') return m.words.item[value] ?? value;
  if (name === 'homestead') return value === 'true' ? m.items.yes : m.items.no;
  return value;
}

function Facet({ name, facets, search, change }: { name: FacetName; facets: Facets; search: ItemsSearch; change: Change }) {
  const counts = facets[name];
  const chosen = search[name];
  // What is chosen stays on the list when nothing matches it any more.
  const missing = chosen !== undefined && !counts.some((each) => each.value === chosen);
  return (
    <label className="facet">
      {m.items[name]}
      <select className="usa-select" value={chosen ?? ''} onChange={(event) => change({ [name]: event.target.value || undefined })}>
        <option value="">{m.items.any}</option>
        {missing && <option value={chosen}>{wordOf(name, chosen)} (0)</option>}
        {counts.map((each) => (
          <option key={each.value} value={each.value}>{wordOf(name, each.value)} ({count(each.count)})</option>
        ))}
      </select>
    </label>
  );
}

function Typed({ search, change }: { search: ItemsSearch; change: Change }) {
  const typed: FilterName[] = ['q', 'face_min', 'face_max'];
  const [texts, setTexts] = useState(() => Object.fromEntries(typed.map((name) => [name, search[name] ?? ''])));
  const labels: Record<string, string> = { q: m.items.search, face_min: m.items.faceMin, face_max: m.items.faceMax };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change(Object.fromEntries(typed.map((name) => [name, texts[name]?.trim() || undefined])));
  };
  return (
    <form className="facet-form" role="search" onSubmit={submit}>
      {typed.map((name) => (
        <label className="facet" key={name}>
          {labels[name]}
          {name === 'q' && <span className="usa-hint"> {m.items.searchHint}</span>}
          <input className="usa-input" inputMode={name === 'q' ? 'search' : 'decimal'} value={texts[name]}
            onChange={(event) => setTexts({ ...texts, [name]: event.target.value })} />
        </label>
      ))}
      <button type="submit" className="usa-button usa-button--outline">{m.items.apply}</button>
    </form>
  );
}

export function Filters({ facets, search, change, clear }: { facets: Facets | undefined; search: ItemsSearch; change: Change; clear: () => void }) {
  return (
    <section className="filters" aria-label={m.items.facets}>
      <Typed key={`${search.q} ${search.face_min} ${search.face_max}`} search={search} change={change} />
      {facets && (
        <div className="facets">
          {facetNames.map((name) => <Facet key={name} name={name} facets={facets} search={search} change={change} />)}
          <button type="button" className="link-button" onClick={clear}>{m.items.clear}</button>
        </div>
      )}
    </section>
  );
}
