import { isChosen } from './selection';
import type { Selection } from './types';

/** The lines of a file that are chosen, by what stands in its first column. Its first line stays. */
export const chosenRows = (rows: string[][], chosen: Selection): string[][] =>
  rows.filter(([key = ''], line) => line === 0 || isChosen(chosen, key));
