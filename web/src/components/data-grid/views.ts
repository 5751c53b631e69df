import { useState } from 'react';

type Views = Record<string, string>;

const stored = (grid: string) => `strikeoff.views.${grid}`;

function read(grid: string): Views {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(stored(grid)) ?? '{}');
    return typeof found === 'object' && found !== null ? (found as Views) : {};
  } catch {
    return {}; // Something else's, or no storage in this browser: then there are no views.
  }
}

/** Named addresses of a grid, kept in this browser. */
export function useViews(grid: string) {
  const [views, setViews] = useState(() => read(grid));
  // What is kept counts, not what was read when the page was drawn: an undo may come much later.
  const keep = (change: (views: Views) => Views) => {
    const next = change(read(grid));
    setViews(next);
    localStorage.setItem(stored(grid), JSON.stringify(next));
  };
  return {
    views,
    save: (name: string, search: string) => keep((all) => ({ ...all, [name]: search })),
    remove: (name: string) => keep((all) => Object.fromEntries(Object.entries(all).filter(([each]) => each !== name))),
  };
}
