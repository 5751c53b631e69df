-- People and how they prove who they are.

CREATE TYPE user_role AS ENUM ('admin', 'county_admin', 'investor', 'viewer');
CREATE TYPE user_status AS ENUM ('pending_approval', 'active', 'inactive', 'rejected');
CREATE TYPE kyc_status AS ENUM ('not_submitted', 'pending', 'verified', 'failed');
CREATE TYPE auth_event_type AS ENUM
    ('login', 'logout', 'password_change', 'token_refresh', 'login_failed', 'token_reuse',
     'password_reset_requested', 'password_reset', 'mfa_enabled', 'mfa_disabled', 'mfa_failed',
     'mfa_backup_used', 'step_up', 'session_revoked', 'email_verified', 'api_key_created',
     'api_key_revoked', 'access_denied', 'account_locked');

CREATE TABLE users (
    id                  uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    email               text NOT NULL CONSTRAINT users_email_has_at CHECK (email LIKE '%_@_%'),
    password_hash       text NOT NULL,
    pepper_id           smallint NOT NULL DEFAULT 1,
    role                user_role NOT NULL DEFAULT 'investor',
    first_name          text NOT NULL DEFAULT '',
    last_name           text NOT NULL DEFAULT '',
    phone               text,
    mfa_enabled         boolean NOT NULL DEFAULT false,
    mfa_secret          bytea,
    mfa_last_counter    bigint NOT NULL DEFAULT 0,
    status              user_status NOT NULL DEFAULT 'pending_approval',
    kyc_status          kyc_status NOT NULL DEFAULT 'not_submitted',
    data_key            bytea,
    email_verified_at   timestamptz,
    password_changed_at timestamptz,
    last_login_at       timestamptz,
    failed_logins       int NOT NULL DEFAULT 0,
    login_blocked_until timestamptz,
    bidding_hold_until  timestamptz,
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE users IS 'An account: a person who signs in, whatever the role.';
COMMENT ON COLUMN users.password_hash IS 'Argon2id of the peppered password, in its own text form.';
COMMENT ON COLUMN users.pepper_id IS 'Which pepper went into password_hash.';
COMMENT ON COLUMN users.mfa_secret IS 'The TOTP seed, encrypted and bound to this row.';
COMMENT ON COLUMN users.mfa_last_counter IS
    'The last accepted TOTP step; compare-and-set makes a code good once.';
COMMENT ON COLUMN users.data_key IS
    'The key of this person''s encrypted values, itself encrypted; deleting it shreds them.';
COMMENT ON COLUMN users.bidding_hold_until IS 'No bids before, after a recovered second factor.';
CREATE UNIQUE INDEX users_by_email ON users (lower(email));
CREATE INDEX users_by_status ON users (status, id);
CALL strikeoff.keep_updated_at('users');

CREATE TABLE sessions (
    id                  uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id             uuid NOT NULL REFERENCES users,
    family_id           uuid NOT NULL,
    token_hash          bytea NOT NULL UNIQUE
                        CONSTRAINT sessions_token_hash_is_sha256
                        CHECK (octet_length(token_hash) = 32),
    auth_time           timestamptz NOT NULL DEFAULT now(),
    amr                 text[] NOT NULL DEFAULT '{}',
    enrol_only          boolean NOT NULL DEFAULT false,
    expires_at          timestamptz NOT NULL,
    idle_expires_at     timestamptz,
    absolute_expires_at timestamptz NOT NULL,
    last_seen_at        timestamptz,
    ip_address          inet,
    device_info         text,
    device_hash         bytea,
    revoked_at          timestamptz,
    revoked_reason      text,
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE sessions IS
    'An access token that is good for minutes; the token itself is not kept.';
COMMENT ON COLUMN sessions.family_id IS 'Shared with the refresh tokens of the same sign-in.';
COMMENT ON COLUMN sessions.auth_time IS
    'When the person last proved who they are; step-up renews it.';
COMMENT ON COLUMN sessions.amr IS 'How: password, totp, backup_code.';
COMMENT ON COLUMN sessions.enrol_only IS 'Good for enrolling a second factor and for nothing else.';
CREATE INDEX sessions_by_user ON sessions (user_id, id);
CREATE INDEX sessions_by_family ON sessions (family_id);
CREATE INDEX sessions_by_expiry ON sessions (absolute_expires_at);
CALL strikeoff.keep_updated_at('sessions');

CREATE TABLE refresh_tokens (
    id                  uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id             uuid NOT NULL REFERENCES users,
    family_id           uuid NOT NULL,
    parent_id           uuid UNIQUE REFERENCES refresh_tokens,
    token_hash          bytea NOT NULL UNIQUE
                        CONSTRAINT refresh_tokens_token_hash_is_sha256
                        CHECK (octet_length(token_hash) = 32),
    child_token         bytea,
    expires_at          timestamptz NOT NULL,
    absolute_expires_at timestamptz NOT NULL,
    used_at             timestamptz,
    device_info         text,
    device_hash         bytea,
    ip_address          inet,
    is_revoked          boolean NOT NULL DEFAULT false,
    created_at          timestamptz NOT NULL DEFAULT now(),
    updated_at          timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE refresh_tokens IS
    'Single-use tokens that renew a session; reuse revokes the family.';
COMMENT ON COLUMN refresh_tokens.parent_id IS
    'The token this one replaced; unique, so that parallel refreshes make one child.';
COMMENT ON COLUMN refresh_tokens.child_token IS
    'The child, encrypted, handed out again when the answer with it was lost.';
CREATE INDEX refresh_tokens_by_user ON refresh_tokens (user_id, id);
CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family_id);
CREATE INDEX refresh_tokens_by_expiry ON refresh_tokens (absolute_expires_at);
CALL strikeoff.keep_updated_at('refresh_tokens');

CREATE TABLE mfa_backup_codes (
    id         uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id    uuid NOT NULL REFERENCES users,
    code_hash  text NOT NULL,
    is_used    boolean NOT NULL DEFAULT false,
    used_at    timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE mfa_backup_codes IS 'Codes for a lost second factor, hashed, each good once.';
CREATE INDEX mfa_backup_codes_by_user ON mfa_backup_codes (user_id, id);
CALL strikeoff.keep_updated_at('mfa_backup_codes');

CREATE TABLE user_permissions (
    id              uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id         uuid NOT NULL REFERENCES users,
    permission_name text NOT NULL,
    resource_type   text,
    resource_id     uuid,
    granted_by      uuid REFERENCES users,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT user_permissions_resource_is_typed
        CHECK (resource_id IS NULL OR resource_type IS NOT NULL),
    CONSTRAINT user_permissions_once
        UNIQUE NULLS NOT DISTINCT (user_id, permission_name, resource_type, resource_id)
);
COMMENT ON TABLE user_permissions IS
    'What a role alone does not give; resource_type county names the counties a person works for.';
CREATE INDEX user_permissions_by_resource ON user_permissions (resource_type, resource_id);
CREATE INDEX user_permissions_by_granter ON user_permissions (granted_by);
CALL strikeoff.keep_updated_at('user_permissions');

CREATE TABLE auth_audit_logs (
    id           uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id      uuid REFERENCES users,
    event_type   auth_event_type NOT NULL,
    ip_address   inet,
    device_info  text,
    success      boolean NOT NULL,
    details_json jsonb NOT NULL DEFAULT '{}',
    created_at   timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE auth_audit_logs IS 'Every sign-in, refusal and change of a credential.';
COMMENT ON COLUMN auth_audit_logs.user_id IS 'Null when the attempt named nobody we know.';
CREATE INDEX auth_audit_logs_by_user ON auth_audit_logs (user_id, id);
CREATE INDEX auth_audit_logs_by_address ON auth_audit_logs (ip_address, created_at);

CREATE TABLE api_keys (
    id           uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id      uuid NOT NULL REFERENCES users,
    county_id    uuid REFERENCES counties,
    name         text NOT NULL,
    token_hash   bytea NOT NULL UNIQUE
                 CONSTRAINT api_keys_token_hash_is_sha256 CHECK (octet_length(token_hash) = 32),
    scopes       text[] NOT NULL DEFAULT '{}',
    expires_at   timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE api_keys IS 'Bearer keys of programs; the key is shown once and kept as its hash.';
COMMENT ON COLUMN api_keys.county_id IS
    'Narrows the key to one county; null leaves its owner''s reach.';
CREATE INDEX api_keys_by_user ON api_keys (user_id, id);
CREATE INDEX api_keys_by_county ON api_keys (county_id);
CALL strikeoff.keep_updated_at('api_keys');

-- The database asks its own row and not a setting of the session: a request that forgets to
-- narrow itself gains nothing by it.
CREATE FUNCTION strikeoff.is_admin() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM public.users u
                   WHERE u.id = strikeoff.my_user() AND u.role = 'admin' AND u.status = 'active')
$$;
GRANT EXECUTE ON FUNCTION strikeoff.is_admin() TO strikeoff_app, strikeoff_worker, strikeoff_report;

-- Nobody raises oneself: role, status and KYC of a person are changed by others.
CREATE FUNCTION strikeoff.guard_users() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user IN ('strikeoff_owner', 'strikeoff_worker') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF (NEW.role = 'admin' OR NEW.status <> 'pending_approval'
            OR NEW.kyc_status <> 'not_submitted')
           AND NOT strikeoff.is_admin() THEN
            RAISE EXCEPTION 'a new account cannot approve itself'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.role, NEW.status, NEW.kyc_status)
           IS DISTINCT FROM (OLD.role, OLD.status, OLD.kyc_status)
       AND (NEW.id = strikeoff.my_user() OR (NEW.role = 'admin' AND NOT strikeoff.is_admin())) THEN
        RAISE EXCEPTION 'role and status are changed by others'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER guard_users BEFORE INSERT OR UPDATE ON users
    FOR EACH ROW EXECUTE FUNCTION strikeoff.guard_users();

CALL strikeoff.protect('users', report => false);
CREATE POLICY report_reads ON users FOR SELECT TO strikeoff_report USING (true);
GRANT SELECT (id, email, role, first_name, last_name, phone, mfa_enabled, status, kyc_status,
              email_verified_at, last_login_at, bidding_hold_until, created_at, updated_at)
    ON users TO strikeoff_report;
CALL strikeoff.allow_user('users', user_column => 'id');
CREATE POLICY administrators ON users TO strikeoff_app
    USING ((SELECT strikeoff.is_admin())) WITH CHECK ((SELECT strikeoff.is_admin()));
CREATE POLICY registers ON users FOR INSERT TO strikeoff_app
    WITH CHECK ((SELECT strikeoff.my_user()) IS NULL AND role IN ('investor', 'viewer')
                AND status = 'pending_approval' AND kyc_status = 'not_submitted');
GRANT SELECT, INSERT, UPDATE ON users TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('sessions', report => false);
CALL strikeoff.allow_user('sessions');
GRANT SELECT, INSERT, UPDATE ON sessions TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO strikeoff_worker;

CALL strikeoff.protect('refresh_tokens', report => false);
CALL strikeoff.allow_user('refresh_tokens');
GRANT SELECT, INSERT, UPDATE ON refresh_tokens TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON refresh_tokens TO strikeoff_worker;

CALL strikeoff.protect('mfa_backup_codes', report => false);
CALL strikeoff.allow_user('mfa_backup_codes');
GRANT SELECT, INSERT, UPDATE, DELETE ON mfa_backup_codes TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('user_permissions');
CALL strikeoff.allow_user('user_permissions', 'SELECT');
CREATE POLICY administrators ON user_permissions TO strikeoff_app
    USING ((SELECT strikeoff.is_admin())) WITH CHECK ((SELECT strikeoff.is_admin()));
GRANT SELECT, INSERT, UPDATE, DELETE ON user_permissions TO strikeoff_app, strikeoff_worker;

CALL strikeoff.protect('auth_audit_logs');
CALL strikeoff.allow_user('auth_audit_logs', 'SELECT');
CREATE POLICY writes ON auth_audit_logs FOR INSERT TO strikeoff_app WITH CHECK (true);
CREATE POLICY administrators ON auth_audit_logs FOR SELECT TO strikeoff_app
    USING ((SELECT strikeoff.is_admin()));
GRANT SELECT, INSERT ON auth_audit_logs TO strikeoff_app, strikeoff_worker;
CALL strikeoff.make_append_only('auth_audit_logs');

CALL strikeoff.protect('api_keys', report => false);
CALL strikeoff.allow_user('api_keys');
GRANT SELECT, INSERT, UPDATE ON api_keys TO strikeoff_app, strikeoff_worker;

-- What administrators alone may change of the tables made before users.
CREATE POLICY administrators ON counties TO strikeoff_app
    USING ((SELECT strikeoff.is_admin())) WITH CHECK ((SELECT strikeoff.is_admin()));
CREATE POLICY administrators ON global_settings TO strikeoff_app
    USING ((SELECT strikeoff.is_admin())) WITH CHECK ((SELECT strikeoff.is_admin()));
