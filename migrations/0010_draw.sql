-- What makes the draw provable: commitments, the public chain, the secrets, the close.

CREATE TYPE sale_role AS ENUM ('county', 'operator');
CREATE TYPE amendment_kind AS ENUM ('void_paid', 'correction');

CREATE TABLE auction_secrets (
    auction_id uuid PRIMARY KEY,
    county_id  uuid NOT NULL,
    k_auction  bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (county_id, auction_id) REFERENCES auctions (county_id, id)
);
COMMENT ON TABLE auction_secrets IS
    'The key of the pseudonyms of a sale, encrypted; never published.';

CREATE TABLE batch_secrets (
    batch_id           uuid PRIMARY KEY,
    county_id          uuid NOT NULL,
    operator_secret    bytea NOT NULL,
    k_blind            bytea NOT NULL,
    county_secret      bytea CONSTRAINT batch_secrets_county_secret_length
                       CHECK (octet_length(county_secret) = 32),
    county_received_at timestamptz,
    county_signature   bytea CONSTRAINT batch_secrets_county_signature_length
                       CHECK (octet_length(county_signature) = 64),
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (county_id, batch_id) REFERENCES batches (county_id, id),
    CONSTRAINT batch_secrets_county_has_time
        CHECK ((county_secret IS NULL) = (county_received_at IS NULL))
);
COMMENT ON TABLE batch_secrets IS
    'The operator''s secret and the blinding key, encrypted, and the county''s secret once '
    'revealed.';
COMMENT ON COLUMN batch_secrets.county_secret IS
    'Set once; all zeros when the county did not reveal it in time. Only then is the rest '
    'decrypted.';

CREATE FUNCTION strikeoff.guard_batch_secrets() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.county_secret IS NOT NULL
       AND (NEW.county_secret, NEW.county_received_at)
           IS DISTINCT FROM (OLD.county_secret, OLD.county_received_at) THEN
        RAISE EXCEPTION 'the county''s secret is set once'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER guard_batch_secrets BEFORE UPDATE ON batch_secrets
    FOR EACH ROW EXECUTE FUNCTION strikeoff.guard_batch_secrets();
CALL strikeoff.keep_updated_at('batch_secrets');

CREATE TABLE sale_commitments (
    county_id  uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id   uuid NOT NULL,
    role       sale_role NOT NULL,
    commitment bytea NOT NULL
               CONSTRAINT sale_commitments_length CHECK (octet_length(commitment) = 32),
    created_by uuid REFERENCES users,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (batch_id, role),
    FOREIGN KEY (county_id, auction_id) REFERENCES auctions (county_id, id),
    FOREIGN KEY (county_id, batch_id) REFERENCES batches (county_id, id)
);
COMMENT ON TABLE sale_commitments IS
    'Hashes that bind county and operator to secrets made before the bids.';
COMMENT ON COLUMN sale_commitments.created_by IS
    'Null for the operator''s, which the server makes.';
CREATE INDEX sale_commitments_by_auction ON sale_commitments (auction_id, batch_id);
CREATE INDEX sale_commitments_by_creator ON sale_commitments (created_by);

