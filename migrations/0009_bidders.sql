-- Who bids in a sale, for whom, and up to what amount.

CREATE TYPE auction_bidder_status AS ENUM ('eligible', 'barred');

CREATE TABLE auction_bidders (
    county_id             uuid NOT NULL,
    auction_id            uuid NOT NULL,
    number                int NOT NULL
                          CONSTRAINT auction_bidders_number_positive CHECK (number >= 1),
    user_id               uuid NOT NULL REFERENCES users,
    bidder_number_id      uuid NOT NULL,
    bidder_ref            bytea NOT NULL CONSTRAINT auction_bidders_ref_length
                          CHECK (octet_length(bidder_ref) = 16),
    weight                int NOT NULL DEFAULT 1 CONSTRAINT auction_bidders_weight_positive
                          CHECK (weight >= 1),
    status                auction_bidder_status NOT NULL DEFAULT 'eligible',
    barred_reason         text,
    agreement_accepted_at timestamptz,
    deposit_required      numeric(14,2) NOT NULL DEFAULT 0
                          CONSTRAINT auction_bidders_deposit_not_negative
                          CHECK (deposit_required >= 0),
    created_at            timestamptz NOT NULL DEFAULT now(),
    updated_at            timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (auction_id, number),
    UNIQUE (auction_id, user_id),
    UNIQUE (auction_id, bidder_ref),
    FOREIGN KEY (county_id, auction_id) REFERENCES auctions (county_id, id),
    FOREIGN KEY (county_id, bidder_number_id) REFERENCES bidder_numbers (county_id, id)
);
COMMENT ON TABLE auction_bidders IS
    'An account admitted to a sale, under the number its bids are stored by.';
COMMENT ON COLUMN auction_bidders.number IS 'Stands in the journal; given once, never to another.';
COMMENT ON COLUMN auction_bidders.bidder_ref IS 'The pseudonym under which its bids are published.';
COMMENT ON COLUMN auction_bidders.weight IS 'Bidder numbers that one bid stands for.';
CREATE INDEX auction_bidders_by_user ON auction_bidders (user_id, auction_id);
CREATE INDEX auction_bidders_by_bidder_number ON auction_bidders (bidder_number_id);
CREATE INDEX auction_bidders_by_county ON auction_bidders (county_id, auction_id, number);
CALL strikeoff.keep_updated_at('auction_bidders');

CREATE TABLE budgets (
    auction_id  uuid NOT NULL,
    user_id     uuid NOT NULL REFERENCES users,
    county_id   uuid NOT NULL,
    own_limit   numeric(14,2) CONSTRAINT budgets_own_limit_not_negative CHECK (own_limit >= 0),
    batch_limit numeric(14,2) CONSTRAINT budgets_batch_limit_not_negative CHECK (batch_limit >= 0),
    staff_grant numeric(14,2) CONSTRAINT budgets_staff_grant_not_negative CHECK (staff_grant >= 0),
    deposits    numeric(14,2) NOT NULL DEFAULT 0 CONSTRAINT budgets_deposits_not_negative
                CHECK (deposits >= 0),
    awarded     numeric(14,2) NOT NULL DEFAULT 0 CONSTRAINT budgets_awarded_not_negative
                CHECK (awarded >= 0),
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (auction_id, user_id),
    FOREIGN KEY (county_id, auction_id) REFERENCES auctions (county_id, id)
);
COMMENT ON TABLE budgets IS 'The most a bidder may be awarded in a sale, and what it was awarded.';
COMMENT ON COLUMN budgets.own_limit IS 'Set by the bidder; null sets none.';
COMMENT ON COLUMN budgets.batch_limit IS 'The same for each batch.';
COMMENT ON COLUMN budgets.staff_grant IS 'Set by staff in the place of the cover from deposits.';
COMMENT ON COLUMN budgets.deposits IS 'Posted deposits, from which the cover follows.';
CREATE INDEX budgets_by_user ON budgets (user_id, auction_id);
CREATE INDEX budgets_by_county ON budgets (county_id, auction_id);
CALL strikeoff.keep_updated_at('budgets');

