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
  const keep = (next: Views) => {
    setViews(next);
    localStorage.setItem(stored(grid), JSON.stringify(next));
  };
  return {
    views,
    save: (name: string, search: string) => keep({ ...views, [name]: search }),
    remove: (name: string) => keep(Object.fromEntries(Object.entries(views).filter(([each]) => each !== name))),
  };
}
