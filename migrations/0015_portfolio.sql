-- What an investor keeps an eye on and arranges. Children carry their owner's id, so that a policy
-- needs no look at the parent and a foreign key forbids hanging a row into somebody else's list.

CREATE TABLE watchlists (
    id         uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id    uuid NOT NULL REFERENCES users,
    name       text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, id),
    UNIQUE (user_id, name)
);
COMMENT ON TABLE watchlists IS 'A named list of certificates that a person watches.';
CALL strikeoff.keep_updated_at('watchlists');

CREATE TABLE watchlist_items (
    id             uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id        uuid NOT NULL DEFAULT strikeoff.my_user(),
    watchlist_id   uuid NOT NULL,
    certificate_id uuid NOT NULL REFERENCES certificates,
    notes          text,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (watchlist_id, certificate_id),
    FOREIGN KEY (user_id, watchlist_id) REFERENCES watchlists (user_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE watchlist_items IS 'A certificate on a watchlist.';
CREATE INDEX watchlist_items_by_list ON watchlist_items (watchlist_id, id);
CREATE INDEX watchlist_items_by_user ON watchlist_items (user_id, id);
CREATE INDEX watchlist_items_by_certificate ON watchlist_items (certificate_id);
CALL strikeoff.keep_updated_at('watchlist_items');

CREATE TABLE portfolios (
    id          uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id     uuid NOT NULL REFERENCES users,
    name        text NOT NULL,
    description text,
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, id),
    UNIQUE (user_id, name)
);
COMMENT ON TABLE portfolios IS 'A named set of certificates that a person holds.';
CALL strikeoff.keep_updated_at('portfolios');

CREATE TABLE portfolio_certificates (
    id             uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id        uuid NOT NULL DEFAULT strikeoff.my_user(),
    portfolio_id   uuid NOT NULL,
    certificate_id uuid NOT NULL REFERENCES certificates,
    added_at       timestamptz NOT NULL DEFAULT now(),
    created_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (portfolio_id, certificate_id),
    FOREIGN KEY (user_id, portfolio_id) REFERENCES portfolios (user_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE portfolio_certificates IS 'A certificate in a portfolio.';
CREATE INDEX portfolio_certificates_by_portfolio ON portfolio_certificates (portfolio_id, id);
CREATE INDEX portfolio_certificates_by_user ON portfolio_certificates (user_id, id);
CREATE INDEX portfolio_certificates_by_certificate ON portfolio_certificates (certificate_id);

CREATE TABLE portfolio_tags (
    id           uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id      uuid NOT NULL DEFAULT strikeoff.my_user(),
    portfolio_id uuid NOT NULL,
    name         text NOT NULL,
    color        text,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, id),
    UNIQUE (portfolio_id, name),
    FOREIGN KEY (user_id, portfolio_id) REFERENCES portfolios (user_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE portfolio_tags IS 'A label within a portfolio.';
CALL strikeoff.keep_updated_at('portfolio_tags');

CREATE TABLE certificate_tags (
    id             uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id        uuid NOT NULL DEFAULT strikeoff.my_user(),
    certificate_id uuid NOT NULL REFERENCES certificates,
    tag_id         uuid NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (tag_id, certificate_id),
    FOREIGN KEY (user_id, tag_id) REFERENCES portfolio_tags (user_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE certificate_tags IS 'A label on a certificate.';
CREATE INDEX certificate_tags_by_certificate ON certificate_tags (certificate_id);
CREATE INDEX certificate_tags_by_user ON certificate_tags (user_id, id);

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['watchlists', 'watchlist_items', 'portfolios',
                                'portfolio_certificates', 'portfolio_tags', 'certificate_tags'] LOOP
        CALL strikeoff.protect(kept::regclass, report => false);
        CALL strikeoff.allow_user(kept::regclass);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO strikeoff_app', kept);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO strikeoff_worker', kept);
    END LOOP;
END
$$;
