-- Money: what came in, what it was for, and the double entry behind both.

CREATE TYPE payment_method AS ENUM ('ach_debit', 'ach_credit', 'wire', 'check', 'cash', 'internal');
CREATE TYPE payment_status AS ENUM
    ('pending', 'processing', 'succeeded', 'failed', 'returned', 'refunded', 'canceled');
CREATE TYPE deposit_status AS ENUM
    ('pending', 'posted', 'applied', 'refunding', 'refunded', 'forfeited', 'failed');
CREATE TYPE redemption_status AS ENUM
    ('quoted', 'pending', 'paid', 'disbursed', 'returned', 'canceled');
CREATE TYPE invoice_status AS ENUM
    ('draft', 'issued', 'processing', 'paid', 'overdue', 'forfeited', 'void');
CREATE TYPE forfeiture_status AS ENUM ('open', 'applied', 'reversed');
CREATE TYPE bank_account_kind AS ENUM ('checking', 'savings');
CREATE TYPE bank_account_status AS ENUM ('pending', 'verified', 'refused', 'closed');
CREATE TYPE transaction_type AS ENUM
    ('deposit', 'deposit_refund', 'deposit_applied', 'purchase', 'purchase_refund', 'forfeiture',
     'redemption', 'redemption_payout', 'fee', 'transfer_fee', 'county_held_purchase', 'adjustment',
     'reversal');
CREATE TYPE ledger_account_kind AS ENUM ('asset', 'liability', 'income', 'expense', 'equity');

CREATE TABLE bank_accounts (
    id           uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id      uuid NOT NULL REFERENCES users,
    kind         bank_account_kind NOT NULL DEFAULT 'checking',
    status       bank_account_status NOT NULL DEFAULT 'pending',
    holder_name  text NOT NULL,
    account_box  bytea NOT NULL,
    last4        text NOT NULL
                 CONSTRAINT bank_accounts_last4_is_digits CHECK (last4 ~ '^[0-9]{4}$'),
    blind_index  bytea NOT NULL CONSTRAINT bank_accounts_blind_index_length
                 CHECK (octet_length(blind_index) = 16),
    hold_until   timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, blind_index)
);
COMMENT ON TABLE bank_accounts IS 'Where a person pays from and is paid to.';
COMMENT ON COLUMN bank_accounts.account_box IS
    'Routing and account number, encrypted, bound to this row.';
COMMENT ON COLUMN bank_accounts.blind_index IS
    'Keyed hash of both: finds accounts that people share.';
COMMENT ON COLUMN bank_accounts.hold_until IS 'No payout before, after a change.';
CREATE INDEX bank_accounts_by_user ON bank_accounts (user_id, id);
CREATE INDEX bank_accounts_by_blind_index ON bank_accounts (blind_index);
CALL strikeoff.keep_updated_at('bank_accounts');

CREATE TABLE payments (
    id              uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id       uuid NOT NULL REFERENCES counties,
    user_id         uuid REFERENCES users,
    amount          numeric(14,2) NOT NULL CONSTRAINT payments_amount_positive CHECK (amount > 0),
    payment_method  payment_method NOT NULL,
    transaction_id  text,
    status          payment_status NOT NULL DEFAULT 'pending',
    bank_account_id uuid REFERENCES bank_accounts,
    return_code     text,
    settled_at      timestamptz,
    details_json    jsonb NOT NULL DEFAULT '{}',
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (county_id, id)
);
COMMENT ON TABLE payments IS 'Money moved between a person''s bank and the county''s.';
COMMENT ON COLUMN payments.user_id IS 'Null for an owner who redeems and has no account.';
COMMENT ON COLUMN payments.transaction_id IS
    'The bank''s or processor''s reference, not a row of transactions.';
COMMENT ON COLUMN payments.return_code IS 'NACHA return, R01 and so on.';
CREATE UNIQUE INDEX payments_by_reference ON payments (county_id, payment_method, transaction_id);
CREATE INDEX payments_by_user ON payments (user_id, id);
CREATE INDEX payments_by_status ON payments (county_id, status, id);
CREATE INDEX payments_by_bank_account ON payments (bank_account_id);
CALL strikeoff.keep_updated_at('payments');

CREATE TABLE deposits (
    id         uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id  uuid NOT NULL REFERENCES counties,
    auction_id uuid,
    user_id    uuid NOT NULL REFERENCES users,
    amount     numeric(14,2) NOT NULL CONSTRAINT deposits_amount_positive CHECK (amount > 0),
    payment_id uuid,
    status     deposit_status NOT NULL DEFAULT 'pending',
    posted_at  timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (county_id, id),
    FOREIGN KEY (county_id, auction_id) REFERENCES auctions (county_id, id),
    FOREIGN KEY (county_id, payment_id) REFERENCES payments (county_id, id)
);
COMMENT ON TABLE deposits IS 'What a bidder put down for a sale; its cover is a multiple of it.';
CREATE INDEX deposits_by_user ON deposits (user_id, id);
CREATE INDEX deposits_by_auction ON deposits (auction_id, user_id);
CREATE INDEX deposits_by_payment ON deposits (payment_id);
CREATE INDEX deposits_by_status ON deposits (county_id, status, id);
CALL strikeoff.keep_updated_at('deposits');

