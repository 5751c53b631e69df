-- Files that people send and the system makes. The bytes lie on disk under their digest.

CREATE TYPE document_entity_type AS ENUM
    ('certificate', 'property', 'user', 'registration', 'county', 'auction', 'batch', 'payment',
     'redemption', 'import', 'report', 'tax_form', 'invoice');
CREATE TYPE document_status AS ENUM ('quarantined', 'clean', 'infected', 'refused', 'deleted');

CREATE TABLE documents (
    id            uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id     uuid REFERENCES counties,
    entity_type   document_entity_type NOT NULL,
    entity_id     uuid NOT NULL,
    document_type text NOT NULL,
    file_name     text NOT NULL,
    file_path     text NOT NULL,
    file_size     bigint NOT NULL CONSTRAINT documents_size_not_negative CHECK (file_size >= 0),
    mime_type     text NOT NULL,
    sha256        bytea CONSTRAINT documents_sha256_length CHECK (octet_length(sha256) = 32),
    status        document_status NOT NULL DEFAULT 'quarantined',
    status_reason text,
    is_public     boolean NOT NULL DEFAULT false,
    created_by    uuid REFERENCES users,
    created_at    timestamptz NOT NULL DEFAULT now(),
    updated_at    timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE documents IS
    'A file and what it belongs to; nobody may fetch one that is not clean.';
COMMENT ON COLUMN documents.county_id IS
    'The county whose staff may see it; null for a person''s own.';
COMMENT ON COLUMN documents.file_name IS 'As the sender named it; never a path on our disk.';
COMMENT ON COLUMN documents.created_by IS 'Null when the system made the file.';
CREATE INDEX documents_by_entity ON documents (entity_type, entity_id, id);
CREATE INDEX documents_by_county ON documents (county_id, id);
CREATE INDEX documents_by_creator ON documents (created_by, id);
CREATE INDEX documents_awaiting_scan ON documents (created_at) WHERE status = 'quarantined';
CALL strikeoff.keep_updated_at('documents');

CALL strikeoff.protect('documents');
CALL strikeoff.allow_county('documents');
CALL strikeoff.allow_user('documents', user_column => 'created_by');
CALL strikeoff.allow_public('documents', 'is_public AND status = ''clean''');
GRANT SELECT, INSERT, UPDATE ON documents TO strikeoff_app, strikeoff_worker;
