-- Parcels and the files they come from.

CREATE TYPE import_kind AS ENUM ('nal', 'parcels', 'advertised', 'results');
CREATE TYPE import_status AS ENUM
    ('uploading', 'uploaded', 'checking', 'checked', 'publishing', 'published', 'failed',
     'canceled', 'rolled_back');
CREATE TYPE import_row_status AS ENUM
    ('accepted', 'rejected', 'superseded', 'needs_decision', 'applied');

CREATE TABLE imports (
    id             uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id      uuid NOT NULL REFERENCES counties,
    kind           import_kind NOT NULL,
    status         import_status NOT NULL DEFAULT 'uploading',
    file_name      text NOT NULL,
    file_path      text,
    file_size      bigint CONSTRAINT imports_size_not_negative CHECK (file_size >= 0),
    sha256         bytea CONSTRAINT imports_sha256_length CHECK (octet_length(sha256) = 32),
    encoding       text,
    tax_year       int CONSTRAINT imports_tax_year_plausible CHECK (tax_year BETWEEN 1900 AND 2200),
    columns_json   jsonb NOT NULL DEFAULT '{}',
    totals_json    jsonb NOT NULL DEFAULT '{}',
    rows_total     int NOT NULL DEFAULT 0,
    rows_accepted  int NOT NULL DEFAULT 0,
    rows_rejected  int NOT NULL DEFAULT 0,
    error_message  text,
    created_by     uuid REFERENCES users,
    published_by   uuid REFERENCES users,
    published_at   timestamptz,
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (county_id, id),
    CONSTRAINT imports_two_people CHECK (published_by <> created_by)
);
COMMENT ON TABLE imports IS
    'A county''s file on its way in: uploaded, checked, published by a second person.';
COMMENT ON COLUMN imports.columns_json IS 'Our column name to the header it was found under.';
CREATE INDEX imports_by_creator ON imports (created_by);
CREATE INDEX imports_by_publisher ON imports (published_by);
CALL strikeoff.keep_updated_at('imports');

CREATE TABLE import_rows (
    county_id  uuid NOT NULL,
    import_id  uuid NOT NULL,
    line       int NOT NULL CONSTRAINT import_rows_line_positive CHECK (line >= 1),
    status     import_row_status NOT NULL,
    record     jsonb NOT NULL,
    errors     jsonb NOT NULL DEFAULT '[]',
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (import_id, line),
    FOREIGN KEY (county_id, import_id) REFERENCES imports (county_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE import_rows IS 'One record of an import as read, with its verdict.';
COMMENT ON COLUMN import_rows.line IS 'The physical line at which the record starts.';
CREATE INDEX import_rows_by_status ON import_rows (import_id, status, line);

CREATE TABLE column_mappings (
    id         uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id  uuid NOT NULL REFERENCES counties,
    kind       import_kind NOT NULL,
    name       text NOT NULL,
    mapping    jsonb NOT NULL,
    created_by uuid REFERENCES users,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (county_id, kind, name)
);
COMMENT ON TABLE column_mappings IS 'Which header of a county''s file means which of our columns.';
CREATE INDEX column_mappings_by_creator ON column_mappings (created_by);
CALL strikeoff.keep_updated_at('column_mappings');

CREATE TABLE properties (
    id                uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id         uuid NOT NULL REFERENCES counties,
    parcel_id         text NOT NULL,
    owner_name        text,
    address           text,
    city              text,
    state             text,
    zip               text,
    property_type     text,
    use_code          text,
    homestead         boolean NOT NULL DEFAULT false,
    assessed_value    numeric(14,2)
                      CONSTRAINT properties_assessed_not_negative CHECK (assessed_value >= 0),
    just_value        numeric(14,2) CONSTRAINT properties_just_not_negative CHECK (just_value >= 0),
    taxable_value     numeric(14,2)
                      CONSTRAINT properties_taxable_not_negative CHECK (taxable_value >= 0),
    legal_description text,
    coordinates       point,
    import_id         uuid,
    published         boolean NOT NULL DEFAULT false,
    created_at        timestamptz NOT NULL DEFAULT now(),
    updated_at        timestamptz NOT NULL DEFAULT now(),
    UNIQUE (county_id, id),
    UNIQUE (county_id, parcel_id),
    FOREIGN KEY (county_id, import_id) REFERENCES imports (county_id, id)
);
COMMENT ON TABLE properties IS 'A parcel of the county''s roll.';
COMMENT ON COLUMN properties.coordinates IS 'Longitude, latitude (WGS 84).';
COMMENT ON COLUMN properties.published IS
    'In the list of a published sale, so visible to everyone; kept by triggers of the auctions.';
CREATE INDEX properties_by_import ON properties (import_id);
CREATE INDEX properties_by_owner ON properties (county_id, lower(owner_name) text_pattern_ops);
CREATE INDEX properties_by_address ON properties (county_id, lower(address) text_pattern_ops);
CREATE INDEX properties_by_use ON properties (county_id, use_code, id);
CALL strikeoff.keep_updated_at('properties');

CREATE TABLE property_value_history (
    id             uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id      uuid NOT NULL,
    property_id    uuid NOT NULL,
    assessed_value numeric(14,2) NOT NULL,
    just_value     numeric(14,2),
    taxable_value  numeric(14,2),
    valuation_date date NOT NULL,
    source         text NOT NULL,
    created_at     timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (county_id, property_id) REFERENCES properties (county_id, id),
    UNIQUE (property_id, valuation_date, source)
);
COMMENT ON TABLE property_value_history IS 'What a parcel was assessed at, by date and source.';
CREATE INDEX property_value_history_by_county ON property_value_history (county_id, id);

CALL strikeoff.protect('imports');
CALL strikeoff.allow_county('imports');
GRANT SELECT, INSERT, UPDATE ON imports TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('import_rows');
CALL strikeoff.allow_county('import_rows');
GRANT SELECT, UPDATE ON import_rows TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON import_rows TO strikeoff_worker;

CALL strikeoff.protect('column_mappings');
CALL strikeoff.allow_county('column_mappings');
GRANT SELECT, INSERT, UPDATE, DELETE ON column_mappings TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE ON column_mappings TO strikeoff_worker;

CALL strikeoff.protect('properties');
CALL strikeoff.allow_county('properties');
CALL strikeoff.allow_public('properties', 'published');
GRANT SELECT, INSERT, UPDATE ON properties TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('property_value_history');
CALL strikeoff.allow_county('property_value_history');
CALL strikeoff.allow_public('property_value_history',
    'EXISTS (SELECT 1 FROM properties p WHERE p.id = property_id AND p.published)');
GRANT SELECT, INSERT ON property_value_history TO strikeoff_app, strikeoff_worker;
