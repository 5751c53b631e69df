import { faults } from '@/messages/verifier';

import { finalEnd } from './check_records';
import { changeKinds, type Transcript } from './transcript';

interface Period {
  readonly from: bigint;
  /** The end in force. */
  readonly end: bigint;
  readonly paused: boolean;
}

/** When the batch took bids, as its opening and changes tell. */
export class OpenTimes {
  private readonly periods: Period[];
  /** None in the open format: each item has its own. */
  private readonly finalEnd: bigint | undefined;
  private current = 0;

  constructor(transcript: Transcript) {
    const { changes, open } = transcript;
    this.finalEnd = transcript.rules.format === 'open' ? undefined : finalEnd(transcript);
    this.periods = [{ from: open.start, end: open.end, paused: false }];
    let paused = false;
    for (const change of changes) {
      if (change.kind === changeKinds.paused) paused = true;
      if (change.kind === changeKinds.resumed) paused = false;
      this.periods.push({ from: change.at, end: change.newEnd, paused });
    }
  }

  /**
   * What is wrong with a bid accepted `at`, in words; empty when nothing is. The times asked for
   * never decrease. At the very moment of a change the bid may stand before or after it.
   */
  objection(at: bigint): string {
    if (at < this.period(0).from) return faults.beforeStart;
    if (this.finalEnd !== undefined && at >= this.finalEnd) return faults.afterEnd;
    const last = this.periods.length - 1;
    while (this.current < last && this.period(this.current + 1).from < at) ++this.current;
    let objection = '';
    for (let i = this.current; i <= last; ++i) {
      const { from, end, paused } = this.period(i);
      if (i > this.current && from !== at) break;
      const hasEnded = this.finalEnd !== undefined && at >= end;
      if (!hasEnded && !paused) return '';
      objection = paused
        ? faults.whilePaused
        : faults.afterEndInForce;
    }
    return objection;
  }

  private period(i: number): Period {
    return this.periods[i] as Period;
  }
}