CREATE TABLE redemptions (
    id                 uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id          uuid NOT NULL,
    certificate_id     uuid NOT NULL,
    amount             numeric(14,2) NOT NULL
                       CONSTRAINT redemptions_amount_positive CHECK (amount > 0),
    interest_amount    numeric(14,2) NOT NULL CONSTRAINT redemptions_interest_not_negative
                       CHECK (interest_amount >= 0),
    fee_amount         numeric(14,2) NOT NULL DEFAULT 0 CONSTRAINT redemptions_fee_not_negative
                       CHECK (fee_amount >= 0),
    redeemer_info_json jsonb NOT NULL DEFAULT '{}',
    payment_id         uuid,
    payout_id          uuid,
    status             redemption_status NOT NULL DEFAULT 'pending',
    months             int,
    redeemed_at        timestamptz,
    disbursed_at       timestamptz,
    created_by         uuid REFERENCES users,
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (county_id, certificate_id) REFERENCES certificates (county_id, id),
    FOREIGN KEY (county_id, payment_id) REFERENCES payments (county_id, id),
    FOREIGN KEY (county_id, payout_id) REFERENCES payments (county_id, id)
);
COMMENT ON TABLE redemptions IS 'An owner pays off a certificate; the holder is paid out of it.';
COMMENT ON COLUMN redemptions.amount IS 'What the owner pays in all.';
COMMENT ON COLUMN redemptions.payment_id IS 'The owner''s payment.';
COMMENT ON COLUMN redemptions.payout_id IS 'The payment to the holder.';
CREATE UNIQUE INDEX redemptions_one_live ON redemptions (certificate_id)
    WHERE status IN ('pending', 'paid', 'disbursed');
CREATE INDEX redemptions_by_certificate ON redemptions (certificate_id, id);
CREATE INDEX redemptions_by_status ON redemptions (county_id, status, id);
CREATE INDEX redemptions_by_payment ON redemptions (payment_id);
CREATE INDEX redemptions_by_payout ON redemptions (payout_id);
CREATE INDEX redemptions_by_creator ON redemptions (created_by);
CALL strikeoff.keep_updated_at('redemptions');

CREATE TABLE invoices (
    id               uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id        uuid NOT NULL,
    auction_id       uuid NOT NULL,
    user_id          uuid NOT NULL REFERENCES users,
    bidder_number_id uuid,
    number           text NOT NULL,
    amount           numeric(14,2) NOT NULL
                     CONSTRAINT invoices_amount_not_negative CHECK (amount >= 0),
    deposit_applied  numeric(14,2) NOT NULL DEFAULT 0 CONSTRAINT invoices_deposit_not_negative
                     CHECK (deposit_applied >= 0),
    status           invoice_status NOT NULL DEFAULT 'draft',
    issued_at        timestamptz,
    due_at           timestamptz,
    paid_at          timestamptz,
    payment_id       uuid,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    UNIQUE (county_id, id),
    UNIQUE (county_id, number),
    FOREIGN KEY (county_id, auction_id) REFERENCES auctions (county_id, id),
    FOREIGN KEY (county_id, bidder_number_id) REFERENCES bidder_numbers (county_id, id),
    FOREIGN KEY (county_id, payment_id) REFERENCES payments (county_id, id),
    CONSTRAINT invoices_deposit_within_amount CHECK (deposit_applied <= amount)
);
COMMENT ON TABLE invoices IS 'What a winner owes for a sale; its lines are winning_bids.';
CREATE INDEX invoices_by_auction ON invoices (auction_id, status, id);
CREATE INDEX invoices_by_user ON invoices (user_id, id);
CREATE INDEX invoices_by_bidder_number ON invoices (bidder_number_id);
CREATE INDEX invoices_by_payment ON invoices (payment_id);
CREATE INDEX invoices_by_status ON invoices (county_id, status, id);
CREATE INDEX invoices_due ON invoices (due_at) WHERE status IN ('issued', 'processing');
CALL strikeoff.keep_updated_at('invoices');

ALTER TABLE winning_bids
    ADD FOREIGN KEY (county_id, invoice_id) REFERENCES invoices (county_id, id);

