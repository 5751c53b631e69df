import { expect, test } from 'vitest';

import { filtersIn, readListSearch, searchOf } from './search';

test('an address that people have played with is still an address', () => {
  const read = readListSearch({ q: 7, status: '', sort: ['-face'], density: 'huge', batch: null, other: 'x' }, ['q', 'status', 'batch']);
  expect(read).toEqual({ q: '7', sort: '-face' });
});

test('filters are what narrows, and not how it is shown', () => {
  const search = readListSearch(searchOf('?q=oak&sort=-rate&hide=none&density=compact'), ['q', 'status']);
  expect(search).toEqual({ q: 'oak', sort: '-rate', hide: 'none', density: 'compact' });
  expect(filtersIn(search, ['q', 'status'])).toEqual({ q: 'oak' });
});