CREATE TABLE batch_chain (
    county_id      uuid NOT NULL,
    batch_id       uuid NOT NULL,
    k              int NOT NULL CONSTRAINT batch_chain_k_not_negative CHECK (k >= 0),
    kind           smallint NOT NULL CONSTRAINT batch_chain_kind_known CHECK (kind BETWEEN 0 AND 5),
    at             timestamptz NOT NULL,
    start_time     timestamptz,
    end_time       timestamptz,
    new_end        timestamptz,
    certificate_id uuid,
    reason         text,
    rules          text,
    rules_hash     bytea
                   CONSTRAINT batch_chain_rules_hash_length CHECK (octet_length(rules_hash) = 32),
    lots_hash      bytea
                   CONSTRAINT batch_chain_lots_hash_length CHECK (octet_length(lots_hash) = 32),
    c_county       bytea CONSTRAINT batch_chain_c_county_length CHECK (octet_length(c_county) = 32),
    c_operator     bytea
                   CONSTRAINT batch_chain_c_operator_length CHECK (octet_length(c_operator) = 32),
    hash           bytea NOT NULL
                   CONSTRAINT batch_chain_hash_length CHECK (octet_length(hash) = 32),
    signature      bytea NOT NULL CONSTRAINT batch_chain_signature_length
                   CHECK (octet_length(signature) = 64),
    public_key     bytea
                   CONSTRAINT batch_chain_public_key_length CHECK (octet_length(public_key) = 32),
    created_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (batch_id, k),
    FOREIGN KEY (county_id, batch_id) REFERENCES batches (county_id, id),
    FOREIGN KEY (county_id, certificate_id) REFERENCES certificates (county_id, id),
    CONSTRAINT batch_chain_opening_is_first CHECK ((k = 0) = (kind = 0)),
    CONSTRAINT batch_chain_opening_is_whole
        CHECK (k <> 0 OR (start_time IS NOT NULL AND end_time IS NOT NULL AND rules IS NOT NULL
                          AND rules_hash IS NOT NULL AND lots_hash IS NOT NULL
                          AND public_key IS NOT NULL)),
    CONSTRAINT batch_chain_moved_end CHECK (kind <> 1 OR new_end IS NOT NULL),
    CONSTRAINT batch_chain_withdrawn_lot CHECK (kind <> 4 OR certificate_id IS NOT NULL)
);
COMMENT ON TABLE batch_chain IS
    'The signed opening of a batch and every change after it; public, append-only.';
COMMENT ON COLUMN batch_chain.kind IS
    '0 opening, 1 end moved, 2 paused, 3 resumed, 4 lot withdrawn, 5 canceled.';
COMMENT ON COLUMN batch_chain.rules IS 'Canonical JSON as hashed; of the opening only.';
CREATE INDEX batch_chain_by_certificate ON batch_chain (certificate_id);
CALL strikeoff.make_append_only('batch_chain');

CREATE TABLE batch_closings (
    batch_id           uuid PRIMARY KEY,
    county_id          uuid NOT NULL,
    auction_id         uuid NOT NULL,
    n                  bigint NOT NULL CONSTRAINT batch_closings_n_not_negative CHECK (n >= 0),
    root               bytea CONSTRAINT batch_closings_root_length CHECK (octet_length(root) = 32),
    closed_at          timestamptz NOT NULL,
    head_hash          bytea
                       CONSTRAINT batch_closings_head_hash_length
                       CHECK (octet_length(head_hash) = 32),
    head_signature     bytea CONSTRAINT batch_closings_head_signature_length
                       CHECK (octet_length(head_signature) = 64),
    head_published_at  timestamptz,
    book               bytea,
    groups             bytea,
    book_hash          bytea
                       CONSTRAINT batch_closings_book_hash_length
                       CHECK (octet_length(book_hash) = 32),
    groups_hash        bytea CONSTRAINT batch_closings_groups_hash_length
                       CHECK (octet_length(groups_hash) = 32),
    close_hash         bytea CONSTRAINT batch_closings_close_hash_length
                       CHECK (octet_length(close_hash) = 32),
    close_signature    bytea CONSTRAINT batch_closings_close_signature_length
                       CHECK (octet_length(close_signature) = 64),
    close_published_at timestamptz,
    completed_at       timestamptz,
    transcript_sha256  bytea CONSTRAINT batch_closings_transcript_length
                       CHECK (octet_length(transcript_sha256) = 32),
    leaves_sha256      bytea
                       CONSTRAINT batch_closings_leaves_length
                       CHECK (octet_length(leaves_sha256) = 32),
    created_at         timestamptz NOT NULL DEFAULT now(),
    updated_at         timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (county_id, auction_id) REFERENCES auctions (county_id, id),
    FOREIGN KEY (county_id, batch_id) REFERENCES batches (county_id, id)
);
COMMENT ON TABLE batch_closings IS
    'How far the closing of a batch has come, and the records it published.';
COMMENT ON COLUMN batch_closings.closed_at IS
    'The instant of award; fixed with n when bidding ends.';
COMMENT ON COLUMN batch_closings.book IS
    'Lots, bidders and budgets as hashed into the close record.';
CREATE INDEX batch_closings_by_auction ON batch_closings (auction_id, closed_at);
CREATE INDEX batch_closings_unfinished ON batch_closings (closed_at) WHERE completed_at IS NULL;

