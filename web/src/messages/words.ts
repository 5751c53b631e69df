type Words = Record<string, string>;

/** What the service's own words mean to people. */
export const words = {
  sale: {
    draft: 'Draft',
    published: 'Published, bidding has not opened',
    open: 'Open for bids',
    paused: 'Paused, no bids are taken',
    closing: 'Closing, the first batches have closed',
    closed: 'Closed, all batches have closed',
    settled: 'Settled, every winner has paid or forfeited',
    canceled: 'Canceled',
  } as Words,
  batch: {
    scheduled: 'Not open yet',
    open: 'Open for bids',
    paused: 'Paused, no bids are taken',
    closing: 'Bidding has ended, awards are being made',
    closed: 'Closed',
    canceled: 'Canceled',
  } as Words,
  item: {
    offered: 'Offered',
    withdrawn: 'Withdrawn',
    awarded: 'Awarded',
    struck: 'Struck to the county',
    void_paid: 'Taxes paid after the close',
  } as Words,
  certificate: {
    pending: 'Pending',
    active: 'Active',
    sold: 'Sold',
    redeemed: 'Redeemed',
    canceled: 'Canceled',
  } as Words,
  record: {
    opening: 'Opening: times, rules, lots and commitments',
    end_moved: 'Change: the end was moved',
    paused: 'Change: paused',
    resumed: 'Change: resumed',
    lot_withdrawn: 'Change: an item was withdrawn',
    canceled: 'Change: canceled',
    head: 'Head: the bids were counted',
    close: 'Close record: nothing can change any more',
  } as Words,
  amendment: {
    void_paid: 'Taken back: the taxes were paid',
    award_voided: 'Taken back: the award was voided',
    forfeited: 'Taken back: the winner did not pay',
  } as Words,
};