CREATE TABLE transactions (
    id               uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id        uuid NOT NULL REFERENCES counties,
    user_id          uuid REFERENCES users,
    transaction_type transaction_type NOT NULL,
    amount           numeric(14,2) NOT NULL,
    reference_type   text,
    reference_id     uuid,
    reverses_id      uuid,
    details_json     jsonb NOT NULL DEFAULT '{}',
    written_in       xid8 NOT NULL DEFAULT pg_current_xact_id(),
    created_at       timestamptz NOT NULL DEFAULT now(),
    UNIQUE (county_id, id),
    FOREIGN KEY (county_id, reverses_id) REFERENCES transactions (county_id, id),
    CONSTRAINT transactions_reversal_names_original
        CHECK ((transaction_type = 'reversal') = (reverses_id IS NOT NULL)),
    CONSTRAINT transactions_reversed_once UNIQUE (reverses_id)
);
COMMENT ON TABLE transactions IS
    'One line per movement of a user''s money; its legs in ledger_entries add up to zero.';
COMMENT ON COLUMN transactions.user_id IS 'Null when the money is nobody''s who has an account.';
COMMENT ON COLUMN transactions.reverses_id IS 'A mistake is never changed: a reversal names it.';
COMMENT ON COLUMN transactions.written_in IS
    'The database transaction that wrote it; legs come in no other.';
CREATE INDEX transactions_by_user ON transactions (user_id, id);
CREATE INDEX transactions_by_reference ON transactions (reference_type, reference_id);

CREATE TABLE ledger_accounts (
    id         uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id  uuid NOT NULL REFERENCES counties,
    user_id    uuid REFERENCES users,
    code       text NOT NULL,
    name       text NOT NULL,
    kind       ledger_account_kind NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (county_id, id),
    CONSTRAINT ledger_accounts_once UNIQUE NULLS NOT DISTINCT (county_id, code, user_id)
);
COMMENT ON TABLE ledger_accounts IS
    'The chart of accounts of a county, with one account per bidder where needed.';
COMMENT ON COLUMN ledger_accounts.user_id IS
    'Whose money it is; null for the county''s own accounts.';
CREATE INDEX ledger_accounts_by_user ON ledger_accounts (user_id);

CREATE TABLE ledger_entries (
    id             uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id      uuid NOT NULL,
    transaction_id uuid NOT NULL,
    account_id     uuid NOT NULL,
    amount         numeric(14,2) NOT NULL
                   CONSTRAINT ledger_entries_amount_not_zero CHECK (amount <> 0),
    created_at     timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (county_id, transaction_id) REFERENCES transactions (county_id, id),
    FOREIGN KEY (county_id, account_id) REFERENCES ledger_accounts (county_id, id)
);
COMMENT ON TABLE ledger_entries IS 'A leg of a transaction: debits above zero, credits below.';
CREATE INDEX ledger_entries_by_transaction ON ledger_entries (transaction_id) INCLUDE (amount);
CREATE INDEX ledger_entries_by_account ON ledger_entries (account_id, id) INCLUDE (amount);
CREATE INDEX ledger_entries_by_county ON ledger_entries (county_id, id);

-- Asked once at the commit, when all legs are there. As the owner: whoever writes may not be
-- able to see every leg, and a sum over some of them would prove nothing.
CREATE FUNCTION strikeoff.check_balance() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    checked uuid := CASE WHEN TG_TABLE_NAME = 'transactions' THEN NEW.id
                         ELSE (to_jsonb(NEW) ->> 'transaction_id')::uuid END;
    total   numeric;
    legs    bigint;
BEGIN
    SELECT sum(e.amount), count(*) INTO total, legs
    FROM public.ledger_entries e WHERE e.transaction_id = checked;
    IF legs < 2 OR total <> 0 THEN
        RAISE EXCEPTION 'transaction % does not balance: % over % legs',
            checked, coalesce(total, 0), legs
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- A balanced pair added to a transaction of yesterday would rewrite it as surely as an UPDATE.
    IF NOT EXISTS (SELECT 1 FROM public.transactions t
                   WHERE t.id = checked AND t.written_in = pg_current_xact_id()) THEN
        RAISE EXCEPTION 'transaction % is complete', checked
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER transactions_balance AFTER INSERT ON transactions
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION strikeoff.check_balance();
CREATE CONSTRAINT TRIGGER ledger_entries_balance AFTER INSERT ON ledger_entries
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION strikeoff.check_balance();

CALL strikeoff.make_append_only('transactions');
CALL strikeoff.make_append_only('ledger_entries');