-- There is never a second draw: what a closing has fixed stays, whoever runs it again.
CREATE FUNCTION strikeoff.guard_batch_closings() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.batch_id, NEW.county_id, NEW.auction_id, NEW.n, NEW.closed_at)
       IS DISTINCT FROM (OLD.batch_id, OLD.county_id, OLD.auction_id, OLD.n, OLD.closed_at)
       OR (OLD.root IS NOT NULL AND NEW.root IS DISTINCT FROM OLD.root)
       OR (OLD.head_hash IS NOT NULL AND NEW.head_hash IS DISTINCT FROM OLD.head_hash)
       OR (OLD.close_hash IS NOT NULL
           AND (NEW.close_hash, NEW.book, NEW.groups, NEW.book_hash, NEW.groups_hash)
               IS DISTINCT FROM
               (OLD.close_hash, OLD.book, OLD.groups, OLD.book_hash, OLD.groups_hash))
       OR (OLD.transcript_sha256 IS NOT NULL
           AND (NEW.transcript_sha256, NEW.leaves_sha256)
               IS DISTINCT FROM (OLD.transcript_sha256, OLD.leaves_sha256)) THEN
        RAISE EXCEPTION 'a record of the closing is made once'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER guard_batch_closings BEFORE UPDATE ON batch_closings
    FOR EACH ROW EXECUTE FUNCTION strikeoff.guard_batch_closings();
CALL strikeoff.keep_updated_at('batch_closings');

CREATE TABLE transcripts (
    batch_id          uuid PRIMARY KEY,
    county_id         uuid NOT NULL,
    auction_id        uuid NOT NULL,
    transcript_sha256 bytea NOT NULL CONSTRAINT transcripts_sha256_length
                      CHECK (octet_length(transcript_sha256) = 32),
    transcript_size   bigint NOT NULL
                      CONSTRAINT transcripts_size_positive CHECK (transcript_size > 0),
    leaves_sha256     bytea NOT NULL CONSTRAINT transcripts_leaves_length
                      CHECK (octet_length(leaves_sha256) = 32),
    leaves_size       bigint NOT NULL
                      CONSTRAINT transcripts_leaves_whole CHECK (leaves_size % 104 = 0),
    published_at      timestamptz,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (county_id, auction_id) REFERENCES auctions (county_id, id),
    FOREIGN KEY (county_id, batch_id) REFERENCES batches (county_id, id)
);
COMMENT ON TABLE transcripts IS
    'Digests of the published files of a batch, which are made anew when asked for.';
CREATE INDEX transcripts_by_auction ON transcripts (auction_id);
CALL strikeoff.keep_updated_at('transcripts');

CREATE TABLE amendments (
    id             uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id      uuid NOT NULL,
    auction_id     uuid NOT NULL,
    batch_id       uuid NOT NULL,
    certificate_id uuid,
    kind           amendment_kind NOT NULL,
    body           text NOT NULL,
    reason         text NOT NULL,
    hash           bytea CONSTRAINT amendments_hash_length CHECK (octet_length(hash) = 32),
    signature      bytea
                   CONSTRAINT amendments_signature_length CHECK (octet_length(signature) = 64),
    proposed_by    uuid NOT NULL REFERENCES users,
    approved_by    uuid REFERENCES users,
    published_at   timestamptz,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (county_id, auction_id) REFERENCES auctions (county_id, id),
    FOREIGN KEY (county_id, batch_id) REFERENCES batches (county_id, id),
    FOREIGN KEY (county_id, certificate_id) REFERENCES certificates (county_id, id),
    CONSTRAINT amendments_two_people CHECK (approved_by <> proposed_by),
    CONSTRAINT amendments_published_whole
        CHECK (published_at IS NULL
               OR (approved_by IS NOT NULL AND hash IS NOT NULL AND signature IS NOT NULL))
);
COMMENT ON TABLE amendments IS 'A signed change to a published result, made by two people.';
COMMENT ON COLUMN amendments.body IS 'Canonical JSON as hashed and signed.';
CREATE INDEX amendments_by_auction ON amendments (auction_id, id);
CREATE INDEX amendments_by_batch ON amendments (batch_id, id);
CREATE INDEX amendments_by_certificate ON amendments (certificate_id);
CREATE INDEX amendments_by_proposer ON amendments (proposed_by);
CREATE INDEX amendments_by_approver ON amendments (approved_by);
CALL strikeoff.keep_updated_at('amendments');

