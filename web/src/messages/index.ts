// Every text that people read. Another language is another object of this type.
import { account } from './account';
import { commands } from './commands';
import { items } from './items';
import { pages } from './pages';
import { words } from './words';

export const m = { ...pages, ...account, ...items, ...commands, words };
