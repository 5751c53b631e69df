import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import { ScrollTable } from '@/components/ui/facts';
import { Empty, Shown } from '@/components/ui/states';
import { Instant } from '@/components/ui/time';
import { rate } from '@/lib/format';
import { m } from '@/messages';

import { bidsQuery } from './queries';

interface BidsProps {
  batch_id: string;
  adv_no: number;
  zone: string;
  close: () => void;
}

/** All bids that stood on an item at the close, lowest first. */
export function Bids({ batch_id, adv_no, zone, close }: BidsProps) {
  const bids = useQuery(bidsQuery(batch_id, adv_no));
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="bids-heading" onClose={close}>
      <h2 id="bids-heading">{m.batch.bidsOn(adv_no)}</h2>
      <Shown query={bids}>
        {(all) => all.length === 0 ? <Empty>{m.batch.noBids}</Empty> : (
          <ScrollTable caption={m.batch.allBids}>
            <thead>
              <tr>
                <th scope="col">{m.batch.bidder}</th>
                <th scope="col" className="number">{m.batch.rate}</th>
                <th scope="col">{m.batch.acceptedAt}</th>
                <th scope="col">{m.batch.won}</th>
              </tr>
            </thead>
            <tbody>
              {all.map((bid) => (
                <tr key={bid.bidder_ref + bid.accepted_at}>
                  <th scope="row"><code>{bid.bidder_ref.slice(0, 8)}</code></th>
                  <td className="number">{rate(bid.rate)}</td>
                  <td><Instant at={bid.accepted_at} zone={zone} /></td>
                  <td>{bid.awarded ? `✓ ${m.batch.won}` : ''}</td>
                </tr>
              ))}
            </tbody>
          </ScrollTable>
        )}
      </Shown>
      <button type="button" className="usa-button" onClick={() => dialog.current?.close()}>{m.batch.close}</button>
    </dialog>
  );
}