-- A lot of an opened batch is part of the signed opening: nobody adds, drops or rewrites one. A lot
-- of a closed batch belongs to the published result, and outcomes are the worker's alone to write.
CREATE FUNCTION strikeoff.guard_lots() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE'
       AND (NEW.county_id, NEW.batch_id, NEW.certificate_id, NEW.adv_no, NEW.face)
           IS NOT DISTINCT FROM
           (OLD.county_id, OLD.batch_id, OLD.certificate_id, OLD.adv_no, OLD.face) THEN
        RETURN NEW;
    END IF;
    IF EXISTS (SELECT 1 FROM public.batch_chain o
               WHERE o.k = 0
                 AND o.batch_id IN (CASE WHEN TG_OP <> 'INSERT' THEN OLD.batch_id END,
                                    CASE WHEN TG_OP <> 'DELETE' THEN NEW.batch_id END)) THEN
        RAISE EXCEPTION 'the lots of an opened batch are fixed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER guard_lots BEFORE INSERT OR UPDATE OR DELETE ON batch_certificates
    FOR EACH ROW EXECUTE FUNCTION strikeoff.guard_lots();

-- Not SECURITY DEFINER: it asks who is acting.
CREATE FUNCTION strikeoff.guard_outcomes() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    wanted batch_certificate_status := CASE WHEN TG_OP <> 'DELETE' THEN NEW.status END;
    batch_status batch_status;
BEGIN
    IF current_user IN ('strikeoff_owner', 'strikeoff_worker') THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    SELECT b.status INTO batch_status FROM batches b
    WHERE b.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.batch_id ELSE OLD.batch_id END;
    IF batch_status IN ('closing', 'closed', 'canceled')
       OR wanted NOT IN ('offered', 'withdrawn') THEN
        RAISE EXCEPTION 'outcomes are written by the closing'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER guard_outcomes BEFORE INSERT OR UPDATE OR DELETE ON batch_certificates
    FOR EACH ROW EXECUTE FUNCTION strikeoff.guard_outcomes();

-- Once opened, times and number of a batch stand in its chain, which is the worker's.
CREATE FUNCTION strikeoff.guard_batches() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user NOT IN ('strikeoff_owner', 'strikeoff_worker')
       AND (OLD.chain_length > 0 OR OLD.status <> 'scheduled') THEN
        RAISE EXCEPTION 'an opened batch changes through its chain'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE TRIGGER guard_batches BEFORE UPDATE OR DELETE ON batches
    FOR EACH ROW EXECUTE FUNCTION strikeoff.guard_batches();

CALL strikeoff.protect('auction_secrets', report => false);
GRANT SELECT, INSERT ON auction_secrets TO strikeoff_worker;

CALL strikeoff.protect('batch_secrets', report => false);
GRANT SELECT, INSERT, UPDATE ON batch_secrets TO strikeoff_worker;

CALL strikeoff.protect('sale_commitments');
CALL strikeoff.allow_county('sale_commitments');
CALL strikeoff.allow_public('sale_commitments', 'true');
GRANT SELECT, INSERT ON sale_commitments TO strikeoff_app, strikeoff_worker;
CALL strikeoff.make_append_only('sale_commitments');

CALL strikeoff.protect('batch_chain');
CALL strikeoff.allow_public('batch_chain', 'true');
GRANT SELECT ON batch_chain TO strikeoff_app;
GRANT SELECT, INSERT ON batch_chain TO strikeoff_worker;

-- The books name pseudonyms and budgets, which are public with the close record and not before.
CALL strikeoff.protect('batch_closings');
CALL strikeoff.allow_public('batch_closings', 'head_published_at IS NOT NULL');
GRANT SELECT ON batch_closings TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE ON batch_closings TO strikeoff_worker;

CALL strikeoff.protect('transcripts');
CALL strikeoff.allow_public('transcripts', 'published_at IS NOT NULL');
GRANT SELECT ON transcripts TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE ON transcripts TO strikeoff_worker;

CALL strikeoff.protect('amendments');
CALL strikeoff.allow_county('amendments');
CALL strikeoff.allow_public('amendments', 'published_at IS NOT NULL');
GRANT SELECT, INSERT, UPDATE (approved_by) ON amendments TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE ON amendments TO strikeoff_worker;