CREATE TABLE forfeitures (
    id             uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id      uuid NOT NULL,
    winning_bid_id uuid NOT NULL UNIQUE,
    invoice_id     uuid,
    deposit_id     uuid,
    user_id        uuid NOT NULL REFERENCES users,
    amount         numeric(14,2) NOT NULL
                   CONSTRAINT forfeitures_amount_not_negative CHECK (amount >= 0),
    to_advertising numeric(14,2) NOT NULL DEFAULT 0 CONSTRAINT forfeitures_advertising_not_negative
                   CHECK (to_advertising >= 0),
    to_costs       numeric(14,2) NOT NULL DEFAULT 0 CONSTRAINT forfeitures_costs_not_negative
                   CHECK (to_costs >= 0),
    status         forfeiture_status NOT NULL DEFAULT 'open',
    reason         text NOT NULL,
    decided_by     uuid REFERENCES users,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (county_id, winning_bid_id) REFERENCES winning_bids (county_id, id),
    FOREIGN KEY (county_id, invoice_id) REFERENCES invoices (county_id, id),
    FOREIGN KEY (county_id, deposit_id) REFERENCES deposits (county_id, id)
);
COMMENT ON TABLE forfeitures IS 'An award that was not paid, and where the deposit for it went.';
CREATE INDEX forfeitures_by_county ON forfeitures (county_id, id);
CREATE INDEX forfeitures_by_invoice ON forfeitures (invoice_id);
CREATE INDEX forfeitures_by_deposit ON forfeitures (deposit_id);
CREATE INDEX forfeitures_by_user ON forfeitures (user_id, id);
CREATE INDEX forfeitures_by_decider ON forfeitures (decided_by);
CALL strikeoff.keep_updated_at('forfeitures');

CREATE TABLE webhooks (
    id           uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id    uuid REFERENCES counties,
    provider     text NOT NULL,
    event_id     text NOT NULL,
    event_type   text NOT NULL,
    payload      bytea NOT NULL,
    received_at  timestamptz NOT NULL,
    processed_at timestamptz,
    error_message text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (provider, event_id)
);
COMMENT ON TABLE webhooks IS 'Signed messages of payment providers, each taken once.';
CREATE INDEX webhooks_by_county ON webhooks (county_id, id);
CREATE INDEX webhooks_unprocessed ON webhooks (received_at) WHERE processed_at IS NULL;
CALL strikeoff.keep_updated_at('webhooks');

CALL strikeoff.protect('bank_accounts', report => false);
CALL strikeoff.allow_user('bank_accounts');
GRANT SELECT, INSERT, UPDATE ON bank_accounts TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('payments');
CALL strikeoff.allow_county('payments');
CALL strikeoff.allow_user('payments', 'SELECT');
CREATE POLICY own_insert ON payments FOR INSERT TO strikeoff_app
    WITH CHECK (user_id = (SELECT strikeoff.my_user()) AND status = 'pending');
GRANT SELECT, INSERT, UPDATE ON payments TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('deposits');
CALL strikeoff.allow_county('deposits');
CALL strikeoff.allow_user('deposits', 'SELECT');
CREATE POLICY own_insert ON deposits FOR INSERT TO strikeoff_app
    WITH CHECK (user_id = (SELECT strikeoff.my_user()) AND status = 'pending');
GRANT SELECT, INSERT, UPDATE ON deposits TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('redemptions');
CALL strikeoff.allow_county('redemptions');
CREATE POLICY of_my_certificates ON redemptions FOR SELECT TO strikeoff_app
    USING (EXISTS (SELECT 1 FROM certificates c JOIN bidder_numbers n ON n.id = c.holder_id
                   WHERE c.id = certificate_id AND n.user_id = (SELECT strikeoff.my_user())));
GRANT SELECT, INSERT, UPDATE ON redemptions TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('invoices');
CALL strikeoff.allow_county('invoices');
CALL strikeoff.allow_user('invoices', 'SELECT');
GRANT SELECT, INSERT, UPDATE ON invoices TO strikeoff_app, strikeoff_worker;

-- Books are kept by the worker and by staff; people read their own lines.
CALL strikeoff.protect('transactions');
CALL strikeoff.allow_county('transactions');
CALL strikeoff.allow_user('transactions', 'SELECT');
GRANT SELECT, INSERT ON transactions TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('ledger_accounts');
CALL strikeoff.allow_county('ledger_accounts');
CALL strikeoff.allow_user('ledger_accounts', 'SELECT');
GRANT SELECT, INSERT ON ledger_accounts TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('ledger_entries');
CALL strikeoff.allow_county('ledger_entries');
GRANT SELECT, INSERT ON ledger_entries TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('forfeitures');
CALL strikeoff.allow_county('forfeitures');
CALL strikeoff.allow_user('forfeitures', 'SELECT');
GRANT SELECT, INSERT, UPDATE ON forfeitures TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('webhooks', report => false);
GRANT SELECT, INSERT, UPDATE ON webhooks TO strikeoff_worker;
