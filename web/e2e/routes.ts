import type { Service } from './service.ts';

const unknown = '01a0c459-9d3b-7fe6-aaad-a4d044eab9bc';

/** Every address of the site, and what must stand on it. */
export const routesOf = ({ auction, closed, open, county }: Service): [path: string, text: string][] => [
  ['/', 'Calendar of sales'],
  [`/counties/${county}`, 'Sales of this county'],
  [`/sales/${auction}`, 'Rules of this sale'],
  [`/sales/${auction}/items`, 'Certificates on offer'],
  [`/sales/${auction}/items?view=map`, 'Certificates on offer'],
  [`/sales/${auction}/items/1`, 'Certificate 1'],
  [`/batches/${closed}`, 'Signed records'],
  [`/batches/${closed}/items/1`, 'See the item'],
  [`/batches/${open}`, 'Results stand here once'],
  [`/batches/${open}/items/1`, 'Results stand here once'],
  [`/verify?batch=${closed}`, 'What is published'],
  ['/how-it-works', 'The lowest rate wins'],
  ['/calculator', 'Interest paid'],
  ['/register', 'Looking needs none'],
  ['/sign-in', 'Forgot your password?'],
  ['/forgot-password', 'Send the link'],
  ['/confirm-address#token=x', 'Confirm this address'],
  ['/confirm-new-address#token=x', 'Confirm this address'],
  ['/reset-password#token=x', 'Set the password'],
  ['/reset-password', 'Ask for a new link'],
  ['/no/such/page', 'There is no such page'],
  [`/sales/${unknown}`, 'There is nothing here for you'],
];
