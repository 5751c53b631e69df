import { plural } from '@/lib/format';
import type { Action, Group } from '@/lib/shortcuts';

const keys: Record<string, string> = {
  Control: 'Ctrl', Meta: '⌘', Escape: 'Esc', Enter: 'Enter', ' ': 'Space', Home: 'Home', End: 'End', PageUp: 'Page up', PageDown: 'Page down',
  ArrowUp: 'Arrow up', ArrowDown: 'Arrow down', ArrowLeft: 'Arrow left', ArrowRight: 'Arrow right',
};

const groups: Record<Group, string> = {
  everywhere: 'Everywhere',
  palette: 'In “Go to”',
  tabs: 'On tabs',
  grid: 'In a list',
};

const does: { [Of in Group]: Record<Action<Of>, string> } = {
  everywhere: {
    palette: 'Go to a page, a sale or a certificate',
    sheet: 'Show these shortcuts',
    undo: 'Undo what was just done',
    close: 'Close a dialog or a menu',
  },
  palette: { next: 'Next one', previous: 'One before', first: 'First one', last: 'Last one', choose: 'Go there' },
  tabs: { next: 'Next tab', previous: 'Tab before', first: 'First tab', last: 'Last tab' },
  grid: {
    up: 'Row above',
    down: 'Row below',
    left: 'Cell to the left',
    right: 'Cell to the right',
    pageUp: 'Ten rows up',
    pageDown: 'Ten rows down',
    rowStart: 'First cell of the row',
    rowEnd: 'Last cell of the row',
    start: 'First row',
    end: 'Last row',
    open: 'Open the row, or sort by the column',
    choose: 'Choose the row',
  },
};

export const commands = {
  shortcuts: {
    title: 'Keyboard shortcuts',
    close: 'Close',
    keys,
    groups,
    does,
    characters: 'Shortcuts of a single character',
    charactersHint: 'Such as “?”. Without them, this list is still reached from the foot of each page. Kept in this browser.',
    notKept: 'This browser keeps nothing for the site, so they stay on.',
  },
  palette: {
    button: 'Go to…',
    title: 'Go to',
    field: 'Page, sale, parcel or number',
    list: 'Where to go',
    close: 'Close',
    unreachable: 'This part of the site could not be loaded. Try again when there is a connection.',
    here: (sale: string) => `This sale: ${sale}`,
    pages: 'Pages',
    sales: 'Sales',
    counties: 'Counties',
    commands: 'Commands',
    items: 'Certificates of this sale',
    overview: 'Rules and batches',
    map: 'Certificates on a map',
    results: (batch: number) => `Batch ${batch}: results`,
    check: (batch: number) => `Batch ${batch}: check the draw`,
    item: (number: number, parcel: string) => `${number}: ${parcel}`,
    saleOf: (county: string, sale: string) => `${county}: ${sale}`,
    searching: 'Looking for certificates…',
    itemsFailed: 'The certificates could not be searched.',
    listsFailed: 'Sales and counties could not be loaded.',
    none: 'Nothing is called that.',
    noneOutside: 'Nothing is called that. Parcels and numbers are found on the pages of their sale.',
    found: (entries: number) => `${plural(entries, 'place', 'places')} to go`,
    allItems: (typed: string) => `All that match “${typed}”`,
    signedOut: 'You are signed out.',
    words: {
      home: 'home start calendar',
      guide: 'guide help rules',
      calculator: 'yield interest redemption',
      verify: 'verify transcript proof verifier',
      signIn: 'login log in',
      signOut: 'logout log out',
      register: 'account sign up',
      shortcuts: 'help keys',
      results: 'awards winners',
      check: 'verify verifier transcript',
      overview: 'sale dates close',
      list: 'items list catalogue parcels',
      map: 'items parcels',
    },
  },
};
