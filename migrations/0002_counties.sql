-- Tenants, and the settings that stand above them.

CREATE TABLE counties (
    id            uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    name          text NOT NULL,
    state         text NOT NULL CONSTRAINT counties_state_is_code CHECK (state ~ '^[A-Z]{2}$'),
    slug          text UNIQUE CONSTRAINT counties_slug_is_plain CHECK (slug ~ '^[a-z0-9-]+$'),
    fips          text CONSTRAINT counties_fips_is_five_digits CHECK (fips ~ '^[0-9]{5}$'),
    time_zone     text NOT NULL DEFAULT 'America/New_York',
    contact_info  jsonb NOT NULL DEFAULT '{}',
    settings_json jsonb NOT NULL DEFAULT '{}',
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT counties_settings_are_an_object CHECK (jsonb_typeof(settings_json) = 'object')
);
COMMENT ON TABLE counties IS 'A tenant: one county and the settings of its sales.';
COMMENT ON COLUMN counties.slug IS 'The county''s name in addresses of pages.';
COMMENT ON COLUMN counties.time_zone IS 'IANA name; wall-clock times of sales are meant in it.';
COMMENT ON COLUMN counties.settings_json IS
    'Overrides of auction_defaults and global settings; auctions override it in turn.';
CREATE UNIQUE INDEX counties_by_name ON counties (state, name);
CREATE UNIQUE INDEX counties_by_fips ON counties (fips);
CALL strikeoff.keep_updated_at('counties');

CREATE TABLE global_settings (
    key          varchar PRIMARY KEY,
    value        jsonb,
    description  text,
    is_sensitive boolean NOT NULL DEFAULT false,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE global_settings IS 'What an administrator may change at run time, by name.';
COMMENT ON COLUMN global_settings.is_sensitive IS
    'Shown to nobody but the worker and administrators.';
CALL strikeoff.keep_updated_at('global_settings');

CALL strikeoff.protect('counties');
CALL strikeoff.allow_public('counties', 'true');
CREATE POLICY county_staff ON counties FOR UPDATE TO strikeoff_app
    USING (id = ANY ((SELECT strikeoff.my_counties())::uuid[]))
    WITH CHECK (id = ANY ((SELECT strikeoff.my_counties())::uuid[]));
GRANT SELECT, INSERT, UPDATE ON counties TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('global_settings', report => false);
CALL strikeoff.allow_public('global_settings', 'NOT is_sensitive');
GRANT SELECT, INSERT, UPDATE ON global_settings TO strikeoff_app, strikeoff_worker;
