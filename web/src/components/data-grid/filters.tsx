import { type FormEvent, useState } from 'react';

import { m } from '@/messages';

type Texts = Partial<Record<string, string | undefined>>;
type Change = (part: Texts) => void;

export interface TypedFilter {
  name: string;
  label: string;
  hint?: string;
  inputMode: 'search' | 'decimal';
}

export interface FacetFilter {
  name: string;
  label: string;
  counts: { value: string; count: number }[];
  word?: (value: string) => string;
}

function Facet({ facet, chosen, change }: { facet: FacetFilter; chosen: string | undefined; change: Change }) {
  const { name, label, counts, word = (value) => value } = facet;
  // What is chosen stays on the list when nothing matches it any more.
  const missing = chosen !== undefined && !counts.some((each) => each.value === chosen);
  return (
    <label className="facet">
      {label}
      <select className="usa-select" value={chosen ?? ''} onChange={(event) => change({ [name]: event.target.value || undefined })}>
        <option value="">{m.filters.any}</option>
        {missing && <option value={chosen}>{m.filters.option(word(chosen), 0)}</option>}
        {counts.map((each) => (
          <option key={each.value} value={each.value}>{m.filters.option(word(each.value), each.count)}</option>
        ))}
      </select>
    </label>
  );
}

function Typed({ typed, search, change }: { typed: TypedFilter[]; search: Texts; change: Change }) {
  const read = () => Object.fromEntries(typed.map(({ name }) => [name, search[name] ?? '']));
  const [texts, setTexts] = useState<Texts>(read);
  // An address that was changed elsewhere changes what stands here, and the focus stays.
  const address = JSON.stringify(read());
  const [seen, see] = useState(address);
  if (seen !== address) {
    see(address);
    setTexts(read());
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change(Object.fromEntries(typed.map(({ name }) => [name, texts[name]?.trim() || undefined])));
  };
  return (
    <form className="facet-form" role="search" onSubmit={submit}>
      {typed.map(({ name, label, hint, inputMode }) => (
        <label className="facet" key={name}>
          {label}
          {hint && <span className="usa-hint"> {hint}</span>}
          <input className="usa-input" inputMode={inputMode} value={texts[name] ?? ''}
            onChange={(event) => setTexts({ ...texts, [name]: event.target.value })} />
        </label>
      ))}
      <button type="submit" className="usa-button usa-button--outline">{m.filters.apply}</button>
    </form>
  );
}

interface FiltersProps {
  typed: TypedFilter[];
  facets: FacetFilter[] | undefined;
  search: Texts;
  change: Change;
  clear: () => void;
}

/** What narrows a list: texts to type, and values with how many rows each would leave. */
export function Filters({ typed, facets, search, change, clear }: FiltersProps) {
  // On a phone they would push the list off the screen.
  const [opened] = useState(() => !matchMedia('(max-width: 40rem)').matches || (facets ?? []).some(({ name }) => search[name]));
  return (
    <section className="filters" aria-label={m.filters.label}>
      <Typed typed={typed} search={search} change={change} />
      {facets?.length === 0 && <p><button type="button" className="link-button" onClick={clear}>{m.filters.clear}</button></p>}
      {facets && facets.length > 0 && (
        <details className="filters-more" open={opened}>
          <summary>{m.filters.more}</summary>
          <div className="facets">
            {facets.map((facet) => <Facet key={facet.name} facet={facet} chosen={search[facet.name]} change={change} />)}
            <button type="button" className="link-button" onClick={clear}>{m.filters.clear}</button>
          </div>
        </details>
      )}
    </section>
  );
}