CREATE TABLE bidding_groups (
    id           uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id    uuid NOT NULL,
    auction_id   uuid NOT NULL,
    user_id      uuid NOT NULL REFERENCES users,
    name         text NOT NULL,
    member_count int NOT NULL DEFAULT 1
                 CONSTRAINT bidding_groups_not_empty CHECK (member_count >= 1),
    frozen_at    timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (county_id, id),
    UNIQUE (auction_id, user_id),
    FOREIGN KEY (county_id, auction_id) REFERENCES auctions (county_id, id)
);
COMMENT ON TABLE bidding_groups IS
    'A primary and its affiliates, who place one bid that stands for all.';
COMMENT ON COLUMN bidding_groups.user_id IS 'The primary''s account.';
COMMENT ON COLUMN bidding_groups.member_count IS 'Usable members, as the deposit covers them.';
CREATE INDEX bidding_groups_by_user ON bidding_groups (user_id, id);
CREATE INDEX bidding_groups_by_county ON bidding_groups (county_id, auction_id);
CALL strikeoff.keep_updated_at('bidding_groups');

CREATE TABLE bidding_group_members (
    county_id        uuid NOT NULL,
    group_id         uuid NOT NULL,
    position         int NOT NULL CONSTRAINT bidding_group_members_position_not_negative
                     CHECK (position >= 0),
    bidder_number_id uuid NOT NULL,
    created_at       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (group_id, position),
    UNIQUE (group_id, bidder_number_id),
    FOREIGN KEY (county_id, group_id) REFERENCES bidding_groups (county_id, id),
    FOREIGN KEY (county_id, bidder_number_id) REFERENCES bidder_numbers (county_id, id)
);
COMMENT ON TABLE bidding_group_members IS
    'The numbers of a group in the order in which the draw counts them.';
COMMENT ON COLUMN bidding_group_members.position IS '0 is the primary, then by ascending number.';
CREATE INDEX bidding_group_members_by_number ON bidding_group_members (bidder_number_id);

CREATE FUNCTION strikeoff.guard_group_members() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    frozen timestamptz;
BEGIN
    SELECT g.frozen_at INTO frozen FROM bidding_groups g
    WHERE g.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.group_id ELSE NEW.group_id END
    FOR KEY SHARE;
    IF frozen IS NOT NULL THEN
        RAISE EXCEPTION 'the members of the group are frozen'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER guard_group_members BEFORE INSERT OR UPDATE OR DELETE ON bidding_group_members
    FOR EACH ROW EXECUTE FUNCTION strikeoff.guard_group_members();

CALL strikeoff.protect('auction_bidders');
CALL strikeoff.allow_county('auction_bidders');
CALL strikeoff.allow_user('auction_bidders', 'SELECT');
GRANT SELECT, INSERT, UPDATE ON auction_bidders TO strikeoff_app, strikeoff_worker;

CREATE FUNCTION strikeoff.guard_budgets() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    granted_before numeric := CASE WHEN TG_OP = 'UPDATE' THEN OLD.staff_grant END;
BEGIN
    IF current_user NOT IN ('strikeoff_owner', 'strikeoff_worker')
       AND NEW.staff_grant IS DISTINCT FROM granted_before
       AND (NEW.county_id = ANY (strikeoff.my_counties())) IS NOT TRUE THEN
        RAISE EXCEPTION 'staff grants budgets' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER guard_budgets BEFORE INSERT OR UPDATE ON budgets
    FOR EACH ROW EXECUTE FUNCTION strikeoff.guard_budgets();

-- Bidders set their own limits; deposits and awards are the worker's to write.
CALL strikeoff.protect('budgets');
CALL strikeoff.allow_county('budgets');
CALL strikeoff.allow_user('budgets');
GRANT SELECT, INSERT (auction_id, user_id, county_id, own_limit, batch_limit, staff_grant),
      UPDATE (own_limit, batch_limit, staff_grant)
    ON budgets TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE ON budgets TO strikeoff_worker;

CALL strikeoff.protect('bidding_groups');
CALL strikeoff.allow_county('bidding_groups');
CALL strikeoff.allow_user('bidding_groups', 'SELECT');
GRANT SELECT, INSERT, UPDATE ON bidding_groups TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('bidding_group_members');
CALL strikeoff.allow_county('bidding_group_members');
CREATE POLICY of_my_group ON bidding_group_members FOR SELECT TO strikeoff_app
    USING (group_id IN (SELECT g.id FROM bidding_groups g
                        WHERE g.user_id = (SELECT strikeoff.my_user())));
GRANT SELECT, INSERT, UPDATE, DELETE ON bidding_group_members TO strikeoff_app, strikeoff_worker;
