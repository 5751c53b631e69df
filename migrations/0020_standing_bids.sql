-- The projector finds what stands and what was seen by key, and writes its rows without a detour.

CREATE UNIQUE INDEX bids_standing ON bids (batch_id, user_id, certificate_id)
    WHERE status = 'standing';
COMMENT ON INDEX bids_standing IS 'A bidder has at most one standing bid on an item of a batch.';
CREATE INDEX bids_by_bid_id ON bids (batch_id, user_id, bid_id);

DROP TABLE bids_staging;
