--
-- PostgreSQL database dump
--

\restrict strikeoff


SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: strikeoff; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA strikeoff;


--
-- Name: SCHEMA strikeoff; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA strikeoff IS 'Functions, and nothing that a request writes.';


--
-- Name: account_link_purpose; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.account_link_purpose AS ENUM (
    'confirm_address',
    'reset_password',
    'change_address'
);


--
-- Name: agreement_kind; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.agreement_kind AS ENUM (
    'terms',
    'bidding',
    'privacy',
    'ach_authorization',
    'beneficial_owner'
);


--
-- Name: amendment_kind; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.amendment_kind AS ENUM (
    'void_paid',
    'correction',
    'award_voided',
    'forfeited'
);


--
-- Name: approval_action; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.approval_action AS ENUM (
    'publish_import',
    'resume_auction',
    'cancel_batch',
    'change_role',
    'grant_permissions',
    'recover_second_factor'
);


--
-- Name: approval_decision; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.approval_decision AS ENUM (
    'approved',
    'refused',
    'expired'
);


--
-- Name: auction_bidder_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.auction_bidder_status AS ENUM (
    'eligible',
    'barred'
);


--
-- Name: auction_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.auction_status AS ENUM (
    'draft',
    'published',
    'open',
    'paused',
    'closing',
    'closed',
    'settled',
    'canceled'
);


--
-- Name: auth_event_type; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.auth_event_type AS ENUM (
    'login',
    'logout',
    'password_change',
    'token_refresh',
    'login_failed',
    'token_reuse',
    'password_reset_requested',
    'password_reset',
    'mfa_enabled',
    'mfa_disabled',
    'mfa_failed',
    'mfa_backup_used',
    'step_up',
    'session_revoked',
    'email_verified',
    'api_key_created',
    'api_key_revoked',
    'access_denied',
    'account_locked',
    'sign_up',
    'email_change_requested',
    'email_changed',
    'mfa_recovery_granted',
    'mfa_recovery_stopped',
    'mfa_recovered',
    'role_changed',
    'permissions_changed',
    'status_changed',
    'mfa_codes_renewed'
);


--
-- Name: bank_account_kind; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.bank_account_kind AS ENUM (
    'checking',
    'savings'
);


--
-- Name: bank_account_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.bank_account_status AS ENUM (
    'pending',
    'verified',
    'refused',
    'closed'
);


--
-- Name: batch_certificate_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.batch_certificate_status AS ENUM (
    'offered',
    'withdrawn',
    'awarded',
    'struck',
    'void_paid'
);


--
-- Name: batch_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.batch_status AS ENUM (
    'scheduled',
    'open',
    'paused',
    'closing',
    'closed',
    'canceled'
);


--
-- Name: bid_pattern_kind; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.bid_pattern_kind AS ENUM (
    'strategy',
    'finding'
);


--
-- Name: bid_pattern_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.bid_pattern_status AS ENUM (
    'active',
    'open',
    'dismissed',
    'confirmed'
);


--
-- Name: bid_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.bid_status AS ENUM (
    'standing',
    'replaced',
    'withdrawn',
    'awarded',
    'lost',
    'blocked',
    'outbid',
    'void'
);


--
-- Name: bidder_number_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.bidder_number_status AS ENUM (
    'pending',
    'active',
    'suspended',
    'retired'
);


--
-- Name: certificate_canceled_reason; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.certificate_canceled_reason AS ENUM (
    'paid_before_sale',
    'clerical_error',
    'double_assessment',
    'property_in_bankruptcy',
    'exempt_property',
    'value_corrected',
    'expired',
    'tax_deed_issued',
    'court_order',
    'other'
);


--
-- Name: certificate_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.certificate_status AS ENUM (
    'pending',
    'active',
    'sold',
    'redeemed',
    'canceled'
);


--
-- Name: county_held_purchase_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.county_held_purchase_status AS ENUM (
    'reserved',
    'paid',
    'completed',
    'canceled'
);


--
-- Name: deposit_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.deposit_status AS ENUM (
    'pending',
    'posted',
    'applied',
    'refunding',
    'refunded',
    'forfeited',
    'failed'
);


--
-- Name: document_entity_type; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.document_entity_type AS ENUM (
    'certificate',
    'property',
    'user',
    'registration',
    'county',
    'auction',
    'batch',
    'payment',
    'redemption',
    'import',
    'report',
    'tax_form',
    'invoice'
);


--
-- Name: document_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.document_status AS ENUM (
    'quarantined',
    'clean',
    'infected',
    'refused',
    'deleted'
);


--
-- Name: forfeiture_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.forfeiture_status AS ENUM (
    'open',
    'applied',
    'reversed'
);


--
-- Name: import_kind; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.import_kind AS ENUM (
    'nal',
    'parcels',
    'advertised',
    'results'
);


--
-- Name: import_row_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.import_row_status AS ENUM (
    'accepted',
    'rejected',
    'superseded',
    'needs_decision',
    'applied'
);


--
-- Name: import_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.import_status AS ENUM (
    'uploading',
    'uploaded',
    'checking',
    'checked',
    'publishing',
    'published',
    'failed',
    'canceled',
    'rolled_back'
);


--
-- Name: invoice_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.invoice_status AS ENUM (
    'draft',
    'issued',
    'processing',
    'paid',
    'overdue',
    'forfeited',
    'void'
);


--
-- Name: job_state; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.job_state AS ENUM (
    'ready',
    'running',
    'done',
    'failed',
    'canceled'
);


--
-- Name: kyc_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.kyc_status AS ENUM (
    'not_submitted',
    'pending',
    'verified',
    'failed'
);


--
-- Name: ledger_account_kind; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.ledger_account_kind AS ENUM (
    'asset',
    'liability',
    'income',
    'expense',
    'equity'
);


--
-- Name: notification_channel; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.notification_channel AS ENUM (
    'email',
    'sms',
    'in_app',
    'push'
);


--
-- Name: notification_type; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.notification_type AS ENUM (
    'auction_start',
    'outbid',
    'certificate_status',
    'auction_end',
    'batch_closed',
    'award',
    'invoice',
    'payment',
    'payment_due',
    'deposit',
    'redemption',
    'registration',
    'kyc',
    'saved_search',
    'document',
    'deadline',
    'security',
    'system'
);


--
-- Name: payment_method; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.payment_method AS ENUM (
    'ach_debit',
    'ach_credit',
    'wire',
    'check',
    'cash',
    'internal'
);


--
-- Name: payment_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.payment_status AS ENUM (
    'pending',
    'processing',
    'succeeded',
    'failed',
    'returned',
    'refunded',
    'canceled'
);


--
-- Name: redemption_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.redemption_status AS ENUM (
    'quoted',
    'pending',
    'paid',
    'disbursed',
    'returned',
    'canceled'
);


--
-- Name: registration_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.registration_status AS ENUM (
    'pending_review',
    'approved',
    'rejected',
    'draft',
    'needs_information'
);


--
-- Name: report_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.report_status AS ENUM (
    'queued',
    'running',
    'succeeded',
    'failed',
    'canceled'
);


--
-- Name: sale_role; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.sale_role AS ENUM (
    'county',
    'operator'
);


--
-- Name: tax_form_kind; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.tax_form_kind AS ENUM (
    'w9',
    'w8'
);


--
-- Name: tax_form_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.tax_form_status AS ENUM (
    'submitted',
    'accepted',
    'refused',
    'expired'
);


--
-- Name: transaction_type; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.transaction_type AS ENUM (
    'deposit',
    'deposit_refund',
    'deposit_applied',
    'purchase',
    'purchase_refund',
    'forfeiture',
    'redemption',
    'redemption_payout',
    'fee',
    'transfer_fee',
    'county_held_purchase',
    'adjustment',
    'reversal'
);


--
-- Name: transfer_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.transfer_status AS ENUM (
    'requested',
    'completed',
    'refused',
    'canceled'
);


--
-- Name: user_role; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.user_role AS ENUM (
    'admin',
    'county_admin',
    'investor',
    'viewer'
);


--
-- Name: user_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.user_status AS ENUM (
    'pending_approval',
    'active',
    'inactive',
    'rejected'
);


--
-- Name: verification_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.verification_status AS ENUM (
    'pending',
    'review',
    'passed',
    'failed',
    'expired'
);


--
-- Name: winning_bid_payment_status; Type: TYPE; Schema: public; Owner: -
--

CREATE TYPE public.winning_bid_payment_status AS ENUM (
    'pending',
    'invoiced',
    'processing',
    'paid',
    'failed',
    'forfeited',
    'refunded',
    'void'
);


--
-- Name: acting_in(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.acting_in() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('strikeoff.acting_in'::text, true), ''::text))::uuid[];


--
-- Name: FUNCTION acting_in(); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.acting_in() IS 'The counties that this transaction is confined to; null when it is not.';


--
-- Name: allow_county(regclass); Type: PROCEDURE; Schema: strikeoff; Owner: -
--

CREATE PROCEDURE strikeoff.allow_county(IN target regclass)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('CREATE POLICY county_staff ON %s TO strikeoff_app
                    USING (county_id = ANY ((SELECT strikeoff.my_counties())::uuid[]))
                    WITH CHECK (county_id = ANY ((SELECT strikeoff.my_counties())::uuid[]))',
                   target);
END
$$;


--
-- Name: allow_public(regclass, text); Type: PROCEDURE; Schema: strikeoff; Owner: -
--

CREATE PROCEDURE strikeoff.allow_public(IN target regclass, IN condition text)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('CREATE POLICY published ON %s FOR SELECT TO strikeoff_app
                    USING (%s)', target, condition);
END
$$;


--
-- Name: allow_user(regclass, text, name); Type: PROCEDURE; Schema: strikeoff; Owner: -
--

CREATE PROCEDURE strikeoff.allow_user(IN target regclass, IN command text DEFAULT 'ALL'::text, IN user_column name DEFAULT 'user_id'::name)
    LANGUAGE plpgsql
    AS $$
DECLARE
    mine text := format('(%I = (SELECT strikeoff.my_user()))', user_column);
BEGIN
    EXECUTE format('CREATE POLICY %I ON %s FOR %s TO strikeoff_app %s %s',
                   'own_' || lower(command), target, command,
                   CASE WHEN command <> 'INSERT' THEN 'USING ' || mine END,
                   CASE WHEN command <> 'SELECT' THEN 'WITH CHECK ' || mine END);
END
$$;


--
-- Name: audit_append(uuid, uuid, uuid, text, uuid, text, bytea, inet); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.audit_append(log uuid, county uuid, "user" uuid, entity_type text, entity_id uuid, action text, payload bytea, ip inet) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_variable
DECLARE
    head     record;
    new_hash bytea;
BEGIN
    SELECT h.county_id, h.length + 1 AS seq, h.hash INTO head
    FROM public.audit_heads h WHERE h.log_id = log FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        INSERT INTO public.audit_heads (log_id, county_id, hash)
        VALUES (log, county, sha256('strikeoff/audit/v1'::bytea || '\x00'::bytea || uuid_send(log)))
        ON CONFLICT DO NOTHING;
        SELECT h.county_id, h.length + 1 AS seq, h.hash INTO head
        FROM public.audit_heads h WHERE h.log_id = log FOR NO KEY UPDATE;
    END IF;
    IF head.county_id IS DISTINCT FROM county THEN
        RAISE EXCEPTION 'log % is not of county %', log, county
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    new_hash := sha256('\x02'::bytea || head.hash || int8send(head.seq) || sha256(payload));
    INSERT INTO public.audit_logs (county_id, log_id, seq, user_id, entity_type, entity_id, action,
                                   payload, hash, ip_address, created_at)
    VALUES (county, log, head.seq, "user", entity_type, entity_id, action, payload, new_hash, ip,
            strikeoff.clock());
    UPDATE public.audit_heads h SET length = head.seq, hash = new_hash WHERE h.log_id = log;
    RETURN head.seq;
END
$$;


--
-- Name: FUNCTION audit_append(log uuid, county uuid, "user" uuid, entity_type text, entity_id uuid, action text, payload bytea, ip inet); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.audit_append(log uuid, county uuid, "user" uuid, entity_type text, entity_id uuid, action text, payload bytea, ip inet) IS 'Adds a row to a log and returns its number. Call it last: it holds the log''s head until the commit.';


--
-- Name: check_balance(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.check_balance() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


--
-- Name: clock(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.clock() RETURNS timestamp with time zone
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
$$;


--
-- Name: FUNCTION clock(); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.clock() IS 'The clock that decides. A test cluster replaces it by one with an offset.';


--
-- Name: confine(regclass); Type: PROCEDURE; Schema: strikeoff; Owner: -
--

CREATE PROCEDURE strikeoff.confine(IN target regclass)
    LANGUAGE plpgsql
    AS $$
DECLARE
    inside text := '((SELECT strikeoff.acting_in()) IS NULL OR county_id IS NULL
                     OR county_id = ANY ((SELECT strikeoff.acting_in())::uuid[]))';
BEGIN
    EXECUTE format('CREATE POLICY acting_in ON %s AS RESTRICTIVE TO strikeoff_worker
                    USING %s WITH CHECK %s', target, inside, inside);
END
$$;


--
-- Name: guard_batch_closings(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.guard_batch_closings() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


--
-- Name: guard_batch_secrets(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.guard_batch_secrets() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


--
-- Name: guard_batches(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.guard_batches() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF current_user NOT IN ('strikeoff_owner', 'strikeoff_worker', 'strikeoff_journal')
       AND (OLD.chain_length > 0 OR OLD.status <> 'scheduled') THEN
        RAISE EXCEPTION 'an opened batch changes through its chain'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;


--
-- Name: guard_budgets(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.guard_budgets() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


--
-- Name: guard_group_members(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.guard_group_members() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


--
-- Name: guard_lots(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.guard_lots() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


--
-- Name: guard_outcomes(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.guard_outcomes() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


--
-- Name: guard_users(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.guard_users() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


--
-- Name: inherit_published(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.inherit_published() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_TABLE_NAME = 'batches' THEN
        NEW.published := coalesce(
            (SELECT a.status <> 'draft' FROM public.auctions a WHERE a.id = NEW.auction_id), false);
    ELSE
        NEW.published := coalesce(
            (SELECT b.published FROM public.batches b WHERE b.id = NEW.batch_id), false);
    END IF;
    RETURN NEW;
END
$$;


--
-- Name: is_admin(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.is_admin() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT EXISTS (SELECT 1 FROM public.users u
                   WHERE u.id = strikeoff.my_user() AND u.role = 'admin' AND u.status = 'active')
$$;


--
-- Name: journal_append(uuid, uuid[], bigint[], bytea[], bigint, timestamp with time zone, text[]); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.journal_append(county uuid, batch_ids uuid[], versions bigint[], records bytea[], known_epoch bigint DEFAULT NULL::bigint, good_until timestamp with time zone DEFAULT NULL::timestamp with time zone, orders text[] DEFAULT NULL::text[]) RETURNS TABLE(batch_id uuid, verdict text, first_seq bigint, accepted_at timestamp with time zone, rooms jsonb)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    groups     int := coalesce(array_length(batch_ids, 1), 0);
    places     int[];
    place      int;
    b_auction  uuid;
    b_status   public.batch_status;
    b_start    timestamptz;
    b_end      timestamptz;
    b_version  bigint;
    b_chain    int;
    b_changed  timestamptz;
    last_at    timestamptz;
    epoch_now  bigint;
    terms      jsonb;
BEGIN
    IF (current_setting('fsync') = 'off' OR current_setting('synchronous_commit') = 'off')
       AND current_setting('strikeoff.allow_unsafe', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'bids are not accepted without fsync and synchronous_commit'
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'bids are accepted in READ COMMITTED only'
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    IF groups <> coalesce(array_length(versions, 1), 0)
       OR groups <> coalesce(array_length(records, 1), 0)
       OR groups <> coalesce(array_length(orders, 1), groups) THEN
        RAISE EXCEPTION 'batches, versions, records and orders differ in number'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- Everyone locks batches in ascending order, so that two calls never wait for each other.
    IF groups > 1 THEN
        SELECT array_agg(listed.nr ORDER BY listed.id, listed.nr) INTO places
        FROM unnest(batch_ids) WITH ORDINALITY AS listed (id, nr);
    END IF;

    FOR i IN 1 .. groups LOOP
        place := CASE WHEN groups = 1 THEN 1 ELSE places[i] END;
        batch_id := batch_ids[place];
        rooms := NULL;

        SELECT b.auction_id, b.status, b.start_time, greatest(b.end_time, b.extended_to),
               b.book_version, b.chain_length, b.changed_at
        INTO b_auction, b_status, b_start, b_end, b_version, b_chain, b_changed
        FROM public.batches b
        WHERE b.id = batch_ids[place] AND b.county_id = county
        FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            verdict := 'unknown';
            first_seq := NULL;
            accepted_at := NULL;
            RETURN NEXT;
            CONTINUE;
        END IF;

        -- A statement of its own: its snapshot is taken under the lock and sees the last block and
        -- every change of access that was committed before.
        SELECT a.epoch, l.next_seq, l.accepted_at INTO STRICT epoch_now, first_seq, last_at
        FROM public.access_epoch a
        LEFT JOIN LATERAL (
            SELECT k.first_seq + k.count AS next_seq, k.accepted_at
            FROM public.bid_blocks k
            WHERE k.batch_id = batch_ids[place]
            ORDER BY k.first_seq DESC
            LIMIT 1) l ON true;
        first_seq := coalesce(first_seq, 0);

        -- The clock is read under the lock: time spent waiting for it counts. Should it have been
        -- set back, no bid lies before what came before it.
        accepted_at := greatest(strikeoff.clock(), last_at + interval '1 microsecond', b_changed);
        verdict := CASE
            WHEN b_status IN ('closed', 'canceled') THEN 'closed'
            WHEN b_status = 'closing' THEN 'closing'
            WHEN b_status = 'paused' THEN 'paused'
            WHEN b_status = 'scheduled' OR b_chain = 0 OR accepted_at < b_start THEN 'pending'
            WHEN accepted_at >= b_end THEN 'ended'
            WHEN b_version IS DISTINCT FROM versions[place] THEN 'stale'
            WHEN epoch_now <> known_epoch OR accepted_at >= good_until THEN 'outdated'
            ELSE 'stored' END;
        IF verdict = 'stored' AND orders[place] <> '' THEN
            terms := orders[place]::jsonb;
            verdict := CASE
                WHEN first_seq <> (terms ->> 'known_seq')::bigint THEN 'behind'
                WHEN accepted_at >= (terms ->> 'until')::timestamptz THEN 'item_ended'
                ELSE 'stored' END;
            IF verdict = 'stored' THEN
                SELECT jsonb_agg(jsonb_build_object('bidder', s.bidder, 'room', s.room::text))
                INTO rooms
                FROM strikeoff.reserve_budgets(county, b_auction, batch_id,
                                               (terms ->> 'percent')::int,
                                               terms -> 'amounts') s;
                IF rooms IS NOT NULL THEN
                    verdict := 'over_budget';
                ELSIF terms -> 'leads' IS NOT NULL THEN
                    PERFORM strikeoff.lead_items(
                        county, b_auction, batch_id, accepted_at, terms -> 'leads',
                        make_interval(mins => (terms ->> 'extension')::int));
                END IF;
            END IF;
        END IF;
        IF verdict = 'stored' THEN
            INSERT INTO public.bid_blocks
                (county_id, batch_id, first_seq, count, accepted_at, records)
            VALUES
                (county, batch_id, first_seq, octet_length(records[place]) / 32, accepted_at,
                 records[place]);
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;


--
-- Name: FUNCTION journal_append(county uuid, batch_ids uuid[], versions bigint[], records bytea[], known_epoch bigint, good_until timestamp with time zone, orders text[]); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.journal_append(county uuid, batch_ids uuid[], versions bigint[], records bytea[], known_epoch bigint, good_until timestamp with time zone, orders text[]) IS 'Stores one group of bids for each batch, or says why not. The only writer of bid_blocks. Outdated: access was narrowed since known_epoch, or good_until is over. A group with an order is stored only as the next one after known_seq, before until, and within the budgets.';


--
-- Name: journal_fence(uuid[], boolean); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.journal_fence(batch_ids uuid[], shut boolean) RETURNS TABLE(batch_id uuid, next_seq bigint)
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
#variable_conflict use_column
DECLARE
    wanted  uuid;
    county  uuid;
    version bigint;
BEGIN
    FOR wanted IN SELECT DISTINCT listed.id FROM unnest(batch_ids) AS listed (id) ORDER BY 1 LOOP
        PERFORM 1 FROM public.batches b WHERE b.id = wanted FOR NO KEY UPDATE;
        CONTINUE WHEN NOT FOUND;
        batch_id := wanted;
        SELECT coalesce((SELECT l.first_seq + l.count FROM public.bid_blocks l
                         WHERE l.batch_id = wanted
                         ORDER BY l.first_seq DESC LIMIT 1), 0)
        INTO next_seq;
        IF shut THEN
            UPDATE public.batches b SET book_version = b.book_version + 1
            WHERE b.id = wanted
            RETURNING b.county_id, b.book_version INTO county, version;
            INSERT INTO public.book_changes (county_id, batch_id, version, kind)
            VALUES (county, wanted, version, 17);
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;


--
-- Name: FUNCTION journal_fence(batch_ids uuid[], shut boolean); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.journal_fence(batch_ids uuid[], shut boolean) IS 'Waits for whoever is storing bids of these batches, then says where each journal ends. With shut the version of the book rises, so that an append that was sent and has not begun is stale.';


--
-- Name: keep_updated_at(regclass); Type: PROCEDURE; Schema: strikeoff; Owner: -
--

CREATE PROCEDURE strikeoff.keep_updated_at(IN target regclass)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER touch_updated_at BEFORE UPDATE ON %s
                    FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at()', target);
END
$$;


--
-- Name: lead_items(uuid, uuid, uuid, timestamp with time zone, jsonb, interval); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.lead_items(county uuid, auction uuid, batch uuid, at timestamp with time zone, leads jsonb, extension interval) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    WITH led AS (
        INSERT INTO public.open_leads AS l (batch_id, adv_no, county_id, rate, bidder_ref,
                                            accepted_at, ends_at)
        SELECT batch, w.adv_no, county, w.bp / 100.0, ab.bidder_ref, at,
               CASE WHEN w.final THEN at
                    WHEN w.extendable AND at >= w.ends - extension THEN at + extension
                    ELSE w.ends END
        FROM jsonb_to_recordset(leads)
                 AS w (adv_no int, number int, bp int, ends timestamptz, extendable boolean,
                       final boolean)
        JOIN public.auction_bidders ab ON ab.auction_id = auction AND ab.number = w.number
        ORDER BY w.adv_no
        ON CONFLICT (batch_id, adv_no) DO UPDATE
            SET rate = excluded.rate, bidder_ref = excluded.bidder_ref,
                accepted_at = excluded.accepted_at, ends_at = excluded.ends_at, bids = l.bids + 1
        RETURNING l.ends_at)
    UPDATE public.batches b SET extended_to = greatest(b.extended_to, latest.ends_at)
    FROM (SELECT max(led.ends_at) AS ends_at FROM led) latest
    WHERE b.id = batch AND latest.ends_at > greatest(b.end_time, b.extended_to)
$$;


--
-- Name: FUNCTION lead_items(county uuid, auction uuid, batch uuid, at timestamp with time zone, leads jsonb, extension interval); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.lead_items(county uuid, auction uuid, batch uuid, at timestamp with time zone, leads jsonb, extension interval) IS 'Writes who leads the items of an open sale after a block, and when their bidding ends.';


--
-- Name: machine_clock(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.machine_clock() RETURNS timestamp with time zone
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
$$;


--
-- Name: FUNCTION machine_clock(); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.machine_clock() IS 'What the machine says, for the guard against jumps. Whatever decides reads clock().';


--
-- Name: make_append_only(regclass); Type: PROCEDURE; Schema: strikeoff; Owner: -
--

CREATE PROCEDURE strikeoff.make_append_only(IN target regclass)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %s
                    FOR EACH ROW EXECUTE FUNCTION strikeoff.refuse_change()', target);
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %s
                    FOR EACH STATEMENT EXECUTE FUNCTION strikeoff.refuse_change()', target);
END
$$;


--
-- Name: my_counties(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.my_counties() RETURNS uuid[]
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('strikeoff.county_ids'::text, true), ''::text))::uuid[];


--
-- Name: FUNCTION my_counties(); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.my_counties() IS 'The counties whose staff this transaction acts for; null for investors and visitors.';


--
-- Name: my_user(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.my_user() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('strikeoff.user_id'::text, true), ''::text))::uuid;


--
-- Name: FUNCTION my_user(); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.my_user() IS 'The user this transaction acts for; null for a visitor, who then owns no row.';


--
-- Name: name_key(text); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.name_key(name text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT string_agg(word.word, ' '::text ORDER BY (word.word COLLATE "C")) AS string_agg FROM regexp_split_to_table(translate(lower(regexp_replace((NORMALIZE(name_key.name, NFKC) COLLATE "C"), '[''.\u2018\u2019\u02bc]'::text, ''::text, 'g'::text)), 'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĞĢĨĪĬĮĶĹĻĽŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŸŹŻŽ'::text, 'àáâãäåæçèéêëìíîïðñòóôõöøùúûüýþāăąćĉċčďđēĕėęěğģĩīĭįķĺļľłńņňōŏőœŕŗřśŝşšţťũūŭůűųŵŷÿźżž'::text), '[\u0001-\u002f\u003a-\u0060\u007b-\u00bf\u00d7\u00f7\u2000-\u2bff\u3000-\u303f]+'::text) word(word) WHERE (word.word <> ''::text));


--
-- Name: FUNCTION name_key(name text); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.name_key(name text) IS 'What two spellings of a person''s or company''s name have in common; null when it has none.';


--
-- Name: new_id(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.new_id() RETURNS uuid
    LANGUAGE sql PARALLEL SAFE
    RETURN (encode(set_bit(set_bit(OVERLAY(uuid_send(gen_random_uuid()) PLACING SUBSTRING(int8send(((EXTRACT(epoch FROM clock_timestamp()) * (1000)::numeric))::bigint) FROM 3) FROM 1), (52)::bigint, 1), (53)::bigint, 1), 'hex'::text))::uuid;


--
-- Name: FUNCTION new_id(); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.new_id() IS 'A UUIDv7: a version 4 with the milliseconds in front and the version nibble raised to 7.';


--
-- Name: note_access_change(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.note_access_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    concerned uuid;
    at_epoch  bigint;
BEGIN
    IF TG_TABLE_NAME = 'users' THEN
        concerned := OLD.id;
    ELSE
        concerned := OLD.user_id;
    END IF;
    UPDATE public.access_epoch SET epoch = epoch + 1 RETURNING epoch INTO STRICT at_epoch;
    INSERT INTO public.access_changes AS c (user_id, epoch) VALUES (concerned, at_epoch)
    ON CONFLICT (user_id) DO UPDATE SET epoch = EXCLUDED.epoch;
    RETURN NULL;
END
$$;


--
-- Name: FUNCTION note_access_change(); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.note_access_change() IS 'Stands after whatever narrows access, so that no code path can forget to say so.';


--
-- Name: payload_json(bytea); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.payload_json(payload bytea) RETURNS jsonb
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (convert_from(payload, 'UTF8'::name))::jsonb;


--
-- Name: FUNCTION payload_json(payload bytea); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.payload_json(payload bytea) IS 'Immutable in a UTF-8 database, which this one is: a generated column may be built on it.';


--
-- Name: protect(regclass, boolean); Type: PROCEDURE; Schema: strikeoff; Owner: -
--

CREATE PROCEDURE strikeoff.protect(IN target regclass, IN report boolean DEFAULT true)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY owner_all ON %s TO strikeoff_owner
                    USING (true) WITH CHECK (true)', target);
    EXECUTE format('CREATE POLICY worker_all ON %s TO strikeoff_worker
                    USING (true) WITH CHECK (true)', target);
    IF EXISTS (SELECT FROM pg_attribute
               WHERE attrelid = target AND attname = 'county_id' AND NOT attisdropped) THEN
        CALL strikeoff.confine(target);
    END IF;
    IF report THEN
        EXECUTE format('CREATE POLICY report_reads ON %s FOR SELECT TO strikeoff_report
                        USING (true)', target);
        EXECUTE format('GRANT SELECT ON %s TO strikeoff_report', target);
    END IF;
END
$$;


--
-- Name: publish_auction(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.publish_auction() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE public.batches b SET published = true WHERE b.auction_id = NEW.id AND NOT b.published;
    UPDATE public.batch_certificates l SET published = true
    FROM public.batches b WHERE b.auction_id = NEW.id AND l.batch_id = b.id AND NOT l.published;
    UPDATE public.certificates c SET published = true
    FROM public.batches b JOIN public.batch_certificates l ON l.batch_id = b.id
    WHERE b.auction_id = NEW.id AND c.id = l.certificate_id AND NOT c.published;
    UPDATE public.properties p SET published = true
    FROM public.batches b
    JOIN public.batch_certificates l ON l.batch_id = b.id
    JOIN public.certificates c ON c.id = l.certificate_id
    WHERE b.auction_id = NEW.id AND p.id = c.property_id AND NOT p.published;
    RETURN NULL;
END
$$;


--
-- Name: publish_lots(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.publish_lots() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    UPDATE public.certificates c SET published = true
    FROM added a WHERE a.published AND c.id = a.certificate_id AND NOT c.published;
    UPDATE public.properties p SET published = true
    FROM added a JOIN public.certificates c ON c.id = a.certificate_id
    WHERE a.published AND p.id = c.property_id AND NOT p.published;
    RETURN NULL;
END
$$;


--
-- Name: refuse_change(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;


--
-- Name: FUNCTION refuse_change(); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.refuse_change() IS 'Stands before UPDATE, DELETE and TRUNCATE of tables whose rows are evidence.';


--
-- Name: reserve_budgets(uuid, uuid, uuid, integer, jsonb); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.reserve_budgets(county uuid, auction uuid, batch uuid, percent integer, amounts jsonb) RETURNS TABLE(bidder integer, room numeric)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM 1
    FROM jsonb_to_recordset(amounts) AS w (number int, amount numeric)
    JOIN public.auction_bidders ab ON ab.auction_id = auction AND ab.number = w.number
    JOIN public.budgets g ON g.auction_id = auction AND g.user_id = ab.user_id
    ORDER BY w.number
    FOR NO KEY UPDATE OF g;

    -- A statement of its own: its snapshot is taken under the locks.
    RETURN QUERY
    SELECT w.number, greatest(r.room, 0)
    FROM jsonb_to_recordset(amounts) AS w (number int, amount numeric)
    JOIN public.auction_bidders ab ON ab.auction_id = auction AND ab.number = w.number
    LEFT JOIN public.budgets g ON g.auction_id = auction AND g.user_id = ab.user_id
    LEFT JOIN public.bidder_exposures mine ON mine.batch_id = batch AND mine.number = w.number
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(e.exposed), 0) AS exposed
        FROM public.bidder_exposures e JOIN public.batches b ON b.id = e.batch_id
        WHERE e.auction_id = auction AND e.number = w.number AND e.batch_id <> batch
          AND b.status NOT IN ('closed', 'canceled')) elsewhere
    CROSS JOIN LATERAL (
        SELECT least(least(g.own_limit, g.staff_grant,
                           CASE WHEN percent > 0
                                THEN least(trunc(coalesce(g.deposits, 0) * 100 / percent, 2),
                                           999999999999.99) END)
                     - coalesce(g.awarded, 0) - elsewhere.exposed,
                     g.batch_limit) AS room) r
    WHERE w.amount > coalesce(mine.exposed, 0) AND w.amount > r.room;
    IF FOUND THEN
        RETURN;
    END IF;

    INSERT INTO public.bidder_exposures AS e (batch_id, number, county_id, auction_id, exposed)
    SELECT batch, w.number, county, auction, w.amount
    FROM jsonb_to_recordset(amounts) AS w (number int, amount numeric)
    ORDER BY w.number
    ON CONFLICT (batch_id, number) DO UPDATE SET exposed = excluded.exposed;
END
$$;


--
-- Name: FUNCTION reserve_budgets(county uuid, auction uuid, batch uuid, percent integer, amounts jsonb); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.reserve_budgets(county uuid, auction uuid, batch uuid, percent integer, amounts jsonb) IS 'Sets what bidders have reserved in a batch, or says for whom that is too much and what the most would be, and sets nothing.';


--
-- Name: tell(uuid, text, text, jsonb); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.tell(county uuid, about text, kind text, body jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    next_seq bigint;
BEGIN
    INSERT INTO public.live_topics AS t (topic, county_id, last_seq) VALUES (about, county, 1)
    ON CONFLICT (topic) DO UPDATE SET last_seq = t.last_seq + 1
    RETURNING t.last_seq INTO STRICT next_seq;
    INSERT INTO public.live_events (topic, seq, county_id, at, kind, body)
    VALUES (about, next_seq, county, strikeoff.clock(), kind, body);
END
$$;


--
-- Name: FUNCTION tell(county uuid, about text, kind text, body jsonb); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.tell(county uuid, about text, kind text, body jsonb) IS 'Adds an event to a topic. The topic of a sale is locked before those of its batches and that of all sales.';


--
-- Name: tell_auction(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.tell_auction() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NEW.status <> OLD.status THEN
        PERFORM strikeoff.tell(NEW.county_id, 'sale:' || NEW.id, 'state',
                               jsonb_build_object('status', NEW.status));
    ELSE
        PERFORM strikeoff.tell(NEW.county_id, 'sale:' || NEW.id, 'times',
                               jsonb_build_object('start_date', strikeoff.utc(NEW.start_date),
                                                  'end_date', strikeoff.utc(NEW.end_date)));
    END IF;
    PERFORM strikeoff.tell(NULL, 'sales', 'sale',
                           jsonb_build_object('auction_id', NEW.id, 'status', NEW.status));
    RETURN NULL;
END
$$;


--
-- Name: tell_batch(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.tell_batch() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.status <> OLD.status THEN
        PERFORM strikeoff.tell_of_batch(NEW.id, 'state',
                                        jsonb_build_object('status', NEW.status));
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.name, NEW.start_time, NEW.end_time)
                            IS DISTINCT FROM (OLD.name, OLD.start_time, OLD.end_time) THEN
        PERFORM strikeoff.tell_of_batch(
            NEW.id, 'times',
            jsonb_build_object('start_time', strikeoff.utc(NEW.start_time),
                               'end_time', strikeoff.utc(NEW.end_time)));
    END IF;
    RETURN NULL;
END
$$;


--
-- Name: tell_change(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.tell_change() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM strikeoff.tell_of_batch(
        NEW.batch_id, 'change',
        jsonb_build_object(
            'k', NEW.k,
            'change', (ARRAY['opened', 'end_moved', 'paused', 'resumed', 'withdrawn',
                             'canceled'])[NEW.kind + 1]));
    RETURN NULL;
END
$$;


--
-- Name: tell_closing(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.tell_closing() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF OLD.head_published_at IS NULL AND NEW.head_published_at IS NOT NULL THEN
        PERFORM strikeoff.tell_of_batch(NEW.batch_id, 'closing', '{"published": "head"}');
    END IF;
    IF OLD.close_published_at IS NULL AND NEW.close_published_at IS NOT NULL THEN
        PERFORM strikeoff.tell_of_batch(NEW.batch_id, 'closing', '{"published": "close"}');
    END IF;
    RETURN NULL;
END
$$;


--
-- Name: tell_item(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.tell_item() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM strikeoff.tell_of_batch(
        NEW.batch_id, 'item',
        jsonb_build_object('adv_no', NEW.adv_no, 'certificate_id', NEW.certificate_id,
                           'status', NEW.status));
    RETURN NULL;
END
$$;


--
-- Name: tell_of_batch(uuid, text, jsonb); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.tell_of_batch(of_batch uuid, kind text, body jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    batch record;
BEGIN
    SELECT b.county_id, b.auction_id INTO batch
    FROM public.batches b WHERE b.id = of_batch AND b.published;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM strikeoff.tell(batch.county_id, 'sale:' || batch.auction_id, kind,
                           jsonb_build_object('batch_id', of_batch) || body);
    PERFORM strikeoff.tell(batch.county_id, 'batch:' || of_batch, kind, body);
END
$$;


--
-- Name: FUNCTION tell_of_batch(of_batch uuid, kind text, body jsonb); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.tell_of_batch(of_batch uuid, kind text, body jsonb) IS 'Adds an event to a batch and its sale; of what is not published nothing is told.';


--
-- Name: tell_results(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.tell_results() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM strikeoff.tell_of_batch(
        NEW.batch_id, 'results',
        jsonb_build_object('published', CASE WHEN TG_TABLE_NAME = 'transcripts' THEN 'transcript'
                                             ELSE 'amendment' END));
    RETURN NULL;
END
$$;


--
-- Name: touch_updated_at(); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.touch_updated_at() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    NEW.updated_at := now();
    RETURN NEW;
END
$$;


--
-- Name: utc(timestamp with time zone); Type: FUNCTION; Schema: strikeoff; Owner: -
--

CREATE FUNCTION strikeoff.utc(moment timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN to_char((moment AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'::text);


--
-- Name: FUNCTION utc(moment timestamp with time zone); Type: COMMENT; Schema: strikeoff; Owner: -
--

COMMENT ON FUNCTION strikeoff.utc(moment timestamp with time zone) IS 'A time as the API writes it.';


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: access_changes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.access_changes (
    user_id uuid NOT NULL,
    epoch bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT access_changes_positive CHECK ((epoch > 0))
);

ALTER TABLE ONLY public.access_changes FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE access_changes; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.access_changes IS 'The epoch at which a person''s access was narrowed last.';


--
-- Name: access_epoch; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.access_epoch (
    only_row boolean DEFAULT true NOT NULL,
    epoch bigint DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT access_epoch_one_row CHECK (only_row),
    CONSTRAINT access_epoch_positive CHECK ((epoch > 0))
)
WITH (fillfactor='10');

ALTER TABLE ONLY public.access_epoch FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE access_epoch; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.access_epoch IS 'How often anybody''s access was narrowed. Whoever remembers a caller remembers this with it.';


--
-- Name: account_links; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.account_links (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    purpose public.account_link_purpose NOT NULL,
    token_hash bytea NOT NULL,
    new_email text,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT account_links_address_where_it_changes CHECK (((purpose = 'change_address'::public.account_link_purpose) = (new_email IS NOT NULL))),
    CONSTRAINT account_links_token_hash_is_sha256 CHECK ((octet_length(token_hash) = 32))
);

ALTER TABLE ONLY public.account_links FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE account_links; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.account_links IS 'What a link in a mail stands for; the token itself is not kept.';


--
-- Name: agreements; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.agreements (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid,
    user_id uuid NOT NULL,
    kind public.agreement_kind NOT NULL,
    version text NOT NULL,
    text_hash bytea NOT NULL,
    accepted_at timestamp with time zone NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT agreements_text_hash_is_sha256 CHECK ((octet_length(text_hash) = 32))
);

ALTER TABLE ONLY public.agreements FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE agreements; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.agreements IS 'Who accepted which text, when and from where.';


--
-- Name: COLUMN agreements.county_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.agreements.county_id IS 'Null for the terms of the platform itself.';


--
-- Name: amendments; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.amendments (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    certificate_id uuid,
    kind public.amendment_kind NOT NULL,
    body text NOT NULL,
    reason text NOT NULL,
    hash bytea,
    signature bytea,
    proposed_by uuid NOT NULL,
    approved_by uuid,
    published_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    refused_at timestamp with time zone,
    CONSTRAINT amendments_hash_length CHECK ((octet_length(hash) = 32)),
    CONSTRAINT amendments_published_whole CHECK (((published_at IS NULL) OR ((approved_by IS NOT NULL) AND (hash IS NOT NULL) AND (signature IS NOT NULL)))),
    CONSTRAINT amendments_refused_or_published CHECK (((refused_at IS NULL) OR (published_at IS NULL))),
    CONSTRAINT amendments_signature_length CHECK ((octet_length(signature) = 64)),
    CONSTRAINT amendments_two_people CHECK ((approved_by <> proposed_by))
);

ALTER TABLE ONLY public.amendments FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE amendments; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.amendments IS 'A signed change to a published result, made by two people.';


--
-- Name: COLUMN amendments.body; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.amendments.body IS 'Canonical JSON as hashed and signed.';


--
-- Name: COLUMN amendments.refused_at; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.amendments.refused_at IS 'When staff dropped the proposal.';


--
-- Name: api_keys; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.api_keys (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    county_id uuid,
    name text NOT NULL,
    token_hash bytea NOT NULL,
    scopes text[] DEFAULT '{}'::text[] NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT api_keys_name_not_long CHECK (((length(name) >= 1) AND (length(name) <= 100))),
    CONSTRAINT api_keys_scopes_known CHECK ((scopes <@ ARRAY['read'::text, 'bid'::text, 'manage'::text])),
    CONSTRAINT api_keys_token_hash_is_sha256 CHECK ((octet_length(token_hash) = 32))
);

ALTER TABLE ONLY public.api_keys FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE api_keys; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.api_keys IS 'Bearer keys of programs; the key is shown once and kept as its hash.';


--
-- Name: COLUMN api_keys.county_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.api_keys.county_id IS 'Narrows the key to one county; null leaves its owner''s reach.';


--
-- Name: COLUMN api_keys.scopes; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.api_keys.scopes IS 'What the key is for: read, bid, manage. None: all that its owner may, by the operator alone.';


--
-- Name: COLUMN api_keys.last_used_at; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.api_keys.last_used_at IS 'Written at most once a minute.';


--
-- Name: approvals; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.approvals (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid,
    action public.approval_action NOT NULL,
    subject_id uuid NOT NULL,
    parameters jsonb NOT NULL,
    preview jsonb NOT NULL,
    proposed_by uuid NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    decision public.approval_decision,
    decided_by uuid,
    decided_at timestamp with time zone,
    outcome jsonb,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT approvals_decided_whole CHECK ((((decision IS NULL) = (decided_at IS NULL)) AND ((NOT (decision IS DISTINCT FROM 'approved'::public.approval_decision)) = (outcome IS NOT NULL)) AND (NOT ((decision = ANY (ARRAY['approved'::public.approval_decision, 'refused'::public.approval_decision])) IS DISTINCT FROM
CASE
    WHEN (decision IS NOT NULL) THEN (decided_by IS NOT NULL)
    ELSE NULL::boolean
END)))),
    CONSTRAINT approvals_two_people CHECK (((decision IS DISTINCT FROM 'approved'::public.approval_decision) OR (decided_by <> proposed_by)))
);

ALTER TABLE ONLY public.approvals FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE approvals; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.approvals IS 'A change that takes two people: what one proposed, and what another decided.';


--
-- Name: COLUMN approvals.county_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.approvals.county_id IS 'Null when it is the platform''s and not a county''s.';


--
-- Name: COLUMN approvals.subject_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.approvals.subject_id IS 'What it changes: a sale, a batch, a user, a county.';


--
-- Name: COLUMN approvals.preview; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.approvals.preview IS 'What it would have come to when it was proposed.';


--
-- Name: COLUMN approvals.outcome; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.approvals.outcome IS 'What it came to when it was carried out.';


--
-- Name: auction_bidders; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auction_bidders (
    county_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    number integer NOT NULL,
    user_id uuid NOT NULL,
    bidder_number_id uuid NOT NULL,
    bidder_ref bytea NOT NULL,
    weight integer DEFAULT 1 NOT NULL,
    status public.auction_bidder_status DEFAULT 'eligible'::public.auction_bidder_status NOT NULL,
    barred_reason text,
    agreement_accepted_at timestamp with time zone,
    deposit_required numeric(14,2) DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    agreement_by uuid,
    missing text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT auction_bidders_agreement_by_whom CHECK (((agreement_by IS NULL) OR (agreement_accepted_at IS NOT NULL))),
    CONSTRAINT auction_bidders_deposit_not_negative CHECK ((deposit_required >= (0)::numeric)),
    CONSTRAINT auction_bidders_missing_known CHECK ((missing <@ ARRAY['tax_form'::text, 'agreement'::text, 'deposit'::text])),
    CONSTRAINT auction_bidders_number_positive CHECK ((number >= 1)),
    CONSTRAINT auction_bidders_ref_length CHECK ((octet_length(bidder_ref) = 16)),
    CONSTRAINT auction_bidders_weight_positive CHECK ((weight >= 1))
);

ALTER TABLE ONLY public.auction_bidders FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE auction_bidders; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.auction_bidders IS 'An account admitted to a sale, under the number its bids are stored by.';


--
-- Name: COLUMN auction_bidders.number; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.auction_bidders.number IS 'Stands in the journal; given once, never to another.';


--
-- Name: COLUMN auction_bidders.bidder_ref; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.auction_bidders.bidder_ref IS 'The pseudonym under which its bids are published.';


--
-- Name: COLUMN auction_bidders.weight; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.auction_bidders.weight IS 'Bidder numbers that one bid stands for.';


--
-- Name: COLUMN auction_bidders.deposit_required; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.auction_bidders.deposit_required IS 'Of this bidder alone; the larger of it and the sale''s deposit_minimum counts.';


--
-- Name: COLUMN auction_bidders.agreement_by; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.auction_bidders.agreement_by IS 'Who said that the agreement holds: the bidder, or staff who have it on paper.';


--
-- Name: COLUMN auction_bidders.missing; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.auction_bidders.missing IS 'What keeps an eligible bidder from bidding. Written by whatever changes its grounds and never computed at a close: a close record does not change by itself.';


--
-- Name: auction_defaults; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auction_defaults (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    default_batching_interval_minutes integer,
    default_interest_rate_start numeric(5,2) DEFAULT 18.00 NOT NULL,
    default_interest_rate_min numeric(5,2) DEFAULT 0.25 NOT NULL,
    default_zero_bid_allowed boolean DEFAULT true NOT NULL,
    default_bid_extension_minutes integer,
    only_row boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT auction_defaults_extension_positive CHECK ((default_bid_extension_minutes > 0)),
    CONSTRAINT auction_defaults_interval_positive CHECK ((default_batching_interval_minutes > 0)),
    CONSTRAINT auction_defaults_one_row CHECK (only_row),
    CONSTRAINT auction_defaults_rates_ordered CHECK (((default_interest_rate_min > (0)::numeric) AND (default_interest_rate_start >= default_interest_rate_min)))
);

ALTER TABLE ONLY public.auction_defaults FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE auction_defaults; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.auction_defaults IS 'The settings of sales that neither county nor auction overrides; one row.';


--
-- Name: COLUMN auction_defaults.default_batching_interval_minutes; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.auction_defaults.default_batching_interval_minutes IS 'Minutes between batch closings; 60 closes a batch an hour.';


--
-- Name: COLUMN auction_defaults.default_bid_extension_minutes; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.auction_defaults.default_bid_extension_minutes IS 'Soft close of the open format; null closes hard.';


--
-- Name: auction_secrets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auction_secrets (
    auction_id uuid NOT NULL,
    county_id uuid NOT NULL,
    k_auction bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.auction_secrets FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE auction_secrets; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.auction_secrets IS 'The key of the pseudonyms of a sale, encrypted; never published.';


--
-- Name: auctions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auctions (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    name text NOT NULL,
    tax_year integer NOT NULL,
    start_date timestamp with time zone,
    end_date timestamp with time zone,
    status public.auction_status DEFAULT 'draft'::public.auction_status NOT NULL,
    settings_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    published_at timestamp with time zone,
    published_by uuid,
    registration_deadline timestamp with time zone,
    deposit_deadline timestamp with time zone,
    payment_due_at timestamp with time zone,
    refund_at timestamp with time zone,
    groups_freeze_at timestamp with time zone,
    paused_at timestamp with time zone,
    pause_reason text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT auctions_end_after_start CHECK ((end_date >= start_date)),
    CONSTRAINT auctions_settings_are_an_object CHECK ((jsonb_typeof(settings_json) = 'object'::text)),
    CONSTRAINT auctions_tax_year_plausible CHECK (((tax_year >= 1900) AND (tax_year <= 2200)))
);

ALTER TABLE ONLY public.auctions FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE auctions; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.auctions IS 'A sale of a county: its dates, its settings, its state.';


--
-- Name: COLUMN auctions.start_date; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.auctions.start_date IS 'When bidding opens.';


--
-- Name: COLUMN auctions.end_date; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.auctions.end_date IS 'The last scheduled close.';


--
-- Name: COLUMN auctions.groups_freeze_at; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.auctions.groups_freeze_at IS 'From here on bidding groups keep their members.';


--
-- Name: audit_checkpoints; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit_checkpoints (
    log_id uuid NOT NULL,
    length bigint NOT NULL,
    county_id uuid,
    head_hash bytea NOT NULL,
    root bytea NOT NULL,
    made_at timestamp with time zone NOT NULL,
    signature bytea NOT NULL,
    published_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT audit_checkpoints_head_length CHECK ((octet_length(head_hash) = 32)),
    CONSTRAINT audit_checkpoints_length_not_negative CHECK ((length >= 0)),
    CONSTRAINT audit_checkpoints_root_length CHECK ((octet_length(root) = 32)),
    CONSTRAINT audit_checkpoints_signature_length CHECK ((octet_length(signature) = 64))
);

ALTER TABLE ONLY public.audit_checkpoints FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE audit_checkpoints; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.audit_checkpoints IS 'Signed tree heads of a log, public, against which it is verified.';


--
-- Name: COLUMN audit_checkpoints.root; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.audit_checkpoints.root IS 'RFC 6962 root over the payload digests.';


--
-- Name: audit_heads; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit_heads (
    log_id uuid NOT NULL,
    county_id uuid,
    length bigint DEFAULT 0 NOT NULL,
    hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT audit_heads_hash_length CHECK ((octet_length(hash) = 32)),
    CONSTRAINT audit_heads_length_not_negative CHECK ((length >= 0))
)
WITH (fillfactor='20');

ALTER TABLE ONLY public.audit_heads FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE audit_heads; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.audit_heads IS 'The end of each log; its row is locked last in a transaction.';


--
-- Name: COLUMN audit_heads.county_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.audit_heads.county_id IS 'Null for the log of the platform.';


--
-- Name: audit_logs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit_logs (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid,
    log_id uuid NOT NULL,
    seq bigint NOT NULL,
    user_id uuid,
    entity_type text NOT NULL,
    entity_id uuid,
    action text NOT NULL,
    payload bytea NOT NULL,
    changes_json jsonb GENERATED ALWAYS AS (strikeoff.payload_json(payload)) STORED,
    hash bytea NOT NULL,
    ip_address inet,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT audit_logs_hash_length CHECK ((octet_length(hash) = 32)),
    CONSTRAINT audit_logs_seq_positive CHECK ((seq >= 1))
);

ALTER TABLE ONLY public.audit_logs FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE audit_logs; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.audit_logs IS 'Who did what, in an order that cannot be changed unnoticed.';


--
-- Name: COLUMN audit_logs.user_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.audit_logs.user_id IS 'Null for the system.';


--
-- Name: COLUMN audit_logs.payload; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.audit_logs.payload IS 'Canonical JSON exactly as hashed.';


--
-- Name: COLUMN audit_logs.hash; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.audit_logs.hash IS 'SHA-256 of 02, the hash before, seq and the digest of payload.';


--
-- Name: auth_audit_logs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auth_audit_logs (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid,
    event_type public.auth_event_type NOT NULL,
    ip_address inet,
    device_info text,
    success boolean NOT NULL,
    details_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.auth_audit_logs FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE auth_audit_logs; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.auth_audit_logs IS 'Every sign-in, refusal and change of a credential.';


--
-- Name: COLUMN auth_audit_logs.user_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.auth_audit_logs.user_id IS 'Null when the attempt named nobody we know.';


--
-- Name: auto_bid_configurations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auto_bid_configurations (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    auction_id uuid,
    name text NOT NULL,
    enabled boolean DEFAULT false NOT NULL,
    enabled_at timestamp with time zone,
    parameters_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.auto_bid_configurations FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE auto_bid_configurations; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.auto_bid_configurations IS 'What a bidder lets the system bid, within which limits.';


--
-- Name: COLUMN auto_bid_configurations.enabled_at; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.auto_bid_configurations.enabled_at IS 'Of two equal floors the one enabled first leads.';


--
-- Name: auto_bid_targets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.auto_bid_targets (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid DEFAULT strikeoff.my_user() NOT NULL,
    configuration_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    max_interest_rate numeric(5,2),
    min_interest_rate numeric(5,2),
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT auto_bid_targets_max_not_negative CHECK ((max_interest_rate >= (0)::numeric)),
    CONSTRAINT auto_bid_targets_min_not_negative CHECK ((min_interest_rate >= (0)::numeric)),
    CONSTRAINT auto_bid_targets_rates_ordered CHECK ((min_interest_rate <= max_interest_rate))
);

ALTER TABLE ONLY public.auto_bid_targets FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE auto_bid_targets; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.auto_bid_targets IS 'A certificate named by a configuration, with limits of its own.';


--
-- Name: COLUMN auto_bid_targets.max_interest_rate; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.auto_bid_targets.max_interest_rate IS 'The opening rate in an open sale.';


--
-- Name: COLUMN auto_bid_targets.min_interest_rate; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.auto_bid_targets.min_interest_rate IS 'The floor; null takes the configuration''s.';


--
-- Name: bank_accounts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bank_accounts (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    kind public.bank_account_kind DEFAULT 'checking'::public.bank_account_kind NOT NULL,
    status public.bank_account_status DEFAULT 'pending'::public.bank_account_status NOT NULL,
    holder_name text NOT NULL,
    account_box bytea NOT NULL,
    last4 text NOT NULL,
    blind_index bytea NOT NULL,
    hold_until timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bank_accounts_blind_index_length CHECK ((octet_length(blind_index) = 16)),
    CONSTRAINT bank_accounts_last4_is_digits CHECK ((last4 ~ '^[0-9]{4}$'::text))
);

ALTER TABLE ONLY public.bank_accounts FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bank_accounts; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bank_accounts IS 'Where a person pays from and is paid to.';


--
-- Name: COLUMN bank_accounts.account_box; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bank_accounts.account_box IS 'Routing and account number, encrypted, bound to this row.';


--
-- Name: COLUMN bank_accounts.blind_index; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bank_accounts.blind_index IS 'Keyed hash of both: finds accounts that people share.';


--
-- Name: COLUMN bank_accounts.hold_until; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bank_accounts.hold_until IS 'No payout before, after a change.';


--
-- Name: batch_certificates; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.batch_certificates (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    adv_no integer NOT NULL,
    face numeric(14,2) NOT NULL,
    round integer DEFAULT 0 NOT NULL,
    status public.batch_certificate_status DEFAULT 'offered'::public.batch_certificate_status NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawn_reason text,
    award_rate numeric(5,2),
    winner_ref bytea,
    winner_member integer,
    tied integer,
    bid_count integer,
    published boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT batch_certificates_adv_no_positive CHECK ((adv_no >= 1)),
    CONSTRAINT batch_certificates_face_positive CHECK ((face > (0)::numeric)),
    CONSTRAINT batch_certificates_round_not_negative CHECK ((round >= 0)),
    CONSTRAINT batch_certificates_winner_ref_length CHECK ((octet_length(winner_ref) = 16)),
    CONSTRAINT batch_certificates_withdrawn_has_time CHECK (((status <> 'withdrawn'::public.batch_certificate_status) OR (withdrawn_at IS NOT NULL)))
);

ALTER TABLE ONLY public.batch_certificates FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE batch_certificates; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.batch_certificates IS 'A lot: one certificate offered in one batch, and its outcome.';


--
-- Name: COLUMN batch_certificates.face; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batch_certificates.face IS 'The face when offered; the draw and the budgets use it.';


--
-- Name: COLUMN batch_certificates.round; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batch_certificates.round IS 'Voided awards of this certificate in the sale before.';


--
-- Name: COLUMN batch_certificates.award_rate; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batch_certificates.award_rate IS 'This and the next four stay null until the close.';


--
-- Name: COLUMN batch_certificates.winner_ref; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batch_certificates.winner_ref IS 'The winner''s pseudonym in the sale.';


--
-- Name: COLUMN batch_certificates.winner_member; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batch_certificates.winner_member IS 'Position in the winner''s group; 0 is the primary.';


--
-- Name: COLUMN batch_certificates.tied; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batch_certificates.tied IS 'Tickets among which the draw decided.';


--
-- Name: COLUMN batch_certificates.published; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batch_certificates.published IS 'Of a published sale; kept by triggers.';


--
-- Name: batch_chain; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.batch_chain (
    county_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    k integer NOT NULL,
    kind smallint NOT NULL,
    at timestamp with time zone NOT NULL,
    start_time timestamp with time zone,
    end_time timestamp with time zone,
    new_end timestamp with time zone,
    certificate_id uuid,
    reason text,
    rules text,
    rules_hash bytea,
    lots_hash bytea,
    c_county bytea,
    c_operator bytea,
    hash bytea NOT NULL,
    signature bytea NOT NULL,
    public_key bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT batch_chain_c_county_length CHECK ((octet_length(c_county) = 32)),
    CONSTRAINT batch_chain_c_operator_length CHECK ((octet_length(c_operator) = 32)),
    CONSTRAINT batch_chain_hash_length CHECK ((octet_length(hash) = 32)),
    CONSTRAINT batch_chain_k_not_negative CHECK ((k >= 0)),
    CONSTRAINT batch_chain_kind_known CHECK (((kind >= 0) AND (kind <= 5))),
    CONSTRAINT batch_chain_lots_hash_length CHECK ((octet_length(lots_hash) = 32)),
    CONSTRAINT batch_chain_moved_end CHECK (((kind <> 1) OR (new_end IS NOT NULL))),
    CONSTRAINT batch_chain_opening_is_first CHECK (((k = 0) = (kind = 0))),
    CONSTRAINT batch_chain_opening_is_whole CHECK (((k <> 0) OR ((start_time IS NOT NULL) AND (end_time IS NOT NULL) AND (rules IS NOT NULL) AND (rules_hash IS NOT NULL) AND (lots_hash IS NOT NULL) AND (public_key IS NOT NULL)))),
    CONSTRAINT batch_chain_public_key_length CHECK ((octet_length(public_key) = 32)),
    CONSTRAINT batch_chain_rules_hash_length CHECK ((octet_length(rules_hash) = 32)),
    CONSTRAINT batch_chain_signature_length CHECK ((octet_length(signature) = 64)),
    CONSTRAINT batch_chain_withdrawn_lot CHECK (((kind <> 4) OR (certificate_id IS NOT NULL)))
);

ALTER TABLE ONLY public.batch_chain FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE batch_chain; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.batch_chain IS 'The signed opening of a batch and every change after it; public, append-only.';


--
-- Name: COLUMN batch_chain.kind; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batch_chain.kind IS '0 opening, 1 end moved, 2 paused, 3 resumed, 4 lot withdrawn, 5 canceled.';


--
-- Name: COLUMN batch_chain.rules; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batch_chain.rules IS 'Canonical JSON as hashed; of the opening only.';


--
-- Name: batch_closings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.batch_closings (
    batch_id uuid NOT NULL,
    county_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    n bigint NOT NULL,
    root bytea,
    closed_at timestamp with time zone NOT NULL,
    head_hash bytea,
    head_signature bytea,
    head_published_at timestamp with time zone,
    book bytea,
    groups bytea,
    book_hash bytea,
    groups_hash bytea,
    close_hash bytea,
    close_signature bytea,
    close_published_at timestamp with time zone,
    completed_at timestamp with time zone,
    transcript_sha256 bytea,
    leaves_sha256 bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT batch_closings_book_hash_length CHECK ((octet_length(book_hash) = 32)),
    CONSTRAINT batch_closings_close_hash_length CHECK ((octet_length(close_hash) = 32)),
    CONSTRAINT batch_closings_close_signature_length CHECK ((octet_length(close_signature) = 64)),
    CONSTRAINT batch_closings_groups_hash_length CHECK ((octet_length(groups_hash) = 32)),
    CONSTRAINT batch_closings_head_hash_length CHECK ((octet_length(head_hash) = 32)),
    CONSTRAINT batch_closings_head_signature_length CHECK ((octet_length(head_signature) = 64)),
    CONSTRAINT batch_closings_leaves_length CHECK ((octet_length(leaves_sha256) = 32)),
    CONSTRAINT batch_closings_n_not_negative CHECK ((n >= 0)),
    CONSTRAINT batch_closings_root_length CHECK ((octet_length(root) = 32)),
    CONSTRAINT batch_closings_transcript_length CHECK ((octet_length(transcript_sha256) = 32))
);

ALTER TABLE ONLY public.batch_closings FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE batch_closings; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.batch_closings IS 'How far the closing of a batch has come, and the records it published.';


--
-- Name: COLUMN batch_closings.closed_at; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batch_closings.closed_at IS 'The instant of award; fixed with n when bidding ends.';


--
-- Name: COLUMN batch_closings.book; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batch_closings.book IS 'Lots, bidders and budgets as hashed into the close record.';


--
-- Name: batch_journals; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.batch_journals (
    batch_id uuid NOT NULL,
    county_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    projected_seq bigint DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT batch_journals_projected_not_negative CHECK ((projected_seq >= 0))
);

ALTER TABLE ONLY public.batch_journals FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE batch_journals; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.batch_journals IS 'How many records of a batch''s journal the table bids shows.';


--
-- Name: batch_secrets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.batch_secrets (
    batch_id uuid NOT NULL,
    county_id uuid NOT NULL,
    operator_secret bytea NOT NULL,
    k_blind bytea NOT NULL,
    county_secret bytea,
    county_received_at timestamp with time zone,
    county_signature bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT batch_secrets_county_has_time CHECK (((county_secret IS NULL) = (county_received_at IS NULL))),
    CONSTRAINT batch_secrets_county_secret_length CHECK ((octet_length(county_secret) = 32)),
    CONSTRAINT batch_secrets_county_signature_length CHECK ((octet_length(county_signature) = 64))
);

ALTER TABLE ONLY public.batch_secrets FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE batch_secrets; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.batch_secrets IS 'The operator''s secret and the blinding key, encrypted, and the county''s secret once revealed.';


--
-- Name: COLUMN batch_secrets.county_secret; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batch_secrets.county_secret IS 'Set once; all zeros when the county did not reveal it in time. Only then is the rest decrypted.';


--
-- Name: batches; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.batches (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    number integer NOT NULL,
    name text NOT NULL,
    start_time timestamp with time zone NOT NULL,
    end_time timestamp with time zone NOT NULL,
    status public.batch_status DEFAULT 'scheduled'::public.batch_status NOT NULL,
    is_cleanup boolean DEFAULT false NOT NULL,
    book_version bigint DEFAULT 0 NOT NULL,
    chain_length integer DEFAULT 0 NOT NULL,
    paused_at timestamp with time zone,
    closed_at timestamp with time zone,
    published boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    changed_at timestamp with time zone,
    reserves boolean DEFAULT false NOT NULL,
    extended_to timestamp with time zone,
    CONSTRAINT batches_end_after_start CHECK ((end_time > start_time)),
    CONSTRAINT batches_number_positive CHECK ((number >= 1))
);

ALTER TABLE ONLY public.batches FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE batches; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.batches IS 'Certificates that close at the same instant. Accepting bids locks the row and never updates it.';


--
-- Name: COLUMN batches.book_version; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batches.book_version IS 'Raised by whatever narrows who may bid on what.';


--
-- Name: COLUMN batches.chain_length; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batches.chain_length IS 'Records of batch_chain; 0 until the batch has its opening.';


--
-- Name: COLUMN batches.published; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batches.published IS 'Of a published sale; kept by triggers.';


--
-- Name: COLUMN batches.changed_at; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batches.changed_at IS 'Of the last change in its chain; no bid lies before it.';


--
-- Name: COLUMN batches.reserves; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batches.reserves IS 'Whether a bid reserves its face from the budget. Settled when the batch gets its opening.';


--
-- Name: COLUMN batches.extended_to; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.batches.extended_to IS 'Open format: the latest end of an item that bids have moved, when it is after end_time.';


--
-- Name: bid_blocks; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bid_blocks (
    county_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    first_seq bigint NOT NULL,
    count integer NOT NULL,
    accepted_at timestamp with time zone NOT NULL,
    records bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bid_blocks_count_in_range CHECK (((count >= 1) AND (count <= 8192))),
    CONSTRAINT bid_blocks_first_seq_not_negative CHECK ((first_seq >= 0)),
    CONSTRAINT bid_blocks_records_whole CHECK ((octet_length(records) = (32 * count)))
);
ALTER TABLE ONLY public.bid_blocks ALTER COLUMN records SET COMPRESSION lz4;

ALTER TABLE ONLY public.bid_blocks FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bid_blocks; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bid_blocks IS 'Accepted bids as stored, 32 bytes each. Written by journal_append alone, which checks what a foreign key would.';


--
-- Name: COLUMN bid_blocks.first_seq; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bid_blocks.first_seq IS 'Records of the batch before this block.';


--
-- Name: COLUMN bid_blocks.records; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bid_blocks.records IS 'bid_id 16, lot number u32, bidder number u32, source number u32, rate u16, kind u8, flags u8.';


--
-- Name: bid_patterns; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bid_patterns (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    county_id uuid,
    auction_id uuid,
    kind public.bid_pattern_kind DEFAULT 'strategy'::public.bid_pattern_kind NOT NULL,
    status public.bid_pattern_status DEFAULT 'active'::public.bid_pattern_status NOT NULL,
    pattern_type text NOT NULL,
    parameters_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bid_patterns_finding_has_county CHECK (((kind <> 'finding'::public.bid_pattern_kind) OR (county_id IS NOT NULL)))
);

ALTER TABLE ONLY public.bid_patterns FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bid_patterns; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bid_patterns IS 'A bidder''s saved strategy, or a finding of surveillance about a bidder.';


--
-- Name: bid_sources; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bid_sources (
    id integer NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bid_sources_device_not_long CHECK ((octet_length(device_info) <= 1024))
);

ALTER TABLE ONLY public.bid_sources FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bid_sources; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bid_sources IS 'Address and device, interned: the journal names them by number.';


--
-- Name: bid_sources_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.bid_sources ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.bid_sources_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: bidder_exposures; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bidder_exposures (
    batch_id uuid NOT NULL,
    number integer NOT NULL,
    county_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    exposed numeric(14,2) NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bidder_exposures_not_negative CHECK ((exposed >= (0)::numeric))
);

ALTER TABLE ONLY public.bidder_exposures FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bidder_exposures; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bidder_exposures IS 'Face reserved in a batch by the bids of a bidder that stand, or that lead in the open format. Counts until the batch is closed or canceled.';


--
-- Name: COLUMN bidder_exposures.number; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bidder_exposures.number IS 'Of auction_bidders, as in the journal.';


--
-- Name: bidder_numbers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bidder_numbers (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    number text NOT NULL,
    user_id uuid,
    name text NOT NULL,
    tax_year integer,
    tin_blind_index bytea,
    status public.bidder_number_status DEFAULT 'active'::public.bidder_number_status NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    name_key text GENERATED ALWAYS AS (strikeoff.name_key(name)) STORED,
    CONSTRAINT bidder_numbers_blind_index_length CHECK ((octet_length(tin_blind_index) = 16)),
    CONSTRAINT bidder_numbers_tax_year_plausible CHECK (((tax_year >= 1900) AND (tax_year <= 2200)))
);

ALTER TABLE ONLY public.bidder_numbers FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bidder_numbers; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bidder_numbers IS 'One per taxpayer and county; holds certificates in that name.';


--
-- Name: COLUMN bidder_numbers.user_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bidder_numbers.user_id IS 'Null for an affiliate of a group, which has no account.';


--
-- Name: COLUMN bidder_numbers.name; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bidder_numbers.name IS 'As on the latest tax form that was accepted.';


--
-- Name: COLUMN bidder_numbers.tin_blind_index; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bidder_numbers.tin_blind_index IS 'Keyed hash of the TIN: equality without the TIN.';


--
-- Name: bidding_group_members; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bidding_group_members (
    county_id uuid NOT NULL,
    group_id uuid NOT NULL,
    "position" integer NOT NULL,
    bidder_number_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bidding_group_members_position_not_negative CHECK (("position" >= 0))
);

ALTER TABLE ONLY public.bidding_group_members FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bidding_group_members; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bidding_group_members IS 'The numbers of a group in the order in which the draw counts them.';


--
-- Name: COLUMN bidding_group_members."position"; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bidding_group_members."position" IS '0 is the primary, then by ascending number.';


--
-- Name: bidding_groups; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bidding_groups (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    member_count integer DEFAULT 1 NOT NULL,
    frozen_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bidding_groups_not_empty CHECK ((member_count >= 1))
);

ALTER TABLE ONLY public.bidding_groups FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bidding_groups; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bidding_groups IS 'A primary and its affiliates, who place one bid that stands for all.';


--
-- Name: COLUMN bidding_groups.user_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bidding_groups.user_id IS 'The primary''s account.';


--
-- Name: COLUMN bidding_groups.member_count; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bidding_groups.member_count IS 'Usable members, as the deposit covers them.';


--
-- Name: bids; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
)
PARTITION BY HASH (batch_id);

ALTER TABLE ONLY public.bids FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids IS 'Every version of every bid, copied from the journal. No foreign key to batches: it would mark the batch row that accepting bids locks. Users, certificates and auctions are key- share locked while rows are copied, so lock those FOR NO KEY UPDATE.';


--
-- Name: COLUMN bids.id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bids.id IS 'UUIDv8 of batch and seq, so that projecting twice makes the same row.';


--
-- Name: COLUMN bids.bid_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bids.bid_id IS 'The bidder''s own id of this change.';


--
-- Name: COLUMN bids.seq; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bids.seq IS 'Place in the journal of the batch; never shown while it is open.';


--
-- Name: COLUMN bids.kind; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bids.kind IS '1 place, 2 withdraw.';


--
-- Name: COLUMN bids.interest_rate; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bids.interest_rate IS 'In sealed formats the lowest rate the bidder accepts; of a withdrawal without meaning.';


--
-- Name: COLUMN bids."timestamp"; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.bids."timestamp" IS 'When it was accepted, by the database''s clock.';


--
-- Name: bids_p00; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids_p00 (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.bids_p00 FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids_p00; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids_p00 IS 'A sixteenth of bids, by batch.';


--
-- Name: bids_p01; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids_p01 (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.bids_p01 FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids_p01; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids_p01 IS 'A sixteenth of bids, by batch.';


--
-- Name: bids_p02; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids_p02 (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.bids_p02 FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids_p02; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids_p02 IS 'A sixteenth of bids, by batch.';


--
-- Name: bids_p03; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids_p03 (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.bids_p03 FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids_p03; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids_p03 IS 'A sixteenth of bids, by batch.';


--
-- Name: bids_p04; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids_p04 (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.bids_p04 FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids_p04; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids_p04 IS 'A sixteenth of bids, by batch.';


--
-- Name: bids_p05; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids_p05 (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.bids_p05 FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids_p05; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids_p05 IS 'A sixteenth of bids, by batch.';


--
-- Name: bids_p06; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids_p06 (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.bids_p06 FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids_p06; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids_p06 IS 'A sixteenth of bids, by batch.';


--
-- Name: bids_p07; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids_p07 (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.bids_p07 FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids_p07; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids_p07 IS 'A sixteenth of bids, by batch.';


--
-- Name: bids_p08; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids_p08 (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.bids_p08 FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids_p08; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids_p08 IS 'A sixteenth of bids, by batch.';


--
-- Name: bids_p09; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids_p09 (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.bids_p09 FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids_p09; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids_p09 IS 'A sixteenth of bids, by batch.';


--
-- Name: bids_p10; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids_p10 (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.bids_p10 FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids_p10; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids_p10 IS 'A sixteenth of bids, by batch.';


--
-- Name: bids_p11; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids_p11 (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.bids_p11 FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids_p11; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids_p11 IS 'A sixteenth of bids, by batch.';


--
-- Name: bids_p12; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids_p12 (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.bids_p12 FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids_p12; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids_p12 IS 'A sixteenth of bids, by batch.';


--
-- Name: bids_p13; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids_p13 (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.bids_p13 FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids_p13; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids_p13 IS 'A sixteenth of bids, by batch.';


--
-- Name: bids_p14; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids_p14 (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.bids_p14 FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids_p14; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids_p14 IS 'A sixteenth of bids, by batch.';


--
-- Name: bids_p15; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.bids_p15 (
    id uuid NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    seq bigint NOT NULL,
    kind smallint NOT NULL,
    adv_no integer NOT NULL,
    interest_rate numeric(5,2),
    "timestamp" timestamp with time zone NOT NULL,
    status public.bid_status DEFAULT 'standing'::public.bid_status NOT NULL,
    ip_address inet,
    device_info text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT bids_kind_known CHECK ((kind = ANY (ARRAY[1, 2]))),
    CONSTRAINT bids_placed_has_rate CHECK (((kind <> 1) OR (interest_rate IS NOT NULL))),
    CONSTRAINT bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric)),
    CONSTRAINT bids_seq_not_negative CHECK ((seq >= 0))
);

ALTER TABLE ONLY public.bids_p15 FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE bids_p15; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.bids_p15 IS 'A sixteenth of bids, by batch.';


--
-- Name: book_changes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.book_changes (
    county_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    version bigint NOT NULL,
    kind smallint NOT NULL,
    lot_no integer,
    bidder_no integer,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT book_changes_version_positive CHECK ((version >= 1))
);

ALTER TABLE ONLY public.book_changes FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE book_changes; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.book_changes IS 'What narrowed the book of a batch, one row for each book_version.';


--
-- Name: budgets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.budgets (
    auction_id uuid NOT NULL,
    user_id uuid NOT NULL,
    county_id uuid NOT NULL,
    own_limit numeric(14,2),
    batch_limit numeric(14,2),
    staff_grant numeric(14,2),
    deposits numeric(14,2) DEFAULT 0 NOT NULL,
    awarded numeric(14,2) DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT budgets_awarded_not_negative CHECK ((awarded >= (0)::numeric)),
    CONSTRAINT budgets_batch_limit_not_negative CHECK ((batch_limit >= (0)::numeric)),
    CONSTRAINT budgets_deposits_not_negative CHECK ((deposits >= (0)::numeric)),
    CONSTRAINT budgets_own_limit_not_negative CHECK ((own_limit >= (0)::numeric)),
    CONSTRAINT budgets_staff_grant_not_negative CHECK ((staff_grant >= (0)::numeric))
);

ALTER TABLE ONLY public.budgets FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE budgets; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.budgets IS 'The most a bidder may be awarded in a sale, and what it was awarded.';


--
-- Name: COLUMN budgets.own_limit; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.budgets.own_limit IS 'Set by the bidder; null sets none.';


--
-- Name: COLUMN budgets.batch_limit; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.budgets.batch_limit IS 'The same for each batch.';


--
-- Name: COLUMN budgets.staff_grant; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.budgets.staff_grant IS 'Set by staff in the place of the cover from deposits.';


--
-- Name: COLUMN budgets.deposits; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.budgets.deposits IS 'Posted deposits, from which the cover follows.';


--
-- Name: certificate_history; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.certificate_history (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    event_type text NOT NULL,
    change_data_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    performed_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.certificate_history FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE certificate_history; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.certificate_history IS 'Every change of a certificate, once, for good.';


--
-- Name: COLUMN certificate_history.performed_by; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.certificate_history.performed_by IS 'Null when the system did it.';


--
-- Name: certificate_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.certificate_tags (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid DEFAULT strikeoff.my_user() NOT NULL,
    certificate_id uuid NOT NULL,
    tag_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.certificate_tags FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE certificate_tags; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.certificate_tags IS 'A label on a certificate.';


--
-- Name: certificate_transfers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.certificate_transfers (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    from_bidder_number_id uuid NOT NULL,
    to_bidder_number_id uuid NOT NULL,
    fee numeric(14,2) NOT NULL,
    status public.transfer_status DEFAULT 'requested'::public.transfer_status NOT NULL,
    requested_by uuid,
    transferred_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT certificate_transfers_fee_not_negative CHECK ((fee >= (0)::numeric)),
    CONSTRAINT certificate_transfers_to_another CHECK ((to_bidder_number_id <> from_bidder_number_id))
);

ALTER TABLE ONLY public.certificate_transfers FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE certificate_transfers; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.certificate_transfers IS 'A certificate goes from one bidder number to another.';


--
-- Name: certificates; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.certificates (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    property_id uuid NOT NULL,
    certificate_number text,
    advertised_number integer,
    tax_year integer NOT NULL,
    face_value numeric(14,2) NOT NULL,
    tax_amount numeric(14,2),
    interest_amount numeric(14,2),
    commission_amount numeric(14,2),
    cost_amount numeric(14,2),
    homestead boolean DEFAULT false NOT NULL,
    homestead_below_threshold boolean DEFAULT false NOT NULL,
    status public.certificate_status DEFAULT 'pending'::public.certificate_status NOT NULL,
    holder_id uuid,
    award_rate numeric(5,2),
    issue_date date,
    original_issue_date date,
    expires_on date,
    redemption_date date,
    canceled_reason public.certificate_canceled_reason,
    canceled_note text,
    removed_at timestamp with time zone,
    removed_reason text,
    tax_deed_applied_at timestamp with time zone,
    paid_at timestamp with time zone,
    import_id uuid,
    published boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT certificates_advertised_number_positive CHECK ((advertised_number >= 1)),
    CONSTRAINT certificates_award_rate_not_negative CHECK ((award_rate >= (0)::numeric)),
    CONSTRAINT certificates_commission_not_negative CHECK ((commission_amount >= (0)::numeric)),
    CONSTRAINT certificates_cost_not_negative CHECK ((cost_amount >= (0)::numeric)),
    CONSTRAINT certificates_face_positive CHECK ((face_value > (0)::numeric)),
    CONSTRAINT certificates_interest_not_negative CHECK ((interest_amount >= (0)::numeric)),
    CONSTRAINT certificates_tax_not_negative CHECK ((tax_amount >= (0)::numeric)),
    CONSTRAINT certificates_tax_year_plausible CHECK (((tax_year >= 1900) AND (tax_year <= 2200)))
);

ALTER TABLE ONLY public.certificates FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE certificates; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.certificates IS 'One lien per parcel and tax year; rows change status and are never deleted.';


--
-- Name: COLUMN certificates.certificate_number; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.certificates.certificate_number IS 'Null until the award, unless an import brings it.';


--
-- Name: COLUMN certificates.advertised_number; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.certificates.advertised_number IS 'Its place in the published list.';


--
-- Name: COLUMN certificates.tax_amount; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.certificates.tax_amount IS 'The delinquent tax alone, which the homestead rule tests.';


--
-- Name: COLUMN certificates.homestead_below_threshold; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.certificates.homestead_below_threshold IS 'Never offered: goes to the county at the maximum rate (F.S. 197.432(4)).';


--
-- Name: COLUMN certificates.holder_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.certificates.holder_id IS 'Null while nobody, or the county, holds it.';


--
-- Name: COLUMN certificates.issue_date; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.certificates.issue_date IS 'First day of the month of sale; interest counts from it.';


--
-- Name: COLUMN certificates.original_issue_date; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.certificates.original_issue_date IS 'Of the first certificate, when the county sold it later; drives deed date and expiry.';


--
-- Name: COLUMN certificates.removed_at; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.certificates.removed_at IS 'Taken from the list before the sale.';


--
-- Name: COLUMN certificates.paid_at; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.certificates.paid_at IS 'When the owner paid the tax itself, before or at the sale.';


--
-- Name: COLUMN certificates.published; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.certificates.published IS 'In the list of a published sale, so visible to everyone; kept by triggers of the auctions.';


--
-- Name: column_mappings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.column_mappings (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    kind public.import_kind NOT NULL,
    name text NOT NULL,
    mapping jsonb NOT NULL,
    created_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.column_mappings FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE column_mappings; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.column_mappings IS 'Which header of a county''s file means which of our columns.';


--
-- Name: compliance_verifications; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.compliance_verifications (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    verification_type text NOT NULL,
    status public.verification_status DEFAULT 'pending'::public.verification_status NOT NULL,
    verification_data_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    verified_by uuid,
    verified_at timestamp with time zone,
    expires_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.compliance_verifications FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE compliance_verifications; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.compliance_verifications IS 'Checks of identity, sanctions and funds, with their outcome.';


--
-- Name: counties; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.counties (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    name text NOT NULL,
    state text NOT NULL,
    slug text,
    fips text,
    time_zone text DEFAULT 'America/New_York'::text NOT NULL,
    contact_info jsonb DEFAULT '{}'::jsonb NOT NULL,
    settings_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT counties_fips_is_five_digits CHECK ((fips ~ '^[0-9]{5}$'::text)),
    CONSTRAINT counties_settings_are_an_object CHECK ((jsonb_typeof(settings_json) = 'object'::text)),
    CONSTRAINT counties_slug_is_plain CHECK ((slug ~ '^[a-z0-9-]+$'::text)),
    CONSTRAINT counties_state_is_code CHECK ((state ~ '^[A-Z]{2}$'::text))
);

ALTER TABLE ONLY public.counties FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE counties; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.counties IS 'A tenant: one county and the settings of its sales.';


--
-- Name: COLUMN counties.slug; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.counties.slug IS 'The county''s name in addresses of pages.';


--
-- Name: COLUMN counties.time_zone; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.counties.time_zone IS 'IANA name; wall-clock times of sales are meant in it.';


--
-- Name: COLUMN counties.settings_json; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.counties.settings_json IS 'Overrides of auction_defaults and global settings; auctions override it in turn.';


--
-- Name: county_held_purchases; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.county_held_purchases (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    bidder_number_id uuid NOT NULL,
    user_id uuid,
    months integer NOT NULL,
    interest numeric(14,2) NOT NULL,
    fee numeric(14,2) NOT NULL,
    price numeric(14,2) NOT NULL,
    new_face numeric(14,2) NOT NULL,
    status public.county_held_purchase_status DEFAULT 'reserved'::public.county_held_purchase_status NOT NULL,
    payment_id uuid,
    purchased_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT county_held_purchases_face_positive CHECK ((new_face > (0)::numeric)),
    CONSTRAINT county_held_purchases_fee_not_negative CHECK ((fee >= (0)::numeric)),
    CONSTRAINT county_held_purchases_interest_not_negative CHECK ((interest >= (0)::numeric)),
    CONSTRAINT county_held_purchases_months_not_negative CHECK ((months >= 0)),
    CONSTRAINT county_held_purchases_price_positive CHECK ((price > (0)::numeric))
);

ALTER TABLE ONLY public.county_held_purchases FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE county_held_purchases; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.county_held_purchases IS 'A certificate of the county''s sold over the counter.';


--
-- Name: COLUMN county_held_purchases.new_face; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.county_held_purchases.new_face IS 'Everything paid; the face from then on.';


--
-- Name: deposits; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.deposits (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    auction_id uuid,
    user_id uuid NOT NULL,
    amount numeric(14,2) NOT NULL,
    payment_id uuid,
    status public.deposit_status DEFAULT 'pending'::public.deposit_status NOT NULL,
    posted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT deposits_amount_positive CHECK ((amount > (0)::numeric))
);

ALTER TABLE ONLY public.deposits FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE deposits; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.deposits IS 'What a bidder put down for a sale; its cover is a multiple of it.';


--
-- Name: documents; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.documents (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid,
    entity_type public.document_entity_type NOT NULL,
    entity_id uuid NOT NULL,
    document_type text NOT NULL,
    file_name text NOT NULL,
    file_path text NOT NULL,
    file_size bigint NOT NULL,
    mime_type text NOT NULL,
    sha256 bytea,
    status public.document_status DEFAULT 'quarantined'::public.document_status NOT NULL,
    status_reason text,
    is_public boolean DEFAULT false NOT NULL,
    created_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT documents_sha256_length CHECK ((octet_length(sha256) = 32)),
    CONSTRAINT documents_size_not_negative CHECK ((file_size >= 0))
);

ALTER TABLE ONLY public.documents FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE documents; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.documents IS 'A file and what it belongs to; nobody may fetch one that is not clean.';


--
-- Name: COLUMN documents.county_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.documents.county_id IS 'The county whose staff may see it; null for a person''s own.';


--
-- Name: COLUMN documents.file_name; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.documents.file_name IS 'As the sender named it; never a path on our disk.';


--
-- Name: COLUMN documents.created_by; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.documents.created_by IS 'Null when the system made the file.';


--
-- Name: factor_recoveries; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.factor_recoveries (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    county_id uuid,
    asked_by uuid NOT NULL,
    reason text NOT NULL,
    effective_at timestamp with time zone NOT NULL,
    applied_at timestamp with time zone,
    stopped_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT factor_recoveries_end_once CHECK (((applied_at IS NULL) OR (stopped_at IS NULL)))
);

ALTER TABLE ONLY public.factor_recoveries FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE factor_recoveries; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.factor_recoveries IS 'Two of staff agreed that a person lost the second factor: it falls away after a delay.';


--
-- Name: COLUMN factor_recoveries.effective_at; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.factor_recoveries.effective_at IS 'From then on the next sign-in removes the factor, unless the recovery was stopped.';


--
-- Name: forfeitures; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.forfeitures (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    winning_bid_id uuid NOT NULL,
    invoice_id uuid,
    deposit_id uuid,
    user_id uuid NOT NULL,
    amount numeric(14,2) NOT NULL,
    to_advertising numeric(14,2) DEFAULT 0 NOT NULL,
    to_costs numeric(14,2) DEFAULT 0 NOT NULL,
    status public.forfeiture_status DEFAULT 'open'::public.forfeiture_status NOT NULL,
    reason text NOT NULL,
    decided_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT forfeitures_advertising_not_negative CHECK ((to_advertising >= (0)::numeric)),
    CONSTRAINT forfeitures_amount_not_negative CHECK ((amount >= (0)::numeric)),
    CONSTRAINT forfeitures_costs_not_negative CHECK ((to_costs >= (0)::numeric))
);

ALTER TABLE ONLY public.forfeitures FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE forfeitures; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.forfeitures IS 'An award that was not paid, and where the deposit for it went.';


--
-- Name: global_settings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.global_settings (
    key character varying NOT NULL,
    value jsonb,
    description text,
    is_sensitive boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.global_settings FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE global_settings; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.global_settings IS 'What an administrator may change at run time, by name.';


--
-- Name: COLUMN global_settings.is_sensitive; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.global_settings.is_sensitive IS 'Shown to nobody but the worker and administrators.';


--
-- Name: idempotency_keys; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.idempotency_keys (
    user_id uuid NOT NULL,
    key text NOT NULL,
    route text NOT NULL,
    request_hash bytea NOT NULL,
    status integer,
    content_type text,
    response bytea,
    completed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT idempotency_keys_hash_is_sha256 CHECK ((octet_length(request_hash) = 32)),
    CONSTRAINT idempotency_keys_key_not_long CHECK ((length(key) <= 200))
);

ALTER TABLE ONLY public.idempotency_keys FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE idempotency_keys; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.idempotency_keys IS 'Answers kept, so that a request sent twice acts once.';


--
-- Name: COLUMN idempotency_keys.status; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.idempotency_keys.status IS 'HTTP status of the answer; null while the first is at work.';


--
-- Name: import_rows; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.import_rows (
    county_id uuid NOT NULL,
    import_id uuid NOT NULL,
    line integer NOT NULL,
    status public.import_row_status NOT NULL,
    record jsonb NOT NULL,
    errors jsonb DEFAULT '[]'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT import_rows_line_positive CHECK ((line >= 1))
);

ALTER TABLE ONLY public.import_rows FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE import_rows; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.import_rows IS 'One record of an import as read, with its verdict.';


--
-- Name: COLUMN import_rows.line; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.import_rows.line IS 'The physical line at which the record starts.';


--
-- Name: imports; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.imports (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    kind public.import_kind NOT NULL,
    status public.import_status DEFAULT 'uploading'::public.import_status NOT NULL,
    file_name text NOT NULL,
    file_path text,
    file_size bigint,
    sha256 bytea,
    encoding text,
    tax_year integer,
    columns_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    totals_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    rows_total integer DEFAULT 0 NOT NULL,
    rows_accepted integer DEFAULT 0 NOT NULL,
    rows_rejected integer DEFAULT 0 NOT NULL,
    error_message text,
    created_by uuid,
    published_by uuid,
    published_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT imports_sha256_length CHECK ((octet_length(sha256) = 32)),
    CONSTRAINT imports_size_not_negative CHECK ((file_size >= 0)),
    CONSTRAINT imports_tax_year_plausible CHECK (((tax_year >= 1900) AND (tax_year <= 2200))),
    CONSTRAINT imports_two_people CHECK ((published_by <> created_by))
);

ALTER TABLE ONLY public.imports FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE imports; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.imports IS 'A county''s file on its way in: uploaded, checked, published by a second person.';


--
-- Name: COLUMN imports.columns_json; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.imports.columns_json IS 'Our column name to the header it was found under.';


--
-- Name: invoices; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.invoices (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    user_id uuid NOT NULL,
    bidder_number_id uuid,
    number text NOT NULL,
    amount numeric(14,2) NOT NULL,
    deposit_applied numeric(14,2) DEFAULT 0 NOT NULL,
    status public.invoice_status DEFAULT 'draft'::public.invoice_status NOT NULL,
    issued_at timestamp with time zone,
    due_at timestamp with time zone,
    paid_at timestamp with time zone,
    payment_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT invoices_amount_not_negative CHECK ((amount >= (0)::numeric)),
    CONSTRAINT invoices_deposit_not_negative CHECK ((deposit_applied >= (0)::numeric)),
    CONSTRAINT invoices_deposit_within_amount CHECK ((deposit_applied <= amount))
);

ALTER TABLE ONLY public.invoices FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE invoices; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.invoices IS 'What a winner owes for a sale; its lines are winning_bids.';


--
-- Name: jobs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.jobs (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid,
    user_id uuid,
    kind text NOT NULL,
    key text NOT NULL,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    state public.job_state DEFAULT 'ready'::public.job_state NOT NULL,
    run_at timestamp with time zone DEFAULT now() NOT NULL,
    lease_until timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    last_error text,
    progress jsonb,
    finished_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT jobs_attempts_not_negative CHECK ((attempts >= 0))
)
WITH (fillfactor='70');

ALTER TABLE ONLY public.jobs FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE jobs; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.jobs IS 'Background work, taken under a lease; each kind names a piece of work once.';


--
-- Name: COLUMN jobs.user_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.jobs.user_id IS 'Who asked for it; null for the schedule.';


--
-- Name: COLUMN jobs.lease_until; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.jobs.lease_until IS 'A running job whose lease has passed is taken again.';


--
-- Name: known_devices; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.known_devices (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    device_info text,
    last_used_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT known_devices_token_hash_is_sha256 CHECK ((octet_length(token_hash) = 32))
);

ALTER TABLE ONLY public.known_devices FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE known_devices; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.known_devices IS 'Browsers from which a person has signed in: nobody else''s failures keep them out.';


--
-- Name: ledger_accounts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.ledger_accounts (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid,
    code text NOT NULL,
    name text NOT NULL,
    kind public.ledger_account_kind NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.ledger_accounts FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE ledger_accounts; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.ledger_accounts IS 'The chart of accounts of a county, with one account per bidder where needed.';


--
-- Name: COLUMN ledger_accounts.user_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.ledger_accounts.user_id IS 'Whose money it is; null for the county''s own accounts.';


--
-- Name: ledger_entries; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.ledger_entries (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    transaction_id uuid NOT NULL,
    account_id uuid NOT NULL,
    amount numeric(14,2) NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT ledger_entries_amount_not_zero CHECK ((amount <> (0)::numeric))
);

ALTER TABLE ONLY public.ledger_entries FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE ledger_entries; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.ledger_entries IS 'A leg of a transaction: debits above zero, credits below.';


--
-- Name: live_events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.live_events (
    topic text NOT NULL,
    seq bigint NOT NULL,
    county_id uuid,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    body jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT live_events_body_is_an_object CHECK ((jsonb_typeof(body) = 'object'::text)),
    CONSTRAINT live_events_seq_positive CHECK ((seq > 0))
);

ALTER TABLE ONLY public.live_events FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE live_events; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.live_events IS 'What happened, as anybody may know it: no bid, and no number that runs with bids. Kept for a week.';


--
-- Name: live_topics; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.live_topics (
    topic text NOT NULL,
    county_id uuid,
    last_seq bigint NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT live_topics_known CHECK ((topic ~ '^(sales|(sale|batch):[0-9a-f-]{36})$'::text)),
    CONSTRAINT live_topics_seq_positive CHECK ((last_seq > 0))
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.live_topics FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE live_topics; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.live_topics IS 'The number of the last event of each topic. The lock on the row orders those who tell.';


--
-- Name: COLUMN live_topics.county_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.live_topics.county_id IS 'Null for the topic of all sales.';


--
-- Name: mails; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mails (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid,
    kind text NOT NULL,
    recipient text NOT NULL,
    sealed bytea,
    available_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    last_error text,
    sent_at timestamp with time zone,
    dead_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT mails_attempts_not_negative CHECK ((attempts >= 0)),
    CONSTRAINT mails_recipient_not_long CHECK ((length(recipient) <= 254)),
    CONSTRAINT mails_sealed_until_sent CHECK (((sealed IS NOT NULL) OR (sent_at IS NOT NULL))),
    CONSTRAINT mails_sent_or_dead CHECK (((sent_at IS NULL) OR (dead_at IS NULL)))
)
WITH (fillfactor='70');

ALTER TABLE ONLY public.mails FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE mails; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.mails IS 'Mails to send, and for some weeks those that were sent or given up.';


--
-- Name: COLUMN mails.user_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.mails.user_id IS 'Whose mail it is; null when the address is nobody''s yet.';


--
-- Name: COLUMN mails.sealed; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.mails.sealed IS 'What the mail says, encrypted: it may hold a link that opens an account. Null once it is sent.';


--
-- Name: COLUMN mails.available_at; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.mails.available_at IS 'Not tried before; an attempt moves it, so that nobody else tries at the same time.';


--
-- Name: COLUMN mails.dead_at; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.mails.dead_at IS 'Given up: refused for good, or tried too often.';


--
-- Name: market_analytics; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.market_analytics (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid,
    metric_type text NOT NULL,
    time_period text NOT NULL,
    value numeric NOT NULL,
    calculation_data_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.market_analytics FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE market_analytics; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.market_analytics IS 'A figure of the market for a county and a period.';


--
-- Name: COLUMN market_analytics.county_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.market_analytics.county_id IS 'Null for all counties together.';


--
-- Name: mfa_backup_codes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mfa_backup_codes (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    code_hash text NOT NULL,
    is_used boolean DEFAULT false NOT NULL,
    used_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.mfa_backup_codes FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE mfa_backup_codes; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.mfa_backup_codes IS 'Codes for a lost second factor, hashed, each good once.';


--
-- Name: notification_preferences; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.notification_preferences (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    notification_type public.notification_type NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    channel public.notification_channel NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.notification_preferences FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE notification_preferences; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.notification_preferences IS 'Which notices reach a person by which channel.';


--
-- Name: notifications; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.notifications (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    type public.notification_type NOT NULL,
    title text NOT NULL,
    message text NOT NULL,
    is_read boolean DEFAULT false NOT NULL,
    related_entity_type text,
    related_entity_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.notifications FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE notifications; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.notifications IS 'A notice to one person, as shown in the application.';


--
-- Name: open_leads; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.open_leads (
    batch_id uuid NOT NULL,
    adv_no integer NOT NULL,
    county_id uuid NOT NULL,
    rate numeric(5,2) NOT NULL,
    bidder_ref bytea NOT NULL,
    accepted_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    bids integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT open_leads_bids_positive CHECK ((bids > 0)),
    CONSTRAINT open_leads_ref_length CHECK ((octet_length(bidder_ref) = 16))
);

ALTER TABLE ONLY public.open_leads FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE open_leads; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.open_leads IS 'Open format: who leads an item, at which rate, and when its bidding ends. Public.';


--
-- Name: outbox_events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outbox_events (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid,
    topic text NOT NULL,
    key text,
    payload jsonb DEFAULT '{}'::jsonb NOT NULL,
    available_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    last_error text,
    delivered_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT outbox_events_attempts_not_negative CHECK ((attempts >= 0))
)
WITH (fillfactor='70');

ALTER TABLE ONLY public.outbox_events FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE outbox_events; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.outbox_events IS 'Effects on the world, written with the change that causes them.';


--
-- Name: COLUMN outbox_events.key; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.outbox_events.key IS 'Makes an event unique within its topic; null where that is not needed.';


--
-- Name: parcel_ownerships; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.parcel_ownerships (
    county_id uuid NOT NULL,
    bidder_number_id uuid NOT NULL,
    property_id uuid NOT NULL,
    is_owner boolean NOT NULL,
    reason text NOT NULL,
    recorded_by uuid NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT parcel_ownerships_with_a_reason CHECK ((reason <> ''::text))
);

ALTER TABLE ONLY public.parcel_ownerships FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE parcel_ownerships; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.parcel_ownerships IS 'Whether a bidder owns a parcel, where staff know better than the names say.';


--
-- Name: payments; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.payments (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid,
    amount numeric(14,2) NOT NULL,
    payment_method public.payment_method NOT NULL,
    transaction_id text,
    status public.payment_status DEFAULT 'pending'::public.payment_status NOT NULL,
    bank_account_id uuid,
    return_code text,
    settled_at timestamp with time zone,
    details_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT payments_amount_positive CHECK ((amount > (0)::numeric))
);

ALTER TABLE ONLY public.payments FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE payments; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.payments IS 'Money moved between a person''s bank and the county''s.';


--
-- Name: COLUMN payments.user_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.payments.user_id IS 'Null for an owner who redeems and has no account.';


--
-- Name: COLUMN payments.transaction_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.payments.transaction_id IS 'The bank''s or processor''s reference, not a row of transactions.';


--
-- Name: COLUMN payments.return_code; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.payments.return_code IS 'NACHA return, R01 and so on.';


--
-- Name: portfolio_certificates; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.portfolio_certificates (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid DEFAULT strikeoff.my_user() NOT NULL,
    portfolio_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    added_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.portfolio_certificates FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE portfolio_certificates; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.portfolio_certificates IS 'A certificate in a portfolio.';


--
-- Name: portfolio_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.portfolio_tags (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid DEFAULT strikeoff.my_user() NOT NULL,
    portfolio_id uuid NOT NULL,
    name text NOT NULL,
    color text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.portfolio_tags FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE portfolio_tags; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.portfolio_tags IS 'A label within a portfolio.';


--
-- Name: portfolios; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.portfolios (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    description text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.portfolios FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE portfolios; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.portfolios IS 'A named set of certificates that a person holds.';


--
-- Name: properties; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.properties (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    parcel_id text NOT NULL,
    owner_name text,
    address text,
    city text,
    state text,
    zip text,
    property_type text,
    use_code text,
    homestead boolean DEFAULT false NOT NULL,
    assessed_value numeric(14,2),
    just_value numeric(14,2),
    taxable_value numeric(14,2),
    legal_description text,
    coordinates point,
    import_id uuid,
    published boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    owner_key text GENERATED ALWAYS AS (strikeoff.name_key(owner_name)) STORED,
    CONSTRAINT properties_assessed_not_negative CHECK ((assessed_value >= (0)::numeric)),
    CONSTRAINT properties_just_not_negative CHECK ((just_value >= (0)::numeric)),
    CONSTRAINT properties_taxable_not_negative CHECK ((taxable_value >= (0)::numeric))
);

ALTER TABLE ONLY public.properties FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE properties; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.properties IS 'A parcel of the county''s roll.';


--
-- Name: COLUMN properties.coordinates; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.properties.coordinates IS 'Longitude, latitude (WGS 84).';


--
-- Name: COLUMN properties.published; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.properties.published IS 'In the list of a published sale, so visible to everyone; kept by triggers of the auctions.';


--
-- Name: COLUMN properties.owner_key; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.properties.owner_key IS 'Held against the names of bidders.';


--
-- Name: property_value_history; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.property_value_history (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    property_id uuid NOT NULL,
    assessed_value numeric(14,2) NOT NULL,
    just_value numeric(14,2),
    taxable_value numeric(14,2),
    valuation_date date NOT NULL,
    source text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.property_value_history FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE property_value_history; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.property_value_history IS 'What a parcel was assessed at, by date and source.';


--
-- Name: redemptions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.redemptions (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    amount numeric(14,2) NOT NULL,
    interest_amount numeric(14,2) NOT NULL,
    fee_amount numeric(14,2) DEFAULT 0 NOT NULL,
    redeemer_info_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    payment_id uuid,
    payout_id uuid,
    status public.redemption_status DEFAULT 'pending'::public.redemption_status NOT NULL,
    months integer,
    redeemed_at timestamp with time zone,
    disbursed_at timestamp with time zone,
    created_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT redemptions_amount_positive CHECK ((amount > (0)::numeric)),
    CONSTRAINT redemptions_fee_not_negative CHECK ((fee_amount >= (0)::numeric)),
    CONSTRAINT redemptions_interest_not_negative CHECK ((interest_amount >= (0)::numeric))
);

ALTER TABLE ONLY public.redemptions FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE redemptions; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.redemptions IS 'An owner pays off a certificate; the holder is paid out of it.';


--
-- Name: COLUMN redemptions.amount; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.redemptions.amount IS 'What the owner pays in all.';


--
-- Name: COLUMN redemptions.payment_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.redemptions.payment_id IS 'The owner''s payment.';


--
-- Name: COLUMN redemptions.payout_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.redemptions.payout_id IS 'The payment to the holder.';


--
-- Name: refresh_tokens; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.refresh_tokens (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    family_id uuid NOT NULL,
    parent_id uuid,
    token_hash bytea NOT NULL,
    child_token bytea,
    expires_at timestamp with time zone NOT NULL,
    absolute_expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    device_info text,
    device_hash bytea,
    ip_address inet,
    is_revoked boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT refresh_tokens_token_hash_is_sha256 CHECK ((octet_length(token_hash) = 32))
);

ALTER TABLE ONLY public.refresh_tokens FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE refresh_tokens; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.refresh_tokens IS 'Single-use tokens that renew a session; reuse revokes the family.';


--
-- Name: COLUMN refresh_tokens.parent_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.refresh_tokens.parent_id IS 'The token this one replaced; unique, so that parallel refreshes make one child.';


--
-- Name: COLUMN refresh_tokens.child_token; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.refresh_tokens.child_token IS 'The child, encrypted, handed out again when the answer with it was lost.';


--
-- Name: registrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.registrations (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    county_id uuid,
    status public.registration_status DEFAULT 'draft'::public.registration_status NOT NULL,
    submitted_at timestamp with time zone,
    reviewed_by uuid,
    reviewed_at timestamp with time zone,
    rejection_reason text,
    kyc_document_references jsonb,
    answers_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT registrations_not_by_oneself CHECK ((reviewed_by <> user_id)),
    CONSTRAINT registrations_reviewed CHECK (((status <> ALL (ARRAY['approved'::public.registration_status, 'rejected'::public.registration_status])) OR (reviewed_at IS NOT NULL))),
    CONSTRAINT registrations_submitted CHECK (((status = 'draft'::public.registration_status) OR (submitted_at IS NOT NULL)))
);

ALTER TABLE ONLY public.registrations FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE registrations; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.registrations IS 'A person''s application: to the platform, or to bid in one county.';


--
-- Name: COLUMN registrations.county_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.registrations.county_id IS 'Null for the account itself, which administrators review.';


--
-- Name: report_configurations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.report_configurations (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    county_id uuid,
    name text NOT NULL,
    report_type text NOT NULL,
    parameters_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    schedule_json jsonb,
    next_run_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.report_configurations FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE report_configurations; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.report_configurations IS 'A report with its parameters, and when it runs by itself.';


--
-- Name: COLUMN report_configurations.county_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.report_configurations.county_id IS 'Shared with the county''s staff; null keeps it private.';


--
-- Name: report_executions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.report_executions (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    configuration_id uuid NOT NULL,
    user_id uuid DEFAULT strikeoff.my_user() NOT NULL,
    county_id uuid,
    status public.report_status DEFAULT 'queued'::public.report_status NOT NULL,
    result_file_path text,
    document_id uuid,
    execution_time timestamp with time zone,
    finished_at timestamp with time zone,
    error_message text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.report_executions FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE report_executions; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.report_executions IS 'One run of a report.';


--
-- Name: COLUMN report_executions.user_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.report_executions.user_id IS 'The owner of the configuration.';


--
-- Name: COLUMN report_executions.execution_time; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.report_executions.execution_time IS 'When the run began.';


--
-- Name: sale_commitments; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sale_commitments (
    county_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    role public.sale_role NOT NULL,
    commitment bytea NOT NULL,
    created_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT sale_commitments_length CHECK ((octet_length(commitment) = 32))
);

ALTER TABLE ONLY public.sale_commitments FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE sale_commitments; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.sale_commitments IS 'Hashes that bind county and operator to secrets made before the bids.';


--
-- Name: COLUMN sale_commitments.created_by; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sale_commitments.created_by IS 'Null for the operator''s, which the server makes.';


--
-- Name: saved_searches; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.saved_searches (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    query_text text,
    filter_params_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    alerts_enabled boolean DEFAULT false NOT NULL,
    alerted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.saved_searches FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE saved_searches; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.saved_searches IS 'A search with a name, and with alerts if wanted.';


--
-- Name: schema_migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.schema_migrations (
    version integer NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: TABLE schema_migrations; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.schema_migrations IS 'Which migration files this database has run, and their digests.';


--
-- Name: screening_lists; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.screening_lists (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    name text NOT NULL,
    published_on date NOT NULL,
    sha256 bytea NOT NULL,
    entries integer NOT NULL,
    content_json jsonb NOT NULL,
    is_current boolean DEFAULT false NOT NULL,
    loaded_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT screening_lists_not_empty CHECK ((entries > 0)),
    CONSTRAINT screening_lists_sha256_length CHECK ((octet_length(sha256) = 32))
);

ALTER TABLE ONLY public.screening_lists FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE screening_lists; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.screening_lists IS 'Sanctions lists as loaded; a malformed new one leaves the old current.';


--
-- Name: sessions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sessions (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    family_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    auth_time timestamp with time zone DEFAULT now() NOT NULL,
    amr text[] DEFAULT '{}'::text[] NOT NULL,
    enrol_only boolean DEFAULT false NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    idle_expires_at timestamp with time zone,
    absolute_expires_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone,
    ip_address inet,
    device_info text,
    device_hash bytea,
    revoked_at timestamp with time zone,
    revoked_reason text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    awaits_factor boolean DEFAULT false NOT NULL,
    CONSTRAINT sessions_token_hash_is_sha256 CHECK ((octet_length(token_hash) = 32))
);

ALTER TABLE ONLY public.sessions FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE sessions; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.sessions IS 'An access token that is good for minutes; the token itself is not kept.';


--
-- Name: COLUMN sessions.family_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sessions.family_id IS 'Shared with the refresh tokens of the same sign-in.';


--
-- Name: COLUMN sessions.auth_time; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sessions.auth_time IS 'When the person last proved who they are; step-up renews it.';


--
-- Name: COLUMN sessions.amr; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sessions.amr IS 'How: password, totp, backup_code.';


--
-- Name: COLUMN sessions.enrol_only; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sessions.enrol_only IS 'Good for enrolling a second factor and for nothing else.';


--
-- Name: COLUMN sessions.awaits_factor; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.sessions.awaits_factor IS 'The password was right; good for giving the second factor and for nothing else.';


--
-- Name: staged_imports; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.staged_imports (
    approval_id uuid NOT NULL,
    county_id uuid NOT NULL,
    bytes bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE ONLY public.staged_imports ALTER COLUMN bytes SET COMPRESSION lz4;

ALTER TABLE ONLY public.staged_imports FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE staged_imports; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.staged_imports IS 'The file of an import that waits for its second person; gone once that is decided.';


--
-- Name: tax_forms; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tax_forms (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    bidder_number_id uuid NOT NULL,
    user_id uuid,
    form_year integer NOT NULL,
    kind public.tax_form_kind DEFAULT 'w9'::public.tax_form_kind NOT NULL,
    status public.tax_form_status DEFAULT 'submitted'::public.tax_form_status NOT NULL,
    legal_name text NOT NULL,
    tax_class text,
    tin_box bytea,
    tin_last4 text,
    address_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    backup_withholding boolean DEFAULT false NOT NULL,
    document_id uuid,
    signed_at timestamp with time zone,
    reviewed_by uuid,
    reviewed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT tax_forms_last4_is_digits CHECK ((tin_last4 ~ '^[0-9]{4}$'::text)),
    CONSTRAINT tax_forms_year_plausible CHECK (((form_year >= 1900) AND (form_year <= 2200)))
);

ALTER TABLE ONLY public.tax_forms FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE tax_forms; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.tax_forms IS 'The W-9 or W-8 of a bidder number for one year.';


--
-- Name: COLUMN tax_forms.tin_box; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.tax_forms.tin_box IS 'The TIN, encrypted and bound to this row.';


--
-- Name: transactions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.transactions (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    user_id uuid,
    transaction_type public.transaction_type NOT NULL,
    amount numeric(14,2) NOT NULL,
    reference_type text,
    reference_id uuid,
    reverses_id uuid,
    details_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    written_in xid8 DEFAULT pg_current_xact_id() NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT transactions_reversal_names_original CHECK (((transaction_type = 'reversal'::public.transaction_type) = (reverses_id IS NOT NULL)))
);

ALTER TABLE ONLY public.transactions FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE transactions; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.transactions IS 'One line per movement of a user''s money; its legs in ledger_entries add up to zero.';


--
-- Name: COLUMN transactions.user_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.transactions.user_id IS 'Null when the money is nobody''s who has an account.';


--
-- Name: COLUMN transactions.reverses_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.transactions.reverses_id IS 'A mistake is never changed: a reversal names it.';


--
-- Name: COLUMN transactions.written_in; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.transactions.written_in IS 'The database transaction that wrote it; legs come in no other.';


--
-- Name: transcripts; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.transcripts (
    batch_id uuid NOT NULL,
    county_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    transcript_sha256 bytea NOT NULL,
    transcript_size bigint NOT NULL,
    leaves_sha256 bytea NOT NULL,
    leaves_size bigint NOT NULL,
    published_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT transcripts_leaves_length CHECK ((octet_length(leaves_sha256) = 32)),
    CONSTRAINT transcripts_leaves_whole CHECK (((leaves_size % (104)::bigint) = 0)),
    CONSTRAINT transcripts_sha256_length CHECK ((octet_length(transcript_sha256) = 32)),
    CONSTRAINT transcripts_size_positive CHECK ((transcript_size > 0))
);

ALTER TABLE ONLY public.transcripts FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE transcripts; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.transcripts IS 'Digests of the published files of a batch, which are made anew when asked for.';


--
-- Name: user_permissions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.user_permissions (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    permission_name text NOT NULL,
    resource_type text,
    resource_id uuid,
    granted_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT user_permissions_known_in_counties CHECK (((resource_type IS DISTINCT FROM 'county'::text) OR ((resource_id IS NOT NULL) AND (permission_name = ANY (ARRAY['imports'::text, 'sales'::text, 'approvals'::text, 'money'::text, 'reports'::text, 'settings'::text, 'all'::text]))))),
    CONSTRAINT user_permissions_resource_is_typed CHECK (((resource_id IS NULL) OR (resource_type IS NOT NULL)))
);

ALTER TABLE ONLY public.user_permissions FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE user_permissions; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.user_permissions IS 'What a role alone does not give; resource_type county names the counties a person works for.';


--
-- Name: user_search_history; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.user_search_history (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    query_text text,
    filter_params_json jsonb DEFAULT '{}'::jsonb NOT NULL,
    results_count integer,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT user_search_history_count_not_negative CHECK ((results_count >= 0))
);

ALTER TABLE ONLY public.user_search_history FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE user_search_history; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.user_search_history IS 'The searches a person ran, for that person alone.';


--
-- Name: users; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.users (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    email text NOT NULL,
    password_hash text NOT NULL,
    pepper_id smallint DEFAULT 1 NOT NULL,
    role public.user_role DEFAULT 'investor'::public.user_role NOT NULL,
    first_name text DEFAULT ''::text NOT NULL,
    last_name text DEFAULT ''::text NOT NULL,
    phone text,
    mfa_enabled boolean DEFAULT false NOT NULL,
    mfa_secret bytea,
    mfa_last_counter bigint DEFAULT 0 NOT NULL,
    status public.user_status DEFAULT 'pending_approval'::public.user_status NOT NULL,
    kyc_status public.kyc_status DEFAULT 'not_submitted'::public.kyc_status NOT NULL,
    data_key bytea,
    email_verified_at timestamp with time zone,
    password_changed_at timestamp with time zone,
    last_login_at timestamp with time zone,
    failed_logins integer DEFAULT 0 NOT NULL,
    login_blocked_until timestamp with time zone,
    bidding_hold_until timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT users_email_has_at CHECK ((email ~~ '%_@_%'::text))
);

ALTER TABLE ONLY public.users FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE users; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.users IS 'An account: a person who signs in, whatever the role.';


--
-- Name: COLUMN users.password_hash; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.users.password_hash IS 'Argon2id of the peppered password, in its own text form.';


--
-- Name: COLUMN users.pepper_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.users.pepper_id IS 'Which pepper went into password_hash.';


--
-- Name: COLUMN users.mfa_secret; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.users.mfa_secret IS 'The TOTP seed, encrypted and bound to this row.';


--
-- Name: COLUMN users.mfa_last_counter; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.users.mfa_last_counter IS 'The last accepted TOTP step; compare-and-set makes a code good once.';


--
-- Name: COLUMN users.data_key; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.users.data_key IS 'The key of this person''s encrypted values, itself encrypted; deleting it shreds them.';


--
-- Name: COLUMN users.bidding_hold_until; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.users.bidding_hold_until IS 'No bids before, after a recovered second factor.';


--
-- Name: watchlist_items; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.watchlist_items (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid DEFAULT strikeoff.my_user() NOT NULL,
    watchlist_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    notes text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.watchlist_items FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE watchlist_items; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.watchlist_items IS 'A certificate on a watchlist.';


--
-- Name: watchlists; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.watchlists (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.watchlists FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE watchlists; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.watchlists IS 'A named list of certificates that a person watches.';


--
-- Name: webhooks; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.webhooks (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid,
    provider text NOT NULL,
    event_id text NOT NULL,
    event_type text NOT NULL,
    payload bytea NOT NULL,
    received_at timestamp with time zone NOT NULL,
    processed_at timestamp with time zone,
    error_message text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.webhooks FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE webhooks; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.webhooks IS 'Signed messages of payment providers, each taken once.';


--
-- Name: winning_bids; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.winning_bids (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    auction_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    batch_certificate_id uuid NOT NULL,
    user_id uuid NOT NULL,
    certificate_id uuid NOT NULL,
    bid_id uuid NOT NULL,
    bidder_number_id uuid,
    member integer DEFAULT 0 NOT NULL,
    interest_rate numeric(5,2) NOT NULL,
    face numeric(14,2) NOT NULL,
    payment_status public.winning_bid_payment_status DEFAULT 'pending'::public.winning_bid_payment_status NOT NULL,
    invoice_id uuid,
    void_reason text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT winning_bids_face_positive CHECK ((face > (0)::numeric)),
    CONSTRAINT winning_bids_member_not_negative CHECK ((member >= 0)),
    CONSTRAINT winning_bids_rate_not_negative CHECK ((interest_rate >= (0)::numeric))
);

ALTER TABLE ONLY public.winning_bids FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE winning_bids; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.winning_bids IS 'An award: which bid got the lot, at what rate, and how it was paid.';


--
-- Name: COLUMN winning_bids.bid_id; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.winning_bids.bid_id IS 'The row of bids, not the bidder''s own id.';


--
-- Name: COLUMN winning_bids.member; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.winning_bids.member IS 'Position in the group''s frozen order; 0 is the primary.';


--
-- Name: COLUMN winning_bids.interest_rate; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.winning_bids.interest_rate IS 'The award rate, not the bid.';


--
-- Name: withdrawals; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.withdrawals (
    id uuid DEFAULT strikeoff.new_id() NOT NULL,
    county_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    batch_certificate_id uuid NOT NULL,
    reason text NOT NULL,
    chain_k integer,
    withdrawn_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY public.withdrawals FORCE ROW LEVEL SECURITY;


--
-- Name: TABLE withdrawals; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON TABLE public.withdrawals IS 'Who took a lot out of a batch, and why.';


--
-- Name: COLUMN withdrawals.chain_k; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON COLUMN public.withdrawals.chain_k IS 'The record of the batch''s chain, when it was already open.';


--
-- Name: bids_p00; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids ATTACH PARTITION public.bids_p00 FOR VALUES WITH (modulus 16, remainder 0);


--
-- Name: bids_p01; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids ATTACH PARTITION public.bids_p01 FOR VALUES WITH (modulus 16, remainder 1);


--
-- Name: bids_p02; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids ATTACH PARTITION public.bids_p02 FOR VALUES WITH (modulus 16, remainder 2);


--
-- Name: bids_p03; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids ATTACH PARTITION public.bids_p03 FOR VALUES WITH (modulus 16, remainder 3);


--
-- Name: bids_p04; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids ATTACH PARTITION public.bids_p04 FOR VALUES WITH (modulus 16, remainder 4);


--
-- Name: bids_p05; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids ATTACH PARTITION public.bids_p05 FOR VALUES WITH (modulus 16, remainder 5);


--
-- Name: bids_p06; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids ATTACH PARTITION public.bids_p06 FOR VALUES WITH (modulus 16, remainder 6);


--
-- Name: bids_p07; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids ATTACH PARTITION public.bids_p07 FOR VALUES WITH (modulus 16, remainder 7);


--
-- Name: bids_p08; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids ATTACH PARTITION public.bids_p08 FOR VALUES WITH (modulus 16, remainder 8);


--
-- Name: bids_p09; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids ATTACH PARTITION public.bids_p09 FOR VALUES WITH (modulus 16, remainder 9);


--
-- Name: bids_p10; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids ATTACH PARTITION public.bids_p10 FOR VALUES WITH (modulus 16, remainder 10);


--
-- Name: bids_p11; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids ATTACH PARTITION public.bids_p11 FOR VALUES WITH (modulus 16, remainder 11);


--
-- Name: bids_p12; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids ATTACH PARTITION public.bids_p12 FOR VALUES WITH (modulus 16, remainder 12);


--
-- Name: bids_p13; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids ATTACH PARTITION public.bids_p13 FOR VALUES WITH (modulus 16, remainder 13);


--
-- Name: bids_p14; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids ATTACH PARTITION public.bids_p14 FOR VALUES WITH (modulus 16, remainder 14);


--
-- Name: bids_p15; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids ATTACH PARTITION public.bids_p15 FOR VALUES WITH (modulus 16, remainder 15);


--
-- Name: access_changes access_changes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.access_changes
    ADD CONSTRAINT access_changes_pkey PRIMARY KEY (user_id);


--
-- Name: access_epoch access_epoch_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.access_epoch
    ADD CONSTRAINT access_epoch_pkey PRIMARY KEY (only_row);


--
-- Name: account_links account_links_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_links
    ADD CONSTRAINT account_links_pkey PRIMARY KEY (id);


--
-- Name: account_links account_links_token_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_links
    ADD CONSTRAINT account_links_token_hash_key UNIQUE (token_hash);


--
-- Name: agreements agreements_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreements
    ADD CONSTRAINT agreements_pkey PRIMARY KEY (id);


--
-- Name: agreements agreements_user_id_county_id_kind_version_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreements
    ADD CONSTRAINT agreements_user_id_county_id_kind_version_key UNIQUE NULLS NOT DISTINCT (user_id, county_id, kind, version);


--
-- Name: amendments amendments_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.amendments
    ADD CONSTRAINT amendments_pkey PRIMARY KEY (id);


--
-- Name: api_keys api_keys_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_pkey PRIMARY KEY (id);


--
-- Name: api_keys api_keys_token_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_token_hash_key UNIQUE (token_hash);


--
-- Name: approvals approvals_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.approvals
    ADD CONSTRAINT approvals_pkey PRIMARY KEY (id);


--
-- Name: auction_bidders auction_bidders_auction_id_bidder_ref_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auction_bidders
    ADD CONSTRAINT auction_bidders_auction_id_bidder_ref_key UNIQUE (auction_id, bidder_ref);


--
-- Name: auction_bidders auction_bidders_auction_id_user_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auction_bidders
    ADD CONSTRAINT auction_bidders_auction_id_user_id_key UNIQUE (auction_id, user_id);


--
-- Name: auction_bidders auction_bidders_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auction_bidders
    ADD CONSTRAINT auction_bidders_pkey PRIMARY KEY (auction_id, number);


--
-- Name: auction_defaults auction_defaults_only_row_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auction_defaults
    ADD CONSTRAINT auction_defaults_only_row_key UNIQUE (only_row);


--
-- Name: auction_defaults auction_defaults_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auction_defaults
    ADD CONSTRAINT auction_defaults_pkey PRIMARY KEY (id);


--
-- Name: auction_secrets auction_secrets_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auction_secrets
    ADD CONSTRAINT auction_secrets_pkey PRIMARY KEY (auction_id);


--
-- Name: auctions auctions_county_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auctions
    ADD CONSTRAINT auctions_county_id_id_key UNIQUE (county_id, id);


--
-- Name: auctions auctions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auctions
    ADD CONSTRAINT auctions_pkey PRIMARY KEY (id);


--
-- Name: audit_checkpoints audit_checkpoints_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_checkpoints
    ADD CONSTRAINT audit_checkpoints_pkey PRIMARY KEY (log_id, length, made_at);


--
-- Name: audit_heads audit_heads_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_heads
    ADD CONSTRAINT audit_heads_pkey PRIMARY KEY (log_id);


--
-- Name: audit_logs audit_logs_log_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_logs
    ADD CONSTRAINT audit_logs_log_id_seq_key UNIQUE (log_id, seq);


--
-- Name: audit_logs audit_logs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_logs
    ADD CONSTRAINT audit_logs_pkey PRIMARY KEY (id);


--
-- Name: auth_audit_logs auth_audit_logs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_audit_logs
    ADD CONSTRAINT auth_audit_logs_pkey PRIMARY KEY (id);


--
-- Name: auto_bid_configurations auto_bid_configurations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auto_bid_configurations
    ADD CONSTRAINT auto_bid_configurations_pkey PRIMARY KEY (id);


--
-- Name: auto_bid_configurations auto_bid_configurations_user_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auto_bid_configurations
    ADD CONSTRAINT auto_bid_configurations_user_id_id_key UNIQUE (user_id, id);


--
-- Name: auto_bid_configurations auto_bid_configurations_user_id_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auto_bid_configurations
    ADD CONSTRAINT auto_bid_configurations_user_id_name_key UNIQUE (user_id, name);


--
-- Name: auto_bid_targets auto_bid_targets_configuration_id_certificate_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auto_bid_targets
    ADD CONSTRAINT auto_bid_targets_configuration_id_certificate_id_key UNIQUE (configuration_id, certificate_id);


--
-- Name: auto_bid_targets auto_bid_targets_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auto_bid_targets
    ADD CONSTRAINT auto_bid_targets_pkey PRIMARY KEY (id);


--
-- Name: bank_accounts bank_accounts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bank_accounts
    ADD CONSTRAINT bank_accounts_pkey PRIMARY KEY (id);


--
-- Name: bank_accounts bank_accounts_user_id_blind_index_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bank_accounts
    ADD CONSTRAINT bank_accounts_user_id_blind_index_key UNIQUE (user_id, blind_index);


--
-- Name: batch_certificates batch_certificates_batch_id_adv_no_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_certificates
    ADD CONSTRAINT batch_certificates_batch_id_adv_no_key UNIQUE (batch_id, adv_no);


--
-- Name: batch_certificates batch_certificates_batch_id_certificate_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_certificates
    ADD CONSTRAINT batch_certificates_batch_id_certificate_id_key UNIQUE (batch_id, certificate_id);


--
-- Name: batch_certificates batch_certificates_county_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_certificates
    ADD CONSTRAINT batch_certificates_county_id_id_key UNIQUE (county_id, id);


--
-- Name: batch_certificates batch_certificates_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_certificates
    ADD CONSTRAINT batch_certificates_pkey PRIMARY KEY (id);


--
-- Name: batch_chain batch_chain_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_chain
    ADD CONSTRAINT batch_chain_pkey PRIMARY KEY (batch_id, k);


--
-- Name: batch_closings batch_closings_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_closings
    ADD CONSTRAINT batch_closings_pkey PRIMARY KEY (batch_id);


--
-- Name: batch_journals batch_journals_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_journals
    ADD CONSTRAINT batch_journals_pkey PRIMARY KEY (batch_id);


--
-- Name: batch_secrets batch_secrets_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_secrets
    ADD CONSTRAINT batch_secrets_pkey PRIMARY KEY (batch_id);


--
-- Name: batches batches_auction_id_number_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batches
    ADD CONSTRAINT batches_auction_id_number_key UNIQUE (auction_id, number);


--
-- Name: batches batches_county_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batches
    ADD CONSTRAINT batches_county_id_id_key UNIQUE (county_id, id);


--
-- Name: batches batches_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batches
    ADD CONSTRAINT batches_pkey PRIMARY KEY (id);


--
-- Name: bid_blocks bid_blocks_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bid_blocks
    ADD CONSTRAINT bid_blocks_pkey PRIMARY KEY (batch_id, first_seq);


--
-- Name: bid_patterns bid_patterns_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bid_patterns
    ADD CONSTRAINT bid_patterns_pkey PRIMARY KEY (id);


--
-- Name: bid_sources bid_sources_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bid_sources
    ADD CONSTRAINT bid_sources_once UNIQUE NULLS NOT DISTINCT (ip_address, device_info);


--
-- Name: bid_sources bid_sources_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bid_sources
    ADD CONSTRAINT bid_sources_pkey PRIMARY KEY (id);


--
-- Name: bidder_exposures bidder_exposures_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidder_exposures
    ADD CONSTRAINT bidder_exposures_pkey PRIMARY KEY (batch_id, number);


--
-- Name: bidder_numbers bidder_numbers_county_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidder_numbers
    ADD CONSTRAINT bidder_numbers_county_id_id_key UNIQUE (county_id, id);


--
-- Name: bidder_numbers bidder_numbers_county_id_number_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidder_numbers
    ADD CONSTRAINT bidder_numbers_county_id_number_key UNIQUE (county_id, number);


--
-- Name: bidder_numbers bidder_numbers_one_per_tin; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidder_numbers
    ADD CONSTRAINT bidder_numbers_one_per_tin UNIQUE (county_id, tin_blind_index);


--
-- Name: bidder_numbers bidder_numbers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidder_numbers
    ADD CONSTRAINT bidder_numbers_pkey PRIMARY KEY (id);


--
-- Name: bidding_group_members bidding_group_members_group_id_bidder_number_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidding_group_members
    ADD CONSTRAINT bidding_group_members_group_id_bidder_number_id_key UNIQUE (group_id, bidder_number_id);


--
-- Name: bidding_group_members bidding_group_members_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidding_group_members
    ADD CONSTRAINT bidding_group_members_pkey PRIMARY KEY (group_id, "position");


--
-- Name: bidding_groups bidding_groups_auction_id_user_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidding_groups
    ADD CONSTRAINT bidding_groups_auction_id_user_id_key UNIQUE (auction_id, user_id);


--
-- Name: bidding_groups bidding_groups_county_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidding_groups
    ADD CONSTRAINT bidding_groups_county_id_id_key UNIQUE (county_id, id);


--
-- Name: bidding_groups bidding_groups_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidding_groups
    ADD CONSTRAINT bidding_groups_pkey PRIMARY KEY (id);


--
-- Name: bids bids_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids
    ADD CONSTRAINT bids_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids_p00 bids_p00_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p00
    ADD CONSTRAINT bids_p00_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids bids_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids
    ADD CONSTRAINT bids_pkey PRIMARY KEY (batch_id, id);


--
-- Name: bids_p00 bids_p00_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p00
    ADD CONSTRAINT bids_p00_pkey PRIMARY KEY (batch_id, id);


--
-- Name: bids_p01 bids_p01_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p01
    ADD CONSTRAINT bids_p01_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids_p01 bids_p01_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p01
    ADD CONSTRAINT bids_p01_pkey PRIMARY KEY (batch_id, id);


--
-- Name: bids_p02 bids_p02_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p02
    ADD CONSTRAINT bids_p02_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids_p02 bids_p02_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p02
    ADD CONSTRAINT bids_p02_pkey PRIMARY KEY (batch_id, id);


--
-- Name: bids_p03 bids_p03_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p03
    ADD CONSTRAINT bids_p03_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids_p03 bids_p03_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p03
    ADD CONSTRAINT bids_p03_pkey PRIMARY KEY (batch_id, id);


--
-- Name: bids_p04 bids_p04_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p04
    ADD CONSTRAINT bids_p04_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids_p04 bids_p04_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p04
    ADD CONSTRAINT bids_p04_pkey PRIMARY KEY (batch_id, id);


--
-- Name: bids_p05 bids_p05_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p05
    ADD CONSTRAINT bids_p05_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids_p05 bids_p05_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p05
    ADD CONSTRAINT bids_p05_pkey PRIMARY KEY (batch_id, id);


--
-- Name: bids_p06 bids_p06_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p06
    ADD CONSTRAINT bids_p06_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids_p06 bids_p06_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p06
    ADD CONSTRAINT bids_p06_pkey PRIMARY KEY (batch_id, id);


--
-- Name: bids_p07 bids_p07_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p07
    ADD CONSTRAINT bids_p07_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids_p07 bids_p07_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p07
    ADD CONSTRAINT bids_p07_pkey PRIMARY KEY (batch_id, id);


--
-- Name: bids_p08 bids_p08_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p08
    ADD CONSTRAINT bids_p08_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids_p08 bids_p08_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p08
    ADD CONSTRAINT bids_p08_pkey PRIMARY KEY (batch_id, id);


--
-- Name: bids_p09 bids_p09_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p09
    ADD CONSTRAINT bids_p09_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids_p09 bids_p09_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p09
    ADD CONSTRAINT bids_p09_pkey PRIMARY KEY (batch_id, id);


--
-- Name: bids_p10 bids_p10_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p10
    ADD CONSTRAINT bids_p10_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids_p10 bids_p10_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p10
    ADD CONSTRAINT bids_p10_pkey PRIMARY KEY (batch_id, id);


--
-- Name: bids_p11 bids_p11_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p11
    ADD CONSTRAINT bids_p11_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids_p11 bids_p11_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p11
    ADD CONSTRAINT bids_p11_pkey PRIMARY KEY (batch_id, id);


--
-- Name: bids_p12 bids_p12_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p12
    ADD CONSTRAINT bids_p12_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids_p12 bids_p12_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p12
    ADD CONSTRAINT bids_p12_pkey PRIMARY KEY (batch_id, id);


--
-- Name: bids_p13 bids_p13_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p13
    ADD CONSTRAINT bids_p13_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids_p13 bids_p13_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p13
    ADD CONSTRAINT bids_p13_pkey PRIMARY KEY (batch_id, id);


--
-- Name: bids_p14 bids_p14_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p14
    ADD CONSTRAINT bids_p14_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids_p14 bids_p14_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p14
    ADD CONSTRAINT bids_p14_pkey PRIMARY KEY (batch_id, id);


--
-- Name: bids_p15 bids_p15_batch_id_seq_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p15
    ADD CONSTRAINT bids_p15_batch_id_seq_key UNIQUE (batch_id, seq);


--
-- Name: bids_p15 bids_p15_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bids_p15
    ADD CONSTRAINT bids_p15_pkey PRIMARY KEY (batch_id, id);


--
-- Name: book_changes book_changes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.book_changes
    ADD CONSTRAINT book_changes_pkey PRIMARY KEY (batch_id, version);


--
-- Name: budgets budgets_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.budgets
    ADD CONSTRAINT budgets_pkey PRIMARY KEY (auction_id, user_id);


--
-- Name: certificate_history certificate_history_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate_history
    ADD CONSTRAINT certificate_history_pkey PRIMARY KEY (id);


--
-- Name: certificate_tags certificate_tags_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate_tags
    ADD CONSTRAINT certificate_tags_pkey PRIMARY KEY (id);


--
-- Name: certificate_tags certificate_tags_tag_id_certificate_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate_tags
    ADD CONSTRAINT certificate_tags_tag_id_certificate_id_key UNIQUE (tag_id, certificate_id);


--
-- Name: certificate_transfers certificate_transfers_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate_transfers
    ADD CONSTRAINT certificate_transfers_pkey PRIMARY KEY (id);


--
-- Name: certificates certificates_by_advertised_number; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT certificates_by_advertised_number UNIQUE (county_id, tax_year, advertised_number) DEFERRABLE;


--
-- Name: certificates certificates_county_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT certificates_county_id_id_key UNIQUE (county_id, id);


--
-- Name: certificates certificates_one_per_parcel_and_year; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT certificates_one_per_parcel_and_year UNIQUE (county_id, property_id, tax_year);


--
-- Name: certificates certificates_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT certificates_pkey PRIMARY KEY (id);


--
-- Name: column_mappings column_mappings_county_id_kind_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.column_mappings
    ADD CONSTRAINT column_mappings_county_id_kind_name_key UNIQUE (county_id, kind, name);


--
-- Name: column_mappings column_mappings_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.column_mappings
    ADD CONSTRAINT column_mappings_pkey PRIMARY KEY (id);


--
-- Name: compliance_verifications compliance_verifications_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.compliance_verifications
    ADD CONSTRAINT compliance_verifications_pkey PRIMARY KEY (id);


--
-- Name: counties counties_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.counties
    ADD CONSTRAINT counties_pkey PRIMARY KEY (id);


--
-- Name: counties counties_slug_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.counties
    ADD CONSTRAINT counties_slug_key UNIQUE (slug);


--
-- Name: county_held_purchases county_held_purchases_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.county_held_purchases
    ADD CONSTRAINT county_held_purchases_pkey PRIMARY KEY (id);


--
-- Name: deposits deposits_county_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.deposits
    ADD CONSTRAINT deposits_county_id_id_key UNIQUE (county_id, id);


--
-- Name: deposits deposits_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.deposits
    ADD CONSTRAINT deposits_pkey PRIMARY KEY (id);


--
-- Name: documents documents_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_pkey PRIMARY KEY (id);


--
-- Name: factor_recoveries factor_recoveries_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.factor_recoveries
    ADD CONSTRAINT factor_recoveries_pkey PRIMARY KEY (id);


--
-- Name: forfeitures forfeitures_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.forfeitures
    ADD CONSTRAINT forfeitures_pkey PRIMARY KEY (id);


--
-- Name: forfeitures forfeitures_winning_bid_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.forfeitures
    ADD CONSTRAINT forfeitures_winning_bid_id_key UNIQUE (winning_bid_id);


--
-- Name: global_settings global_settings_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.global_settings
    ADD CONSTRAINT global_settings_pkey PRIMARY KEY (key);


--
-- Name: idempotency_keys idempotency_keys_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_pkey PRIMARY KEY (user_id, route, key);


--
-- Name: import_rows import_rows_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.import_rows
    ADD CONSTRAINT import_rows_pkey PRIMARY KEY (import_id, line);


--
-- Name: imports imports_county_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_county_id_id_key UNIQUE (county_id, id);


--
-- Name: imports imports_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (id);


--
-- Name: invoices invoices_county_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_county_id_id_key UNIQUE (county_id, id);


--
-- Name: invoices invoices_county_id_number_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_county_id_number_key UNIQUE (county_id, number);


--
-- Name: invoices invoices_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_pkey PRIMARY KEY (id);


--
-- Name: jobs jobs_kind_key_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_kind_key_key UNIQUE (kind, key);


--
-- Name: jobs jobs_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pkey PRIMARY KEY (id);


--
-- Name: known_devices known_devices_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.known_devices
    ADD CONSTRAINT known_devices_pkey PRIMARY KEY (id);


--
-- Name: known_devices known_devices_user_id_token_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.known_devices
    ADD CONSTRAINT known_devices_user_id_token_hash_key UNIQUE (user_id, token_hash);


--
-- Name: ledger_accounts ledger_accounts_county_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ledger_accounts
    ADD CONSTRAINT ledger_accounts_county_id_id_key UNIQUE (county_id, id);


--
-- Name: ledger_accounts ledger_accounts_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ledger_accounts
    ADD CONSTRAINT ledger_accounts_once UNIQUE NULLS NOT DISTINCT (county_id, code, user_id);


--
-- Name: ledger_accounts ledger_accounts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ledger_accounts
    ADD CONSTRAINT ledger_accounts_pkey PRIMARY KEY (id);


--
-- Name: ledger_entries ledger_entries_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ledger_entries
    ADD CONSTRAINT ledger_entries_pkey PRIMARY KEY (id);


--
-- Name: live_events live_events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.live_events
    ADD CONSTRAINT live_events_pkey PRIMARY KEY (topic, seq);


--
-- Name: live_topics live_topics_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.live_topics
    ADD CONSTRAINT live_topics_pkey PRIMARY KEY (topic);


--
-- Name: mails mails_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_pkey PRIMARY KEY (id);


--
-- Name: market_analytics market_analytics_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.market_analytics
    ADD CONSTRAINT market_analytics_once UNIQUE NULLS NOT DISTINCT (county_id, metric_type, time_period);


--
-- Name: market_analytics market_analytics_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.market_analytics
    ADD CONSTRAINT market_analytics_pkey PRIMARY KEY (id);


--
-- Name: mfa_backup_codes mfa_backup_codes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mfa_backup_codes
    ADD CONSTRAINT mfa_backup_codes_pkey PRIMARY KEY (id);


--
-- Name: notification_preferences notification_preferences_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notification_preferences
    ADD CONSTRAINT notification_preferences_pkey PRIMARY KEY (id);


--
-- Name: notification_preferences notification_preferences_user_id_notification_type_channel_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notification_preferences
    ADD CONSTRAINT notification_preferences_user_id_notification_type_channel_key UNIQUE (user_id, notification_type, channel);


--
-- Name: notifications notifications_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_pkey PRIMARY KEY (id);


--
-- Name: open_leads open_leads_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.open_leads
    ADD CONSTRAINT open_leads_pkey PRIMARY KEY (batch_id, adv_no);


--
-- Name: outbox_events outbox_events_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox_events
    ADD CONSTRAINT outbox_events_once UNIQUE (topic, key);


--
-- Name: outbox_events outbox_events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox_events
    ADD CONSTRAINT outbox_events_pkey PRIMARY KEY (id);


--
-- Name: parcel_ownerships parcel_ownerships_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.parcel_ownerships
    ADD CONSTRAINT parcel_ownerships_pkey PRIMARY KEY (bidder_number_id, property_id);


--
-- Name: payments payments_county_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_county_id_id_key UNIQUE (county_id, id);


--
-- Name: payments payments_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_pkey PRIMARY KEY (id);


--
-- Name: portfolio_certificates portfolio_certificates_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.portfolio_certificates
    ADD CONSTRAINT portfolio_certificates_pkey PRIMARY KEY (id);


--
-- Name: portfolio_certificates portfolio_certificates_portfolio_id_certificate_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.portfolio_certificates
    ADD CONSTRAINT portfolio_certificates_portfolio_id_certificate_id_key UNIQUE (portfolio_id, certificate_id);


--
-- Name: portfolio_tags portfolio_tags_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.portfolio_tags
    ADD CONSTRAINT portfolio_tags_pkey PRIMARY KEY (id);


--
-- Name: portfolio_tags portfolio_tags_portfolio_id_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.portfolio_tags
    ADD CONSTRAINT portfolio_tags_portfolio_id_name_key UNIQUE (portfolio_id, name);


--
-- Name: portfolio_tags portfolio_tags_user_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.portfolio_tags
    ADD CONSTRAINT portfolio_tags_user_id_id_key UNIQUE (user_id, id);


--
-- Name: portfolios portfolios_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.portfolios
    ADD CONSTRAINT portfolios_pkey PRIMARY KEY (id);


--
-- Name: portfolios portfolios_user_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.portfolios
    ADD CONSTRAINT portfolios_user_id_id_key UNIQUE (user_id, id);


--
-- Name: portfolios portfolios_user_id_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.portfolios
    ADD CONSTRAINT portfolios_user_id_name_key UNIQUE (user_id, name);


--
-- Name: properties properties_county_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.properties
    ADD CONSTRAINT properties_county_id_id_key UNIQUE (county_id, id);


--
-- Name: properties properties_county_id_parcel_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.properties
    ADD CONSTRAINT properties_county_id_parcel_id_key UNIQUE (county_id, parcel_id);


--
-- Name: properties properties_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.properties
    ADD CONSTRAINT properties_pkey PRIMARY KEY (id);


--
-- Name: property_value_history property_value_history_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.property_value_history
    ADD CONSTRAINT property_value_history_pkey PRIMARY KEY (id);


--
-- Name: property_value_history property_value_history_property_id_valuation_date_source_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.property_value_history
    ADD CONSTRAINT property_value_history_property_id_valuation_date_source_key UNIQUE (property_id, valuation_date, source);


--
-- Name: redemptions redemptions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.redemptions
    ADD CONSTRAINT redemptions_pkey PRIMARY KEY (id);


--
-- Name: refresh_tokens refresh_tokens_parent_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT refresh_tokens_parent_id_key UNIQUE (parent_id);


--
-- Name: refresh_tokens refresh_tokens_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT refresh_tokens_pkey PRIMARY KEY (id);


--
-- Name: refresh_tokens refresh_tokens_token_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT refresh_tokens_token_hash_key UNIQUE (token_hash);


--
-- Name: registrations registrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registrations
    ADD CONSTRAINT registrations_pkey PRIMARY KEY (id);


--
-- Name: report_configurations report_configurations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report_configurations
    ADD CONSTRAINT report_configurations_pkey PRIMARY KEY (id);


--
-- Name: report_configurations report_configurations_user_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report_configurations
    ADD CONSTRAINT report_configurations_user_id_id_key UNIQUE (user_id, id);


--
-- Name: report_executions report_executions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report_executions
    ADD CONSTRAINT report_executions_pkey PRIMARY KEY (id);


--
-- Name: sale_commitments sale_commitments_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sale_commitments
    ADD CONSTRAINT sale_commitments_pkey PRIMARY KEY (batch_id, role);


--
-- Name: saved_searches saved_searches_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.saved_searches
    ADD CONSTRAINT saved_searches_pkey PRIMARY KEY (id);


--
-- Name: saved_searches saved_searches_user_id_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.saved_searches
    ADD CONSTRAINT saved_searches_user_id_name_key UNIQUE (user_id, name);


--
-- Name: schema_migrations schema_migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.schema_migrations
    ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (version);


--
-- Name: screening_lists screening_lists_name_sha256_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.screening_lists
    ADD CONSTRAINT screening_lists_name_sha256_key UNIQUE (name, sha256);


--
-- Name: screening_lists screening_lists_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.screening_lists
    ADD CONSTRAINT screening_lists_pkey PRIMARY KEY (id);


--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);


--
-- Name: sessions sessions_token_hash_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_token_hash_key UNIQUE (token_hash);


--
-- Name: staged_imports staged_imports_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.staged_imports
    ADD CONSTRAINT staged_imports_pkey PRIMARY KEY (approval_id);


--
-- Name: tax_forms tax_forms_bidder_number_id_form_year_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tax_forms
    ADD CONSTRAINT tax_forms_bidder_number_id_form_year_key UNIQUE (bidder_number_id, form_year);


--
-- Name: tax_forms tax_forms_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tax_forms
    ADD CONSTRAINT tax_forms_pkey PRIMARY KEY (id);


--
-- Name: transactions transactions_county_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transactions
    ADD CONSTRAINT transactions_county_id_id_key UNIQUE (county_id, id);


--
-- Name: transactions transactions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transactions
    ADD CONSTRAINT transactions_pkey PRIMARY KEY (id);


--
-- Name: transactions transactions_reversed_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transactions
    ADD CONSTRAINT transactions_reversed_once UNIQUE (reverses_id);


--
-- Name: transcripts transcripts_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transcripts
    ADD CONSTRAINT transcripts_pkey PRIMARY KEY (batch_id);


--
-- Name: user_permissions user_permissions_once; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_permissions
    ADD CONSTRAINT user_permissions_once UNIQUE NULLS NOT DISTINCT (user_id, permission_name, resource_type, resource_id);


--
-- Name: user_permissions user_permissions_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_permissions
    ADD CONSTRAINT user_permissions_pkey PRIMARY KEY (id);


--
-- Name: user_search_history user_search_history_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_search_history
    ADD CONSTRAINT user_search_history_pkey PRIMARY KEY (id);


--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);


--
-- Name: watchlist_items watchlist_items_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.watchlist_items
    ADD CONSTRAINT watchlist_items_pkey PRIMARY KEY (id);


--
-- Name: watchlist_items watchlist_items_watchlist_id_certificate_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.watchlist_items
    ADD CONSTRAINT watchlist_items_watchlist_id_certificate_id_key UNIQUE (watchlist_id, certificate_id);


--
-- Name: watchlists watchlists_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.watchlists
    ADD CONSTRAINT watchlists_pkey PRIMARY KEY (id);


--
-- Name: watchlists watchlists_user_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.watchlists
    ADD CONSTRAINT watchlists_user_id_id_key UNIQUE (user_id, id);


--
-- Name: watchlists watchlists_user_id_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.watchlists
    ADD CONSTRAINT watchlists_user_id_name_key UNIQUE (user_id, name);


--
-- Name: webhooks webhooks_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.webhooks
    ADD CONSTRAINT webhooks_pkey PRIMARY KEY (id);


--
-- Name: webhooks webhooks_provider_event_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.webhooks
    ADD CONSTRAINT webhooks_provider_event_id_key UNIQUE (provider, event_id);


--
-- Name: winning_bids winning_bids_batch_certificate_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.winning_bids
    ADD CONSTRAINT winning_bids_batch_certificate_id_key UNIQUE (batch_certificate_id);


--
-- Name: winning_bids winning_bids_county_id_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.winning_bids
    ADD CONSTRAINT winning_bids_county_id_id_key UNIQUE (county_id, id);


--
-- Name: winning_bids winning_bids_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.winning_bids
    ADD CONSTRAINT winning_bids_pkey PRIMARY KEY (id);


--
-- Name: withdrawals withdrawals_batch_certificate_id_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.withdrawals
    ADD CONSTRAINT withdrawals_batch_certificate_id_key UNIQUE (batch_certificate_id);


--
-- Name: withdrawals withdrawals_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.withdrawals
    ADD CONSTRAINT withdrawals_pkey PRIMARY KEY (id);


--
-- Name: access_changes_by_epoch; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX access_changes_by_epoch ON public.access_changes USING btree (epoch);


--
-- Name: account_links_by_expiry; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_links_by_expiry ON public.account_links USING btree (expires_at);


--
-- Name: account_links_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX account_links_by_user ON public.account_links USING btree (user_id, id);


--
-- Name: agreements_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX agreements_by_county ON public.agreements USING btree (county_id, id);


--
-- Name: agreements_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX agreements_by_user ON public.agreements USING btree (user_id, id);


--
-- Name: amendments_by_approver; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX amendments_by_approver ON public.amendments USING btree (approved_by);


--
-- Name: amendments_by_auction; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX amendments_by_auction ON public.amendments USING btree (auction_id, id);


--
-- Name: amendments_by_batch; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX amendments_by_batch ON public.amendments USING btree (batch_id, id);


--
-- Name: amendments_by_certificate; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX amendments_by_certificate ON public.amendments USING btree (certificate_id);


--
-- Name: amendments_by_proposer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX amendments_by_proposer ON public.amendments USING btree (proposed_by);


--
-- Name: amendments_one_per_award; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX amendments_one_per_award ON public.amendments USING btree (batch_id, certificate_id) WHERE (refused_at IS NULL);


--
-- Name: INDEX amendments_one_per_award; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON INDEX public.amendments_one_per_award IS 'Nothing can be taken back twice.';


--
-- Name: api_keys_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX api_keys_by_county ON public.api_keys USING btree (county_id);


--
-- Name: api_keys_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX api_keys_by_user ON public.api_keys USING btree (user_id, id);


--
-- Name: approvals_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX approvals_by_county ON public.approvals USING btree (county_id, id);


--
-- Name: approvals_by_decider; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX approvals_by_decider ON public.approvals USING btree (decided_by);


--
-- Name: approvals_by_proposer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX approvals_by_proposer ON public.approvals USING btree (proposed_by);


--
-- Name: approvals_one_pending; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX approvals_one_pending ON public.approvals USING btree (action, subject_id) WHERE ((decision IS NULL) AND (action <> 'publish_import'::public.approval_action));


--
-- Name: INDEX approvals_one_pending; Type: COMMENT; Schema: public; Owner: -
--

COMMENT ON INDEX public.approvals_one_pending IS 'The same thing is not proposed twice at a time.';


--
-- Name: auction_bidders_by_agreement; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auction_bidders_by_agreement ON public.auction_bidders USING btree (agreement_by);


--
-- Name: auction_bidders_by_bidder_number; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auction_bidders_by_bidder_number ON public.auction_bidders USING btree (bidder_number_id);


--
-- Name: auction_bidders_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auction_bidders_by_county ON public.auction_bidders USING btree (county_id, auction_id, number);


--
-- Name: auction_bidders_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auction_bidders_by_user ON public.auction_bidders USING btree (user_id, auction_id);


--
-- Name: auctions_by_publisher; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auctions_by_publisher ON public.auctions USING btree (published_by);


--
-- Name: auctions_by_start; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auctions_by_start ON public.auctions USING btree (start_date, id) WHERE (status <> 'draft'::public.auction_status);


--
-- Name: auctions_by_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auctions_by_status ON public.auctions USING btree (county_id, status, id);


--
-- Name: audit_checkpoints_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_checkpoints_by_county ON public.audit_checkpoints USING btree (county_id);


--
-- Name: audit_heads_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_heads_by_county ON public.audit_heads USING btree (county_id);


--
-- Name: audit_logs_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_logs_by_county ON public.audit_logs USING btree (county_id, id);


--
-- Name: audit_logs_by_entity; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_logs_by_entity ON public.audit_logs USING btree (entity_type, entity_id, id);


--
-- Name: audit_logs_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX audit_logs_by_user ON public.audit_logs USING btree (user_id, id);


--
-- Name: auth_audit_logs_by_address; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_audit_logs_by_address ON public.auth_audit_logs USING btree (ip_address, created_at);


--
-- Name: auth_audit_logs_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auth_audit_logs_by_user ON public.auth_audit_logs USING btree (user_id, id);


--
-- Name: auto_bid_configurations_by_auction; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auto_bid_configurations_by_auction ON public.auto_bid_configurations USING btree (auction_id) WHERE enabled;


--
-- Name: auto_bid_configurations_of_auction; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auto_bid_configurations_of_auction ON public.auto_bid_configurations USING btree (auction_id, id);


--
-- Name: auto_bid_targets_by_certificate; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auto_bid_targets_by_certificate ON public.auto_bid_targets USING btree (certificate_id);


--
-- Name: auto_bid_targets_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX auto_bid_targets_by_user ON public.auto_bid_targets USING btree (user_id, id);


--
-- Name: bank_accounts_by_blind_index; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bank_accounts_by_blind_index ON public.bank_accounts USING btree (blind_index);


--
-- Name: bank_accounts_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bank_accounts_by_user ON public.bank_accounts USING btree (user_id, id);


--
-- Name: batch_certificates_by_certificate; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX batch_certificates_by_certificate ON public.batch_certificates USING btree (certificate_id, id);


--
-- Name: batch_certificates_by_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX batch_certificates_by_status ON public.batch_certificates USING btree (batch_id, status, adv_no);


--
-- Name: batch_certificates_by_winner; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX batch_certificates_by_winner ON public.batch_certificates USING btree (batch_id, winner_ref) WHERE (winner_ref IS NOT NULL);


--
-- Name: batch_chain_by_certificate; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX batch_chain_by_certificate ON public.batch_chain USING btree (certificate_id);


--
-- Name: batch_closings_by_auction; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX batch_closings_by_auction ON public.batch_closings USING btree (auction_id, closed_at);


--
-- Name: batch_closings_unfinished; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX batch_closings_unfinished ON public.batch_closings USING btree (closed_at) WHERE (completed_at IS NULL);


--
-- Name: batch_journals_by_auction; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX batch_journals_by_auction ON public.batch_journals USING btree (auction_id);


--
-- Name: batch_journals_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX batch_journals_by_county ON public.batch_journals USING btree (county_id);


--
-- Name: batches_by_auction_end; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX batches_by_auction_end ON public.batches USING btree (auction_id, end_time, id);


--
-- Name: batches_running; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX batches_running ON public.batches USING btree (end_time, id) WHERE (status = ANY (ARRAY['scheduled'::public.batch_status, 'open'::public.batch_status, 'paused'::public.batch_status, 'closing'::public.batch_status]));


--
-- Name: bid_patterns_by_auction; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bid_patterns_by_auction ON public.bid_patterns USING btree (auction_id);


--
-- Name: bid_patterns_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bid_patterns_by_county ON public.bid_patterns USING btree (county_id, status, id);


--
-- Name: bid_patterns_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bid_patterns_by_user ON public.bid_patterns USING btree (user_id, id);


--
-- Name: bidder_exposures_by_bidder; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bidder_exposures_by_bidder ON public.bidder_exposures USING btree (auction_id, number);


--
-- Name: bidder_exposures_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bidder_exposures_by_county ON public.bidder_exposures USING btree (county_id, batch_id);


--
-- Name: bidder_numbers_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bidder_numbers_by_user ON public.bidder_numbers USING btree (user_id, id);


--
-- Name: bidding_group_members_by_number; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bidding_group_members_by_number ON public.bidding_group_members USING btree (bidder_number_id);


--
-- Name: bidding_groups_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bidding_groups_by_county ON public.bidding_groups USING btree (county_id, auction_id);


--
-- Name: bidding_groups_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bidding_groups_by_user ON public.bidding_groups USING btree (user_id, id);


--
-- Name: bids_by_auction; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_by_auction ON ONLY public.bids USING btree (auction_id, batch_id);


--
-- Name: bids_by_bid_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_by_bid_id ON ONLY public.bids USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_by_certificate; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_by_certificate ON ONLY public.bids USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_by_user ON ONLY public.bids USING btree (user_id, batch_id, seq);


--
-- Name: bids_p00_auction_id_batch_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p00_auction_id_batch_id_idx ON public.bids_p00 USING btree (auction_id, batch_id);


--
-- Name: bids_p00_batch_id_user_id_bid_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p00_batch_id_user_id_bid_id_idx ON public.bids_p00 USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_standing; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_standing ON ONLY public.bids USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p00_batch_id_user_id_certificate_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p00_batch_id_user_id_certificate_id_idx ON public.bids_p00 USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p00_certificate_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p00_certificate_id_batch_id_seq_idx ON public.bids_p00 USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_p00_user_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p00_user_id_batch_id_seq_idx ON public.bids_p00 USING btree (user_id, batch_id, seq);


--
-- Name: bids_p01_auction_id_batch_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p01_auction_id_batch_id_idx ON public.bids_p01 USING btree (auction_id, batch_id);


--
-- Name: bids_p01_batch_id_user_id_bid_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p01_batch_id_user_id_bid_id_idx ON public.bids_p01 USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_p01_batch_id_user_id_certificate_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p01_batch_id_user_id_certificate_id_idx ON public.bids_p01 USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p01_certificate_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p01_certificate_id_batch_id_seq_idx ON public.bids_p01 USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_p01_user_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p01_user_id_batch_id_seq_idx ON public.bids_p01 USING btree (user_id, batch_id, seq);


--
-- Name: bids_p02_auction_id_batch_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p02_auction_id_batch_id_idx ON public.bids_p02 USING btree (auction_id, batch_id);


--
-- Name: bids_p02_batch_id_user_id_bid_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p02_batch_id_user_id_bid_id_idx ON public.bids_p02 USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_p02_batch_id_user_id_certificate_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p02_batch_id_user_id_certificate_id_idx ON public.bids_p02 USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p02_certificate_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p02_certificate_id_batch_id_seq_idx ON public.bids_p02 USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_p02_user_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p02_user_id_batch_id_seq_idx ON public.bids_p02 USING btree (user_id, batch_id, seq);


--
-- Name: bids_p03_auction_id_batch_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p03_auction_id_batch_id_idx ON public.bids_p03 USING btree (auction_id, batch_id);


--
-- Name: bids_p03_batch_id_user_id_bid_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p03_batch_id_user_id_bid_id_idx ON public.bids_p03 USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_p03_batch_id_user_id_certificate_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p03_batch_id_user_id_certificate_id_idx ON public.bids_p03 USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p03_certificate_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p03_certificate_id_batch_id_seq_idx ON public.bids_p03 USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_p03_user_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p03_user_id_batch_id_seq_idx ON public.bids_p03 USING btree (user_id, batch_id, seq);


--
-- Name: bids_p04_auction_id_batch_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p04_auction_id_batch_id_idx ON public.bids_p04 USING btree (auction_id, batch_id);


--
-- Name: bids_p04_batch_id_user_id_bid_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p04_batch_id_user_id_bid_id_idx ON public.bids_p04 USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_p04_batch_id_user_id_certificate_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p04_batch_id_user_id_certificate_id_idx ON public.bids_p04 USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p04_certificate_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p04_certificate_id_batch_id_seq_idx ON public.bids_p04 USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_p04_user_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p04_user_id_batch_id_seq_idx ON public.bids_p04 USING btree (user_id, batch_id, seq);


--
-- Name: bids_p05_auction_id_batch_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p05_auction_id_batch_id_idx ON public.bids_p05 USING btree (auction_id, batch_id);


--
-- Name: bids_p05_batch_id_user_id_bid_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p05_batch_id_user_id_bid_id_idx ON public.bids_p05 USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_p05_batch_id_user_id_certificate_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p05_batch_id_user_id_certificate_id_idx ON public.bids_p05 USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p05_certificate_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p05_certificate_id_batch_id_seq_idx ON public.bids_p05 USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_p05_user_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p05_user_id_batch_id_seq_idx ON public.bids_p05 USING btree (user_id, batch_id, seq);


--
-- Name: bids_p06_auction_id_batch_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p06_auction_id_batch_id_idx ON public.bids_p06 USING btree (auction_id, batch_id);


--
-- Name: bids_p06_batch_id_user_id_bid_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p06_batch_id_user_id_bid_id_idx ON public.bids_p06 USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_p06_batch_id_user_id_certificate_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p06_batch_id_user_id_certificate_id_idx ON public.bids_p06 USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p06_certificate_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p06_certificate_id_batch_id_seq_idx ON public.bids_p06 USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_p06_user_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p06_user_id_batch_id_seq_idx ON public.bids_p06 USING btree (user_id, batch_id, seq);


--
-- Name: bids_p07_auction_id_batch_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p07_auction_id_batch_id_idx ON public.bids_p07 USING btree (auction_id, batch_id);


--
-- Name: bids_p07_batch_id_user_id_bid_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p07_batch_id_user_id_bid_id_idx ON public.bids_p07 USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_p07_batch_id_user_id_certificate_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p07_batch_id_user_id_certificate_id_idx ON public.bids_p07 USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p07_certificate_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p07_certificate_id_batch_id_seq_idx ON public.bids_p07 USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_p07_user_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p07_user_id_batch_id_seq_idx ON public.bids_p07 USING btree (user_id, batch_id, seq);


--
-- Name: bids_p08_auction_id_batch_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p08_auction_id_batch_id_idx ON public.bids_p08 USING btree (auction_id, batch_id);


--
-- Name: bids_p08_batch_id_user_id_bid_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p08_batch_id_user_id_bid_id_idx ON public.bids_p08 USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_p08_batch_id_user_id_certificate_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p08_batch_id_user_id_certificate_id_idx ON public.bids_p08 USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p08_certificate_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p08_certificate_id_batch_id_seq_idx ON public.bids_p08 USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_p08_user_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p08_user_id_batch_id_seq_idx ON public.bids_p08 USING btree (user_id, batch_id, seq);


--
-- Name: bids_p09_auction_id_batch_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p09_auction_id_batch_id_idx ON public.bids_p09 USING btree (auction_id, batch_id);


--
-- Name: bids_p09_batch_id_user_id_bid_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p09_batch_id_user_id_bid_id_idx ON public.bids_p09 USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_p09_batch_id_user_id_certificate_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p09_batch_id_user_id_certificate_id_idx ON public.bids_p09 USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p09_certificate_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p09_certificate_id_batch_id_seq_idx ON public.bids_p09 USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_p09_user_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p09_user_id_batch_id_seq_idx ON public.bids_p09 USING btree (user_id, batch_id, seq);


--
-- Name: bids_p10_auction_id_batch_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p10_auction_id_batch_id_idx ON public.bids_p10 USING btree (auction_id, batch_id);


--
-- Name: bids_p10_batch_id_user_id_bid_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p10_batch_id_user_id_bid_id_idx ON public.bids_p10 USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_p10_batch_id_user_id_certificate_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p10_batch_id_user_id_certificate_id_idx ON public.bids_p10 USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p10_certificate_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p10_certificate_id_batch_id_seq_idx ON public.bids_p10 USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_p10_user_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p10_user_id_batch_id_seq_idx ON public.bids_p10 USING btree (user_id, batch_id, seq);


--
-- Name: bids_p11_auction_id_batch_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p11_auction_id_batch_id_idx ON public.bids_p11 USING btree (auction_id, batch_id);


--
-- Name: bids_p11_batch_id_user_id_bid_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p11_batch_id_user_id_bid_id_idx ON public.bids_p11 USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_p11_batch_id_user_id_certificate_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p11_batch_id_user_id_certificate_id_idx ON public.bids_p11 USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p11_certificate_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p11_certificate_id_batch_id_seq_idx ON public.bids_p11 USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_p11_user_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p11_user_id_batch_id_seq_idx ON public.bids_p11 USING btree (user_id, batch_id, seq);


--
-- Name: bids_p12_auction_id_batch_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p12_auction_id_batch_id_idx ON public.bids_p12 USING btree (auction_id, batch_id);


--
-- Name: bids_p12_batch_id_user_id_bid_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p12_batch_id_user_id_bid_id_idx ON public.bids_p12 USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_p12_batch_id_user_id_certificate_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p12_batch_id_user_id_certificate_id_idx ON public.bids_p12 USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p12_certificate_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p12_certificate_id_batch_id_seq_idx ON public.bids_p12 USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_p12_user_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p12_user_id_batch_id_seq_idx ON public.bids_p12 USING btree (user_id, batch_id, seq);


--
-- Name: bids_p13_auction_id_batch_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p13_auction_id_batch_id_idx ON public.bids_p13 USING btree (auction_id, batch_id);


--
-- Name: bids_p13_batch_id_user_id_bid_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p13_batch_id_user_id_bid_id_idx ON public.bids_p13 USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_p13_batch_id_user_id_certificate_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p13_batch_id_user_id_certificate_id_idx ON public.bids_p13 USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p13_certificate_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p13_certificate_id_batch_id_seq_idx ON public.bids_p13 USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_p13_user_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p13_user_id_batch_id_seq_idx ON public.bids_p13 USING btree (user_id, batch_id, seq);


--
-- Name: bids_p14_auction_id_batch_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p14_auction_id_batch_id_idx ON public.bids_p14 USING btree (auction_id, batch_id);


--
-- Name: bids_p14_batch_id_user_id_bid_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p14_batch_id_user_id_bid_id_idx ON public.bids_p14 USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_p14_batch_id_user_id_certificate_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p14_batch_id_user_id_certificate_id_idx ON public.bids_p14 USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p14_certificate_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p14_certificate_id_batch_id_seq_idx ON public.bids_p14 USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_p14_user_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p14_user_id_batch_id_seq_idx ON public.bids_p14 USING btree (user_id, batch_id, seq);


--
-- Name: bids_p15_auction_id_batch_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p15_auction_id_batch_id_idx ON public.bids_p15 USING btree (auction_id, batch_id);


--
-- Name: bids_p15_batch_id_user_id_bid_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p15_batch_id_user_id_bid_id_idx ON public.bids_p15 USING btree (batch_id, user_id, bid_id);


--
-- Name: bids_p15_batch_id_user_id_certificate_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p15_batch_id_user_id_certificate_id_idx ON public.bids_p15 USING btree (batch_id, user_id, certificate_id) WHERE (status = ANY (ARRAY['standing'::public.bid_status, 'awarded'::public.bid_status]));


--
-- Name: bids_p15_certificate_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p15_certificate_id_batch_id_seq_idx ON public.bids_p15 USING btree (certificate_id, batch_id, seq);


--
-- Name: bids_p15_user_id_batch_id_seq_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX bids_p15_user_id_batch_id_seq_idx ON public.bids_p15 USING btree (user_id, batch_id, seq);


--
-- Name: budgets_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX budgets_by_county ON public.budgets USING btree (county_id, auction_id);


--
-- Name: budgets_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX budgets_by_user ON public.budgets USING btree (user_id, auction_id);


--
-- Name: certificate_history_by_certificate; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certificate_history_by_certificate ON public.certificate_history USING btree (certificate_id, id);


--
-- Name: certificate_history_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certificate_history_by_county ON public.certificate_history USING btree (county_id, id);


--
-- Name: certificate_history_by_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certificate_history_by_person ON public.certificate_history USING btree (performed_by);


--
-- Name: certificate_tags_by_certificate; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certificate_tags_by_certificate ON public.certificate_tags USING btree (certificate_id);


--
-- Name: certificate_tags_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certificate_tags_by_user ON public.certificate_tags USING btree (user_id, id);


--
-- Name: certificate_transfers_by_certificate; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certificate_transfers_by_certificate ON public.certificate_transfers USING btree (certificate_id, id);


--
-- Name: certificate_transfers_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certificate_transfers_by_county ON public.certificate_transfers USING btree (county_id, status, id);


--
-- Name: certificate_transfers_by_giver; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certificate_transfers_by_giver ON public.certificate_transfers USING btree (from_bidder_number_id);


--
-- Name: certificate_transfers_by_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certificate_transfers_by_person ON public.certificate_transfers USING btree (requested_by);


--
-- Name: certificate_transfers_by_taker; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certificate_transfers_by_taker ON public.certificate_transfers USING btree (to_bidder_number_id);


--
-- Name: certificate_transfers_one_open; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX certificate_transfers_one_open ON public.certificate_transfers USING btree (certificate_id) WHERE (status = 'requested'::public.transfer_status);


--
-- Name: certificates_by_expiry; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certificates_by_expiry ON public.certificates USING btree (expires_on) WHERE (status = 'sold'::public.certificate_status);


--
-- Name: certificates_by_holder; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certificates_by_holder ON public.certificates USING btree (holder_id, id);


--
-- Name: certificates_by_import; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certificates_by_import ON public.certificates USING btree (import_id);


--
-- Name: certificates_by_number; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX certificates_by_number ON public.certificates USING btree (county_id, tax_year, certificate_number);


--
-- Name: certificates_by_property; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certificates_by_property ON public.certificates USING btree (property_id);


--
-- Name: certificates_by_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certificates_by_status ON public.certificates USING btree (county_id, status, id);


--
-- Name: certificates_county_held; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX certificates_county_held ON public.certificates USING btree (county_id, id) WHERE ((status = 'sold'::public.certificate_status) AND (holder_id IS NULL));


--
-- Name: column_mappings_by_creator; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX column_mappings_by_creator ON public.column_mappings USING btree (created_by);


--
-- Name: compliance_verifications_by_expiry; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX compliance_verifications_by_expiry ON public.compliance_verifications USING btree (expires_at) WHERE (status = 'passed'::public.verification_status);


--
-- Name: compliance_verifications_by_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX compliance_verifications_by_status ON public.compliance_verifications USING btree (status, id);


--
-- Name: compliance_verifications_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX compliance_verifications_by_user ON public.compliance_verifications USING btree (user_id, id);


--
-- Name: compliance_verifications_by_verifier; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX compliance_verifications_by_verifier ON public.compliance_verifications USING btree (verified_by);


--
-- Name: counties_by_fips; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX counties_by_fips ON public.counties USING btree (fips);


--
-- Name: counties_by_name; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX counties_by_name ON public.counties USING btree (state, name);


--
-- Name: county_held_purchases_by_bidder_number; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX county_held_purchases_by_bidder_number ON public.county_held_purchases USING btree (bidder_number_id);


--
-- Name: county_held_purchases_by_certificate; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX county_held_purchases_by_certificate ON public.county_held_purchases USING btree (certificate_id, id);


--
-- Name: county_held_purchases_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX county_held_purchases_by_county ON public.county_held_purchases USING btree (county_id, status, id);


--
-- Name: county_held_purchases_by_payment; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX county_held_purchases_by_payment ON public.county_held_purchases USING btree (payment_id);


--
-- Name: county_held_purchases_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX county_held_purchases_by_user ON public.county_held_purchases USING btree (user_id, id);


--
-- Name: county_held_purchases_sold_once; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX county_held_purchases_sold_once ON public.county_held_purchases USING btree (certificate_id) WHERE (status <> 'canceled'::public.county_held_purchase_status);


--
-- Name: deposits_by_auction; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX deposits_by_auction ON public.deposits USING btree (auction_id, user_id);


--
-- Name: deposits_by_payment; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX deposits_by_payment ON public.deposits USING btree (payment_id);


--
-- Name: deposits_by_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX deposits_by_status ON public.deposits USING btree (county_id, status, id);


--
-- Name: deposits_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX deposits_by_user ON public.deposits USING btree (user_id, id);


--
-- Name: documents_awaiting_scan; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX documents_awaiting_scan ON public.documents USING btree (created_at) WHERE (status = 'quarantined'::public.document_status);


--
-- Name: documents_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX documents_by_county ON public.documents USING btree (county_id, id);


--
-- Name: documents_by_creator; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX documents_by_creator ON public.documents USING btree (created_by, id);


--
-- Name: documents_by_entity; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX documents_by_entity ON public.documents USING btree (entity_type, entity_id, id);


--
-- Name: factor_recoveries_by_asker; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX factor_recoveries_by_asker ON public.factor_recoveries USING btree (asked_by);


--
-- Name: factor_recoveries_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX factor_recoveries_by_county ON public.factor_recoveries USING btree (county_id);


--
-- Name: factor_recoveries_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX factor_recoveries_by_user ON public.factor_recoveries USING btree (user_id, id);


--
-- Name: factor_recoveries_one_open; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX factor_recoveries_one_open ON public.factor_recoveries USING btree (user_id) WHERE ((applied_at IS NULL) AND (stopped_at IS NULL));


--
-- Name: forfeitures_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX forfeitures_by_county ON public.forfeitures USING btree (county_id, id);


--
-- Name: forfeitures_by_decider; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX forfeitures_by_decider ON public.forfeitures USING btree (decided_by);


--
-- Name: forfeitures_by_deposit; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX forfeitures_by_deposit ON public.forfeitures USING btree (deposit_id);


--
-- Name: forfeitures_by_invoice; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX forfeitures_by_invoice ON public.forfeitures USING btree (invoice_id);


--
-- Name: forfeitures_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX forfeitures_by_user ON public.forfeitures USING btree (user_id, id);


--
-- Name: idempotency_keys_by_age; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idempotency_keys_by_age ON public.idempotency_keys USING btree (created_at);


--
-- Name: import_rows_by_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX import_rows_by_status ON public.import_rows USING btree (import_id, status, line);


--
-- Name: imports_by_creator; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX imports_by_creator ON public.imports USING btree (created_by);


--
-- Name: imports_by_publisher; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX imports_by_publisher ON public.imports USING btree (published_by);


--
-- Name: invoices_by_auction; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX invoices_by_auction ON public.invoices USING btree (auction_id, status, id);


--
-- Name: invoices_by_bidder_number; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX invoices_by_bidder_number ON public.invoices USING btree (bidder_number_id);


--
-- Name: invoices_by_payment; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX invoices_by_payment ON public.invoices USING btree (payment_id);


--
-- Name: invoices_by_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX invoices_by_status ON public.invoices USING btree (county_id, status, id);


--
-- Name: invoices_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX invoices_by_user ON public.invoices USING btree (user_id, id);


--
-- Name: invoices_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX invoices_due ON public.invoices USING btree (due_at) WHERE (status = ANY (ARRAY['issued'::public.invoice_status, 'processing'::public.invoice_status]));


--
-- Name: jobs_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_by_county ON public.jobs USING btree (county_id, id);


--
-- Name: jobs_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_by_user ON public.jobs USING btree (user_id, id);


--
-- Name: jobs_ready; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_ready ON public.jobs USING btree (run_at) WHERE (state = 'ready'::public.job_state);


--
-- Name: jobs_running; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX jobs_running ON public.jobs USING btree (lease_until) WHERE (state = 'running'::public.job_state);


--
-- Name: ledger_accounts_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ledger_accounts_by_user ON public.ledger_accounts USING btree (user_id);


--
-- Name: ledger_entries_by_account; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ledger_entries_by_account ON public.ledger_entries USING btree (account_id, id) INCLUDE (amount);


--
-- Name: ledger_entries_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ledger_entries_by_county ON public.ledger_entries USING btree (county_id, id);


--
-- Name: ledger_entries_by_transaction; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ledger_entries_by_transaction ON public.ledger_entries USING btree (transaction_id) INCLUDE (amount);


--
-- Name: live_events_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX live_events_by_county ON public.live_events USING btree (county_id, at);


--
-- Name: live_events_by_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX live_events_by_time ON public.live_events USING btree (at);


--
-- Name: live_topics_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX live_topics_by_county ON public.live_topics USING btree (county_id, topic);


--
-- Name: mails_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_by_user ON public.mails USING btree (user_id, id);


--
-- Name: mails_dead; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_dead ON public.mails USING btree (dead_at) WHERE (dead_at IS NOT NULL);


--
-- Name: mails_done; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_done ON public.mails USING btree (COALESCE(sent_at, dead_at)) WHERE ((sent_at IS NOT NULL) OR (dead_at IS NOT NULL));


--
-- Name: mails_waiting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mails_waiting ON public.mails USING btree (available_at, id) WHERE ((sent_at IS NULL) AND (dead_at IS NULL));


--
-- Name: market_analytics_by_metric; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX market_analytics_by_metric ON public.market_analytics USING btree (metric_type, time_period);


--
-- Name: mfa_backup_codes_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX mfa_backup_codes_by_user ON public.mfa_backup_codes USING btree (user_id, id);


--
-- Name: notifications_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notifications_by_user ON public.notifications USING btree (user_id, id);


--
-- Name: notifications_unread; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notifications_unread ON public.notifications USING btree (user_id) WHERE (NOT is_read);


--
-- Name: open_leads_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX open_leads_by_county ON public.open_leads USING btree (county_id, batch_id);


--
-- Name: outbox_events_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_events_by_county ON public.outbox_events USING btree (county_id, id);


--
-- Name: outbox_events_undelivered; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_events_undelivered ON public.outbox_events USING btree (available_at, id) WHERE (delivered_at IS NULL);


--
-- Name: parcel_ownerships_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX parcel_ownerships_by_county ON public.parcel_ownerships USING btree (county_id, bidder_number_id);


--
-- Name: parcel_ownerships_by_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX parcel_ownerships_by_person ON public.parcel_ownerships USING btree (recorded_by);


--
-- Name: parcel_ownerships_by_property; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX parcel_ownerships_by_property ON public.parcel_ownerships USING btree (property_id);


--
-- Name: payments_by_bank_account; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX payments_by_bank_account ON public.payments USING btree (bank_account_id);


--
-- Name: payments_by_reference; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX payments_by_reference ON public.payments USING btree (county_id, payment_method, transaction_id);


--
-- Name: payments_by_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX payments_by_status ON public.payments USING btree (county_id, status, id);


--
-- Name: payments_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX payments_by_user ON public.payments USING btree (user_id, id);


--
-- Name: portfolio_certificates_by_certificate; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX portfolio_certificates_by_certificate ON public.portfolio_certificates USING btree (certificate_id);


--
-- Name: portfolio_certificates_by_portfolio; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX portfolio_certificates_by_portfolio ON public.portfolio_certificates USING btree (portfolio_id, id);


--
-- Name: portfolio_certificates_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX portfolio_certificates_by_user ON public.portfolio_certificates USING btree (user_id, id);


--
-- Name: properties_by_address; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX properties_by_address ON public.properties USING btree (county_id, lower(address) text_pattern_ops);


--
-- Name: properties_by_import; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX properties_by_import ON public.properties USING btree (import_id);


--
-- Name: properties_by_owner; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX properties_by_owner ON public.properties USING btree (county_id, lower(owner_name) text_pattern_ops);


--
-- Name: properties_by_use; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX properties_by_use ON public.properties USING btree (county_id, use_code, id);


--
-- Name: property_value_history_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX property_value_history_by_county ON public.property_value_history USING btree (county_id, id);


--
-- Name: redemptions_by_certificate; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX redemptions_by_certificate ON public.redemptions USING btree (certificate_id, id);


--
-- Name: redemptions_by_creator; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX redemptions_by_creator ON public.redemptions USING btree (created_by);


--
-- Name: redemptions_by_payment; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX redemptions_by_payment ON public.redemptions USING btree (payment_id);


--
-- Name: redemptions_by_payout; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX redemptions_by_payout ON public.redemptions USING btree (payout_id);


--
-- Name: redemptions_by_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX redemptions_by_status ON public.redemptions USING btree (county_id, status, id);


--
-- Name: redemptions_one_live; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX redemptions_one_live ON public.redemptions USING btree (certificate_id) WHERE (status = ANY (ARRAY['pending'::public.redemption_status, 'paid'::public.redemption_status, 'disbursed'::public.redemption_status]));


--
-- Name: refresh_tokens_by_expiry; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX refresh_tokens_by_expiry ON public.refresh_tokens USING btree (absolute_expires_at);


--
-- Name: refresh_tokens_by_family; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX refresh_tokens_by_family ON public.refresh_tokens USING btree (family_id);


--
-- Name: refresh_tokens_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX refresh_tokens_by_user ON public.refresh_tokens USING btree (user_id, id);


--
-- Name: registrations_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registrations_by_county ON public.registrations USING btree (county_id, status, id);


--
-- Name: registrations_by_reviewer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registrations_by_reviewer ON public.registrations USING btree (reviewed_by);


--
-- Name: registrations_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX registrations_by_user ON public.registrations USING btree (user_id, id);


--
-- Name: registrations_one_open; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX registrations_one_open ON public.registrations USING btree (user_id, county_id) NULLS NOT DISTINCT WHERE (status <> 'rejected'::public.registration_status);


--
-- Name: report_configurations_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX report_configurations_by_county ON public.report_configurations USING btree (county_id, id);


--
-- Name: report_configurations_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX report_configurations_due ON public.report_configurations USING btree (next_run_at) WHERE (next_run_at IS NOT NULL);


--
-- Name: report_executions_by_configuration; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX report_executions_by_configuration ON public.report_executions USING btree (configuration_id, id);


--
-- Name: report_executions_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX report_executions_by_county ON public.report_executions USING btree (county_id, id);


--
-- Name: report_executions_by_document; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX report_executions_by_document ON public.report_executions USING btree (document_id);


--
-- Name: report_executions_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX report_executions_by_user ON public.report_executions USING btree (user_id, id);


--
-- Name: sale_commitments_by_auction; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sale_commitments_by_auction ON public.sale_commitments USING btree (auction_id, batch_id);


--
-- Name: sale_commitments_by_creator; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sale_commitments_by_creator ON public.sale_commitments USING btree (created_by);


--
-- Name: saved_searches_alerting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX saved_searches_alerting ON public.saved_searches USING btree (alerted_at) WHERE alerts_enabled;


--
-- Name: saved_searches_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX saved_searches_by_user ON public.saved_searches USING btree (user_id, id);


--
-- Name: screening_lists_by_loader; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX screening_lists_by_loader ON public.screening_lists USING btree (loaded_by);


--
-- Name: screening_lists_one_current; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX screening_lists_one_current ON public.screening_lists USING btree (name) WHERE is_current;


--
-- Name: sessions_by_expiry; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_by_expiry ON public.sessions USING btree (absolute_expires_at);


--
-- Name: sessions_by_family; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_by_family ON public.sessions USING btree (family_id);


--
-- Name: sessions_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX sessions_by_user ON public.sessions USING btree (user_id, id);


--
-- Name: staged_imports_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX staged_imports_by_county ON public.staged_imports USING btree (county_id);


--
-- Name: tax_forms_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tax_forms_by_county ON public.tax_forms USING btree (county_id, status, id);


--
-- Name: tax_forms_by_document; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tax_forms_by_document ON public.tax_forms USING btree (document_id);


--
-- Name: tax_forms_by_reviewer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tax_forms_by_reviewer ON public.tax_forms USING btree (reviewed_by);


--
-- Name: tax_forms_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tax_forms_by_user ON public.tax_forms USING btree (user_id, id);


--
-- Name: transactions_by_reference; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX transactions_by_reference ON public.transactions USING btree (reference_type, reference_id);


--
-- Name: transactions_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX transactions_by_user ON public.transactions USING btree (user_id, id);


--
-- Name: transcripts_by_auction; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX transcripts_by_auction ON public.transcripts USING btree (auction_id);


--
-- Name: user_permissions_by_granter; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX user_permissions_by_granter ON public.user_permissions USING btree (granted_by);


--
-- Name: user_permissions_by_resource; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX user_permissions_by_resource ON public.user_permissions USING btree (resource_type, resource_id);


--
-- Name: user_search_history_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX user_search_history_by_user ON public.user_search_history USING btree (user_id, id);


--
-- Name: users_by_email; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX users_by_email ON public.users USING btree (lower(email));


--
-- Name: users_by_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX users_by_status ON public.users USING btree (status, id);


--
-- Name: watchlist_items_by_certificate; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX watchlist_items_by_certificate ON public.watchlist_items USING btree (certificate_id);


--
-- Name: watchlist_items_by_list; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX watchlist_items_by_list ON public.watchlist_items USING btree (watchlist_id, id);


--
-- Name: watchlist_items_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX watchlist_items_by_user ON public.watchlist_items USING btree (user_id, id);


--
-- Name: webhooks_by_county; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX webhooks_by_county ON public.webhooks USING btree (county_id, id);


--
-- Name: webhooks_unprocessed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX webhooks_unprocessed ON public.webhooks USING btree (received_at) WHERE (processed_at IS NULL);


--
-- Name: winning_bids_by_auction; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX winning_bids_by_auction ON public.winning_bids USING btree (auction_id, payment_status, id);


--
-- Name: winning_bids_by_batch; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX winning_bids_by_batch ON public.winning_bids USING btree (batch_id, bid_id);


--
-- Name: winning_bids_by_bidder_number; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX winning_bids_by_bidder_number ON public.winning_bids USING btree (bidder_number_id);


--
-- Name: winning_bids_by_certificate; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX winning_bids_by_certificate ON public.winning_bids USING btree (certificate_id);


--
-- Name: winning_bids_by_invoice; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX winning_bids_by_invoice ON public.winning_bids USING btree (invoice_id);


--
-- Name: winning_bids_by_user; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX winning_bids_by_user ON public.winning_bids USING btree (user_id, id);


--
-- Name: withdrawals_by_batch; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX withdrawals_by_batch ON public.withdrawals USING btree (batch_id, id);


--
-- Name: withdrawals_by_person; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX withdrawals_by_person ON public.withdrawals USING btree (withdrawn_by);


--
-- Name: bids_p00_auction_id_batch_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_auction ATTACH PARTITION public.bids_p00_auction_id_batch_id_idx;


--
-- Name: bids_p00_batch_id_seq_key; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_batch_id_seq_key ATTACH PARTITION public.bids_p00_batch_id_seq_key;


--
-- Name: bids_p00_batch_id_user_id_bid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_bid_id ATTACH PARTITION public.bids_p00_batch_id_user_id_bid_id_idx;


--
-- Name: bids_p00_batch_id_user_id_certificate_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_standing ATTACH PARTITION public.bids_p00_batch_id_user_id_certificate_id_idx;


--
-- Name: bids_p00_certificate_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_certificate ATTACH PARTITION public.bids_p00_certificate_id_batch_id_seq_idx;


--
-- Name: bids_p00_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_pkey ATTACH PARTITION public.bids_p00_pkey;


--
-- Name: bids_p00_user_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_user ATTACH PARTITION public.bids_p00_user_id_batch_id_seq_idx;


--
-- Name: bids_p01_auction_id_batch_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_auction ATTACH PARTITION public.bids_p01_auction_id_batch_id_idx;


--
-- Name: bids_p01_batch_id_seq_key; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_batch_id_seq_key ATTACH PARTITION public.bids_p01_batch_id_seq_key;


--
-- Name: bids_p01_batch_id_user_id_bid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_bid_id ATTACH PARTITION public.bids_p01_batch_id_user_id_bid_id_idx;


--
-- Name: bids_p01_batch_id_user_id_certificate_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_standing ATTACH PARTITION public.bids_p01_batch_id_user_id_certificate_id_idx;


--
-- Name: bids_p01_certificate_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_certificate ATTACH PARTITION public.bids_p01_certificate_id_batch_id_seq_idx;


--
-- Name: bids_p01_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_pkey ATTACH PARTITION public.bids_p01_pkey;


--
-- Name: bids_p01_user_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_user ATTACH PARTITION public.bids_p01_user_id_batch_id_seq_idx;


--
-- Name: bids_p02_auction_id_batch_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_auction ATTACH PARTITION public.bids_p02_auction_id_batch_id_idx;


--
-- Name: bids_p02_batch_id_seq_key; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_batch_id_seq_key ATTACH PARTITION public.bids_p02_batch_id_seq_key;


--
-- Name: bids_p02_batch_id_user_id_bid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_bid_id ATTACH PARTITION public.bids_p02_batch_id_user_id_bid_id_idx;


--
-- Name: bids_p02_batch_id_user_id_certificate_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_standing ATTACH PARTITION public.bids_p02_batch_id_user_id_certificate_id_idx;


--
-- Name: bids_p02_certificate_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_certificate ATTACH PARTITION public.bids_p02_certificate_id_batch_id_seq_idx;


--
-- Name: bids_p02_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_pkey ATTACH PARTITION public.bids_p02_pkey;


--
-- Name: bids_p02_user_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_user ATTACH PARTITION public.bids_p02_user_id_batch_id_seq_idx;


--
-- Name: bids_p03_auction_id_batch_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_auction ATTACH PARTITION public.bids_p03_auction_id_batch_id_idx;


--
-- Name: bids_p03_batch_id_seq_key; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_batch_id_seq_key ATTACH PARTITION public.bids_p03_batch_id_seq_key;


--
-- Name: bids_p03_batch_id_user_id_bid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_bid_id ATTACH PARTITION public.bids_p03_batch_id_user_id_bid_id_idx;


--
-- Name: bids_p03_batch_id_user_id_certificate_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_standing ATTACH PARTITION public.bids_p03_batch_id_user_id_certificate_id_idx;


--
-- Name: bids_p03_certificate_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_certificate ATTACH PARTITION public.bids_p03_certificate_id_batch_id_seq_idx;


--
-- Name: bids_p03_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_pkey ATTACH PARTITION public.bids_p03_pkey;


--
-- Name: bids_p03_user_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_user ATTACH PARTITION public.bids_p03_user_id_batch_id_seq_idx;


--
-- Name: bids_p04_auction_id_batch_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_auction ATTACH PARTITION public.bids_p04_auction_id_batch_id_idx;


--
-- Name: bids_p04_batch_id_seq_key; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_batch_id_seq_key ATTACH PARTITION public.bids_p04_batch_id_seq_key;


--
-- Name: bids_p04_batch_id_user_id_bid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_bid_id ATTACH PARTITION public.bids_p04_batch_id_user_id_bid_id_idx;


--
-- Name: bids_p04_batch_id_user_id_certificate_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_standing ATTACH PARTITION public.bids_p04_batch_id_user_id_certificate_id_idx;


--
-- Name: bids_p04_certificate_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_certificate ATTACH PARTITION public.bids_p04_certificate_id_batch_id_seq_idx;


--
-- Name: bids_p04_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_pkey ATTACH PARTITION public.bids_p04_pkey;


--
-- Name: bids_p04_user_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_user ATTACH PARTITION public.bids_p04_user_id_batch_id_seq_idx;


--
-- Name: bids_p05_auction_id_batch_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_auction ATTACH PARTITION public.bids_p05_auction_id_batch_id_idx;


--
-- Name: bids_p05_batch_id_seq_key; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_batch_id_seq_key ATTACH PARTITION public.bids_p05_batch_id_seq_key;


--
-- Name: bids_p05_batch_id_user_id_bid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_bid_id ATTACH PARTITION public.bids_p05_batch_id_user_id_bid_id_idx;


--
-- Name: bids_p05_batch_id_user_id_certificate_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_standing ATTACH PARTITION public.bids_p05_batch_id_user_id_certificate_id_idx;


--
-- Name: bids_p05_certificate_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_certificate ATTACH PARTITION public.bids_p05_certificate_id_batch_id_seq_idx;


--
-- Name: bids_p05_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_pkey ATTACH PARTITION public.bids_p05_pkey;


--
-- Name: bids_p05_user_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_user ATTACH PARTITION public.bids_p05_user_id_batch_id_seq_idx;


--
-- Name: bids_p06_auction_id_batch_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_auction ATTACH PARTITION public.bids_p06_auction_id_batch_id_idx;


--
-- Name: bids_p06_batch_id_seq_key; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_batch_id_seq_key ATTACH PARTITION public.bids_p06_batch_id_seq_key;


--
-- Name: bids_p06_batch_id_user_id_bid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_bid_id ATTACH PARTITION public.bids_p06_batch_id_user_id_bid_id_idx;


--
-- Name: bids_p06_batch_id_user_id_certificate_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_standing ATTACH PARTITION public.bids_p06_batch_id_user_id_certificate_id_idx;


--
-- Name: bids_p06_certificate_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_certificate ATTACH PARTITION public.bids_p06_certificate_id_batch_id_seq_idx;


--
-- Name: bids_p06_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_pkey ATTACH PARTITION public.bids_p06_pkey;


--
-- Name: bids_p06_user_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_user ATTACH PARTITION public.bids_p06_user_id_batch_id_seq_idx;


--
-- Name: bids_p07_auction_id_batch_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_auction ATTACH PARTITION public.bids_p07_auction_id_batch_id_idx;


--
-- Name: bids_p07_batch_id_seq_key; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_batch_id_seq_key ATTACH PARTITION public.bids_p07_batch_id_seq_key;


--
-- Name: bids_p07_batch_id_user_id_bid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_bid_id ATTACH PARTITION public.bids_p07_batch_id_user_id_bid_id_idx;


--
-- Name: bids_p07_batch_id_user_id_certificate_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_standing ATTACH PARTITION public.bids_p07_batch_id_user_id_certificate_id_idx;


--
-- Name: bids_p07_certificate_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_certificate ATTACH PARTITION public.bids_p07_certificate_id_batch_id_seq_idx;


--
-- Name: bids_p07_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_pkey ATTACH PARTITION public.bids_p07_pkey;


--
-- Name: bids_p07_user_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_user ATTACH PARTITION public.bids_p07_user_id_batch_id_seq_idx;


--
-- Name: bids_p08_auction_id_batch_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_auction ATTACH PARTITION public.bids_p08_auction_id_batch_id_idx;


--
-- Name: bids_p08_batch_id_seq_key; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_batch_id_seq_key ATTACH PARTITION public.bids_p08_batch_id_seq_key;


--
-- Name: bids_p08_batch_id_user_id_bid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_bid_id ATTACH PARTITION public.bids_p08_batch_id_user_id_bid_id_idx;


--
-- Name: bids_p08_batch_id_user_id_certificate_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_standing ATTACH PARTITION public.bids_p08_batch_id_user_id_certificate_id_idx;


--
-- Name: bids_p08_certificate_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_certificate ATTACH PARTITION public.bids_p08_certificate_id_batch_id_seq_idx;


--
-- Name: bids_p08_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_pkey ATTACH PARTITION public.bids_p08_pkey;


--
-- Name: bids_p08_user_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_user ATTACH PARTITION public.bids_p08_user_id_batch_id_seq_idx;


--
-- Name: bids_p09_auction_id_batch_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_auction ATTACH PARTITION public.bids_p09_auction_id_batch_id_idx;


--
-- Name: bids_p09_batch_id_seq_key; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_batch_id_seq_key ATTACH PARTITION public.bids_p09_batch_id_seq_key;


--
-- Name: bids_p09_batch_id_user_id_bid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_bid_id ATTACH PARTITION public.bids_p09_batch_id_user_id_bid_id_idx;


--
-- Name: bids_p09_batch_id_user_id_certificate_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_standing ATTACH PARTITION public.bids_p09_batch_id_user_id_certificate_id_idx;


--
-- Name: bids_p09_certificate_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_certificate ATTACH PARTITION public.bids_p09_certificate_id_batch_id_seq_idx;


--
-- Name: bids_p09_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_pkey ATTACH PARTITION public.bids_p09_pkey;


--
-- Name: bids_p09_user_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_user ATTACH PARTITION public.bids_p09_user_id_batch_id_seq_idx;


--
-- Name: bids_p10_auction_id_batch_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_auction ATTACH PARTITION public.bids_p10_auction_id_batch_id_idx;


--
-- Name: bids_p10_batch_id_seq_key; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_batch_id_seq_key ATTACH PARTITION public.bids_p10_batch_id_seq_key;


--
-- Name: bids_p10_batch_id_user_id_bid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_bid_id ATTACH PARTITION public.bids_p10_batch_id_user_id_bid_id_idx;


--
-- Name: bids_p10_batch_id_user_id_certificate_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_standing ATTACH PARTITION public.bids_p10_batch_id_user_id_certificate_id_idx;


--
-- Name: bids_p10_certificate_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_certificate ATTACH PARTITION public.bids_p10_certificate_id_batch_id_seq_idx;


--
-- Name: bids_p10_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_pkey ATTACH PARTITION public.bids_p10_pkey;


--
-- Name: bids_p10_user_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_user ATTACH PARTITION public.bids_p10_user_id_batch_id_seq_idx;


--
-- Name: bids_p11_auction_id_batch_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_auction ATTACH PARTITION public.bids_p11_auction_id_batch_id_idx;


--
-- Name: bids_p11_batch_id_seq_key; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_batch_id_seq_key ATTACH PARTITION public.bids_p11_batch_id_seq_key;


--
-- Name: bids_p11_batch_id_user_id_bid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_bid_id ATTACH PARTITION public.bids_p11_batch_id_user_id_bid_id_idx;


--
-- Name: bids_p11_batch_id_user_id_certificate_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_standing ATTACH PARTITION public.bids_p11_batch_id_user_id_certificate_id_idx;


--
-- Name: bids_p11_certificate_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_certificate ATTACH PARTITION public.bids_p11_certificate_id_batch_id_seq_idx;


--
-- Name: bids_p11_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_pkey ATTACH PARTITION public.bids_p11_pkey;


--
-- Name: bids_p11_user_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_user ATTACH PARTITION public.bids_p11_user_id_batch_id_seq_idx;


--
-- Name: bids_p12_auction_id_batch_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_auction ATTACH PARTITION public.bids_p12_auction_id_batch_id_idx;


--
-- Name: bids_p12_batch_id_seq_key; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_batch_id_seq_key ATTACH PARTITION public.bids_p12_batch_id_seq_key;


--
-- Name: bids_p12_batch_id_user_id_bid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_bid_id ATTACH PARTITION public.bids_p12_batch_id_user_id_bid_id_idx;


--
-- Name: bids_p12_batch_id_user_id_certificate_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_standing ATTACH PARTITION public.bids_p12_batch_id_user_id_certificate_id_idx;


--
-- Name: bids_p12_certificate_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_certificate ATTACH PARTITION public.bids_p12_certificate_id_batch_id_seq_idx;


--
-- Name: bids_p12_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_pkey ATTACH PARTITION public.bids_p12_pkey;


--
-- Name: bids_p12_user_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_user ATTACH PARTITION public.bids_p12_user_id_batch_id_seq_idx;


--
-- Name: bids_p13_auction_id_batch_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_auction ATTACH PARTITION public.bids_p13_auction_id_batch_id_idx;


--
-- Name: bids_p13_batch_id_seq_key; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_batch_id_seq_key ATTACH PARTITION public.bids_p13_batch_id_seq_key;


--
-- Name: bids_p13_batch_id_user_id_bid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_bid_id ATTACH PARTITION public.bids_p13_batch_id_user_id_bid_id_idx;


--
-- Name: bids_p13_batch_id_user_id_certificate_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_standing ATTACH PARTITION public.bids_p13_batch_id_user_id_certificate_id_idx;


--
-- Name: bids_p13_certificate_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_certificate ATTACH PARTITION public.bids_p13_certificate_id_batch_id_seq_idx;


--
-- Name: bids_p13_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_pkey ATTACH PARTITION public.bids_p13_pkey;


--
-- Name: bids_p13_user_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_user ATTACH PARTITION public.bids_p13_user_id_batch_id_seq_idx;


--
-- Name: bids_p14_auction_id_batch_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_auction ATTACH PARTITION public.bids_p14_auction_id_batch_id_idx;


--
-- Name: bids_p14_batch_id_seq_key; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_batch_id_seq_key ATTACH PARTITION public.bids_p14_batch_id_seq_key;


--
-- Name: bids_p14_batch_id_user_id_bid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_bid_id ATTACH PARTITION public.bids_p14_batch_id_user_id_bid_id_idx;


--
-- Name: bids_p14_batch_id_user_id_certificate_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_standing ATTACH PARTITION public.bids_p14_batch_id_user_id_certificate_id_idx;


--
-- Name: bids_p14_certificate_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_certificate ATTACH PARTITION public.bids_p14_certificate_id_batch_id_seq_idx;


--
-- Name: bids_p14_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_pkey ATTACH PARTITION public.bids_p14_pkey;


--
-- Name: bids_p14_user_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_user ATTACH PARTITION public.bids_p14_user_id_batch_id_seq_idx;


--
-- Name: bids_p15_auction_id_batch_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_auction ATTACH PARTITION public.bids_p15_auction_id_batch_id_idx;


--
-- Name: bids_p15_batch_id_seq_key; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_batch_id_seq_key ATTACH PARTITION public.bids_p15_batch_id_seq_key;


--
-- Name: bids_p15_batch_id_user_id_bid_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_bid_id ATTACH PARTITION public.bids_p15_batch_id_user_id_bid_id_idx;


--
-- Name: bids_p15_batch_id_user_id_certificate_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_standing ATTACH PARTITION public.bids_p15_batch_id_user_id_certificate_id_idx;


--
-- Name: bids_p15_certificate_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_certificate ATTACH PARTITION public.bids_p15_certificate_id_batch_id_seq_idx;


--
-- Name: bids_p15_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_pkey ATTACH PARTITION public.bids_p15_pkey;


--
-- Name: bids_p15_user_id_batch_id_seq_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.bids_by_user ATTACH PARTITION public.bids_p15_user_id_batch_id_seq_idx;


--
-- Name: batch_closings guard_batch_closings; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER guard_batch_closings BEFORE UPDATE ON public.batch_closings FOR EACH ROW EXECUTE FUNCTION strikeoff.guard_batch_closings();


--
-- Name: batch_secrets guard_batch_secrets; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER guard_batch_secrets BEFORE UPDATE ON public.batch_secrets FOR EACH ROW EXECUTE FUNCTION strikeoff.guard_batch_secrets();


--
-- Name: batches guard_batches; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER guard_batches BEFORE DELETE OR UPDATE ON public.batches FOR EACH ROW EXECUTE FUNCTION strikeoff.guard_batches();


--
-- Name: budgets guard_budgets; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER guard_budgets BEFORE INSERT OR UPDATE ON public.budgets FOR EACH ROW EXECUTE FUNCTION strikeoff.guard_budgets();


--
-- Name: bidding_group_members guard_group_members; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER guard_group_members BEFORE INSERT OR DELETE OR UPDATE ON public.bidding_group_members FOR EACH ROW EXECUTE FUNCTION strikeoff.guard_group_members();


--
-- Name: batch_certificates guard_lots; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER guard_lots BEFORE INSERT OR DELETE OR UPDATE ON public.batch_certificates FOR EACH ROW EXECUTE FUNCTION strikeoff.guard_lots();


--
-- Name: batch_certificates guard_outcomes; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER guard_outcomes BEFORE INSERT OR DELETE OR UPDATE ON public.batch_certificates FOR EACH ROW EXECUTE FUNCTION strikeoff.guard_outcomes();


--
-- Name: users guard_users; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER guard_users BEFORE INSERT OR UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION strikeoff.guard_users();


--
-- Name: batch_certificates inherit_published; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER inherit_published BEFORE INSERT ON public.batch_certificates FOR EACH ROW EXECUTE FUNCTION strikeoff.inherit_published();


--
-- Name: batches inherit_published; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER inherit_published BEFORE INSERT ON public.batches FOR EACH ROW EXECUTE FUNCTION strikeoff.inherit_published();


--
-- Name: ledger_entries ledger_entries_balance; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER ledger_entries_balance AFTER INSERT ON public.ledger_entries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION strikeoff.check_balance();


--
-- Name: api_keys note_access_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER note_access_change AFTER UPDATE ON public.api_keys DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((((((old.user_id IS DISTINCT FROM new.user_id) OR (old.token_hash IS DISTINCT FROM new.token_hash)) OR (old.scopes IS DISTINCT FROM new.scopes)) OR (old.county_id IS DISTINCT FROM new.county_id)) OR (old.expires_at IS DISTINCT FROM new.expires_at)) OR (old.revoked_at IS DISTINCT FROM new.revoked_at))) EXECUTE FUNCTION strikeoff.note_access_change();


--
-- Name: sessions note_access_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER note_access_change AFTER UPDATE ON public.sessions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((NOT old.awaits_factor) AND (NOT old.enrol_only) AND (old.revoked_at IS NULL) AND ((new.revoked_at IS NOT NULL) OR new.enrol_only OR new.awaits_factor OR (new.expires_at < old.expires_at) OR (new.absolute_expires_at < old.absolute_expires_at)))) EXECUTE FUNCTION strikeoff.note_access_change();


--
-- Name: user_permissions note_access_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER note_access_change AFTER DELETE OR UPDATE ON public.user_permissions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION strikeoff.note_access_change();


--
-- Name: users note_access_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER note_access_change AFTER UPDATE ON public.users DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((((old.role IS DISTINCT FROM new.role) OR (old.status IS DISTINCT FROM new.status)) OR (old.bidding_hold_until IS DISTINCT FROM new.bidding_hold_until))) EXECUTE FUNCTION strikeoff.note_access_change();


--
-- Name: api_keys note_access_deletion; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER note_access_deletion AFTER DELETE ON public.api_keys DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION strikeoff.note_access_change();


--
-- Name: sessions note_access_deletion; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER note_access_deletion AFTER DELETE ON public.sessions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((NOT old.awaits_factor) AND (NOT old.enrol_only) AND (old.revoked_at IS NULL))) EXECUTE FUNCTION strikeoff.note_access_change();


--
-- Name: auctions publish_auction; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER publish_auction AFTER UPDATE OF status ON public.auctions FOR EACH ROW WHEN (((old.status = 'draft'::public.auction_status) AND (new.status <> 'draft'::public.auction_status))) EXECUTE FUNCTION strikeoff.publish_auction();


--
-- Name: batch_certificates publish_lots; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER publish_lots AFTER INSERT ON public.batch_certificates REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION strikeoff.publish_lots();


--
-- Name: audit_logs refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.audit_logs FOR EACH ROW EXECUTE FUNCTION strikeoff.refuse_change();


--
-- Name: auth_audit_logs refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.auth_audit_logs FOR EACH ROW EXECUTE FUNCTION strikeoff.refuse_change();


--
-- Name: batch_chain refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.batch_chain FOR EACH ROW EXECUTE FUNCTION strikeoff.refuse_change();


--
-- Name: ledger_entries refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.ledger_entries FOR EACH ROW EXECUTE FUNCTION strikeoff.refuse_change();


--
-- Name: sale_commitments refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.sale_commitments FOR EACH ROW EXECUTE FUNCTION strikeoff.refuse_change();


--
-- Name: transactions refuse_change; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE ON public.transactions FOR EACH ROW EXECUTE FUNCTION strikeoff.refuse_change();


--
-- Name: audit_logs refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.audit_logs FOR EACH STATEMENT EXECUTE FUNCTION strikeoff.refuse_change();


--
-- Name: auth_audit_logs refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.auth_audit_logs FOR EACH STATEMENT EXECUTE FUNCTION strikeoff.refuse_change();


--
-- Name: batch_chain refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.batch_chain FOR EACH STATEMENT EXECUTE FUNCTION strikeoff.refuse_change();


--
-- Name: ledger_entries refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION strikeoff.refuse_change();


--
-- Name: sale_commitments refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.sale_commitments FOR EACH STATEMENT EXECUTE FUNCTION strikeoff.refuse_change();


--
-- Name: transactions refuse_truncate; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.transactions FOR EACH STATEMENT EXECUTE FUNCTION strikeoff.refuse_change();


--
-- Name: amendments tell; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER tell AFTER UPDATE ON public.amendments DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.published_at IS NULL) AND (new.published_at IS NOT NULL))) EXECUTE FUNCTION strikeoff.tell_results();


--
-- Name: auctions tell; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER tell AFTER UPDATE ON public.auctions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.status <> 'draft'::public.auction_status) AND (((((((((old.status IS DISTINCT FROM new.status) OR (old.name IS DISTINCT FROM new.name)) OR (old.start_date IS DISTINCT FROM new.start_date)) OR (old.end_date IS DISTINCT FROM new.end_date)) OR (old.registration_deadline IS DISTINCT FROM new.registration_deadline)) OR (old.deposit_deadline IS DISTINCT FROM new.deposit_deadline)) OR (old.payment_due_at IS DISTINCT FROM new.payment_due_at)) OR (old.refund_at IS DISTINCT FROM new.refund_at)) OR (old.groups_freeze_at IS DISTINCT FROM new.groups_freeze_at)))) EXECUTE FUNCTION strikeoff.tell_auction();


--
-- Name: batch_certificates tell; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER tell AFTER UPDATE ON public.batch_certificates DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.published AND (new.status = 'withdrawn'::public.batch_certificate_status) AND (old.status <> 'withdrawn'::public.batch_certificate_status))) EXECUTE FUNCTION strikeoff.tell_item();


--
-- Name: batch_chain tell; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER tell AFTER INSERT ON public.batch_chain DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION strikeoff.tell_change();


--
-- Name: batch_closings tell; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER tell AFTER UPDATE ON public.batch_closings DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((((old.head_published_at IS NULL) <> (new.head_published_at IS NULL)) OR ((old.close_published_at IS NULL) <> (new.close_published_at IS NULL)))) EXECUTE FUNCTION strikeoff.tell_closing();


--
-- Name: batches tell; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER tell AFTER UPDATE ON public.batches DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.published AND new.published AND ((((old.status IS DISTINCT FROM new.status) OR (old.name IS DISTINCT FROM new.name)) OR (old.start_time IS DISTINCT FROM new.start_time)) OR (old.end_time IS DISTINCT FROM new.end_time)))) EXECUTE FUNCTION strikeoff.tell_batch();


--
-- Name: transcripts tell; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER tell AFTER UPDATE ON public.transcripts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.published_at IS NULL) AND (new.published_at IS NOT NULL))) EXECUTE FUNCTION strikeoff.tell_results();


--
-- Name: batches tell_new; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER tell_new AFTER INSERT ON public.batches DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (new.published) EXECUTE FUNCTION strikeoff.tell_batch();


--
-- Name: transcripts tell_new; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER tell_new AFTER INSERT ON public.transcripts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.published_at IS NOT NULL)) EXECUTE FUNCTION strikeoff.tell_results();


--
-- Name: amendments touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.amendments FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: api_keys touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.api_keys FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: approvals touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.approvals FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: auction_bidders touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.auction_bidders FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: auction_defaults touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.auction_defaults FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: auctions touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.auctions FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: auto_bid_configurations touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.auto_bid_configurations FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: auto_bid_targets touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.auto_bid_targets FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: bank_accounts touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.bank_accounts FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: batch_certificates touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.batch_certificates FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: batch_closings touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.batch_closings FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: batch_secrets touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.batch_secrets FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: batches touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.batches FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: bid_patterns touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.bid_patterns FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: bidder_exposures touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.bidder_exposures FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: bidder_numbers touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.bidder_numbers FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: bidding_groups touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.bidding_groups FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: budgets touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.budgets FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: certificate_transfers touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.certificate_transfers FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: certificates touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.certificates FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: column_mappings touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.column_mappings FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: compliance_verifications touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.compliance_verifications FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: counties touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.counties FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: county_held_purchases touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.county_held_purchases FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: deposits touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.deposits FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: documents touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.documents FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: factor_recoveries touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.factor_recoveries FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: forfeitures touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.forfeitures FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: global_settings touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.global_settings FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: imports touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.imports FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: invoices touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.invoices FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: jobs touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.jobs FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: mfa_backup_codes touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.mfa_backup_codes FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: notification_preferences touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.notification_preferences FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: notifications touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.notifications FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: open_leads touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.open_leads FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: parcel_ownerships touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.parcel_ownerships FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: payments touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.payments FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: portfolio_tags touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.portfolio_tags FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: portfolios touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.portfolios FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: properties touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.properties FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: redemptions touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.redemptions FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: refresh_tokens touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.refresh_tokens FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: registrations touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.registrations FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: report_configurations touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.report_configurations FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: report_executions touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.report_executions FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: saved_searches touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.saved_searches FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: screening_lists touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.screening_lists FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: sessions touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.sessions FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: tax_forms touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.tax_forms FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: transcripts touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.transcripts FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: user_permissions touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.user_permissions FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: users touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.users FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: watchlist_items touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.watchlist_items FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: watchlists touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.watchlists FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: webhooks touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.webhooks FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: winning_bids touch_updated_at; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER touch_updated_at BEFORE UPDATE ON public.winning_bids FOR EACH ROW EXECUTE FUNCTION strikeoff.touch_updated_at();


--
-- Name: transactions transactions_balance; Type: TRIGGER; Schema: public; Owner: -
--

CREATE CONSTRAINT TRIGGER transactions_balance AFTER INSERT ON public.transactions DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION strikeoff.check_balance();


--
-- Name: access_changes access_changes_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.access_changes
    ADD CONSTRAINT access_changes_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: account_links account_links_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.account_links
    ADD CONSTRAINT account_links_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: agreements agreements_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreements
    ADD CONSTRAINT agreements_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: agreements agreements_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.agreements
    ADD CONSTRAINT agreements_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: amendments amendments_approved_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.amendments
    ADD CONSTRAINT amendments_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES public.users(id);


--
-- Name: amendments amendments_county_id_auction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.amendments
    ADD CONSTRAINT amendments_county_id_auction_id_fkey FOREIGN KEY (county_id, auction_id) REFERENCES public.auctions(county_id, id);


--
-- Name: amendments amendments_county_id_batch_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.amendments
    ADD CONSTRAINT amendments_county_id_batch_id_fkey FOREIGN KEY (county_id, batch_id) REFERENCES public.batches(county_id, id);


--
-- Name: amendments amendments_county_id_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.amendments
    ADD CONSTRAINT amendments_county_id_certificate_id_fkey FOREIGN KEY (county_id, certificate_id) REFERENCES public.certificates(county_id, id);


--
-- Name: amendments amendments_proposed_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.amendments
    ADD CONSTRAINT amendments_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.users(id);


--
-- Name: api_keys api_keys_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: api_keys api_keys_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.api_keys
    ADD CONSTRAINT api_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: approvals approvals_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.approvals
    ADD CONSTRAINT approvals_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: approvals approvals_decided_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.approvals
    ADD CONSTRAINT approvals_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.users(id);


--
-- Name: approvals approvals_proposed_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.approvals
    ADD CONSTRAINT approvals_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.users(id);


--
-- Name: auction_bidders auction_bidders_agreement_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auction_bidders
    ADD CONSTRAINT auction_bidders_agreement_by_fkey FOREIGN KEY (agreement_by) REFERENCES public.users(id);


--
-- Name: auction_bidders auction_bidders_county_id_auction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auction_bidders
    ADD CONSTRAINT auction_bidders_county_id_auction_id_fkey FOREIGN KEY (county_id, auction_id) REFERENCES public.auctions(county_id, id);


--
-- Name: auction_bidders auction_bidders_county_id_bidder_number_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auction_bidders
    ADD CONSTRAINT auction_bidders_county_id_bidder_number_id_fkey FOREIGN KEY (county_id, bidder_number_id) REFERENCES public.bidder_numbers(county_id, id);


--
-- Name: auction_bidders auction_bidders_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auction_bidders
    ADD CONSTRAINT auction_bidders_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: auction_secrets auction_secrets_county_id_auction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auction_secrets
    ADD CONSTRAINT auction_secrets_county_id_auction_id_fkey FOREIGN KEY (county_id, auction_id) REFERENCES public.auctions(county_id, id);


--
-- Name: auctions auctions_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auctions
    ADD CONSTRAINT auctions_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: auctions auctions_published_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auctions
    ADD CONSTRAINT auctions_published_by_fkey FOREIGN KEY (published_by) REFERENCES public.users(id);


--
-- Name: audit_checkpoints audit_checkpoints_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_checkpoints
    ADD CONSTRAINT audit_checkpoints_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: audit_checkpoints audit_checkpoints_log_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_checkpoints
    ADD CONSTRAINT audit_checkpoints_log_id_fkey FOREIGN KEY (log_id) REFERENCES public.audit_heads(log_id);


--
-- Name: audit_heads audit_heads_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_heads
    ADD CONSTRAINT audit_heads_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: audit_logs audit_logs_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_logs
    ADD CONSTRAINT audit_logs_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: audit_logs audit_logs_log_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_logs
    ADD CONSTRAINT audit_logs_log_id_fkey FOREIGN KEY (log_id) REFERENCES public.audit_heads(log_id);


--
-- Name: audit_logs audit_logs_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit_logs
    ADD CONSTRAINT audit_logs_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: auth_audit_logs auth_audit_logs_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auth_audit_logs
    ADD CONSTRAINT auth_audit_logs_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: auto_bid_configurations auto_bid_configurations_auction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auto_bid_configurations
    ADD CONSTRAINT auto_bid_configurations_auction_id_fkey FOREIGN KEY (auction_id) REFERENCES public.auctions(id);


--
-- Name: auto_bid_configurations auto_bid_configurations_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auto_bid_configurations
    ADD CONSTRAINT auto_bid_configurations_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: auto_bid_targets auto_bid_targets_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auto_bid_targets
    ADD CONSTRAINT auto_bid_targets_certificate_id_fkey FOREIGN KEY (certificate_id) REFERENCES public.certificates(id);


--
-- Name: auto_bid_targets auto_bid_targets_user_id_configuration_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.auto_bid_targets
    ADD CONSTRAINT auto_bid_targets_user_id_configuration_id_fkey FOREIGN KEY (user_id, configuration_id) REFERENCES public.auto_bid_configurations(user_id, id) ON DELETE CASCADE;


--
-- Name: bank_accounts bank_accounts_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bank_accounts
    ADD CONSTRAINT bank_accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: batch_certificates batch_certificates_county_id_batch_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_certificates
    ADD CONSTRAINT batch_certificates_county_id_batch_id_fkey FOREIGN KEY (county_id, batch_id) REFERENCES public.batches(county_id, id);


--
-- Name: batch_certificates batch_certificates_county_id_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_certificates
    ADD CONSTRAINT batch_certificates_county_id_certificate_id_fkey FOREIGN KEY (county_id, certificate_id) REFERENCES public.certificates(county_id, id);


--
-- Name: batch_chain batch_chain_county_id_batch_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_chain
    ADD CONSTRAINT batch_chain_county_id_batch_id_fkey FOREIGN KEY (county_id, batch_id) REFERENCES public.batches(county_id, id);


--
-- Name: batch_chain batch_chain_county_id_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_chain
    ADD CONSTRAINT batch_chain_county_id_certificate_id_fkey FOREIGN KEY (county_id, certificate_id) REFERENCES public.certificates(county_id, id);


--
-- Name: batch_closings batch_closings_county_id_auction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_closings
    ADD CONSTRAINT batch_closings_county_id_auction_id_fkey FOREIGN KEY (county_id, auction_id) REFERENCES public.auctions(county_id, id);


--
-- Name: batch_closings batch_closings_county_id_batch_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_closings
    ADD CONSTRAINT batch_closings_county_id_batch_id_fkey FOREIGN KEY (county_id, batch_id) REFERENCES public.batches(county_id, id);


--
-- Name: batch_journals batch_journals_county_id_auction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_journals
    ADD CONSTRAINT batch_journals_county_id_auction_id_fkey FOREIGN KEY (county_id, auction_id) REFERENCES public.auctions(county_id, id);


--
-- Name: batch_journals batch_journals_county_id_batch_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_journals
    ADD CONSTRAINT batch_journals_county_id_batch_id_fkey FOREIGN KEY (county_id, batch_id) REFERENCES public.batches(county_id, id);


--
-- Name: batch_secrets batch_secrets_county_id_batch_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batch_secrets
    ADD CONSTRAINT batch_secrets_county_id_batch_id_fkey FOREIGN KEY (county_id, batch_id) REFERENCES public.batches(county_id, id);


--
-- Name: batches batches_county_id_auction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.batches
    ADD CONSTRAINT batches_county_id_auction_id_fkey FOREIGN KEY (county_id, auction_id) REFERENCES public.auctions(county_id, id);


--
-- Name: bid_patterns bid_patterns_county_id_auction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bid_patterns
    ADD CONSTRAINT bid_patterns_county_id_auction_id_fkey FOREIGN KEY (county_id, auction_id) REFERENCES public.auctions(county_id, id);


--
-- Name: bid_patterns bid_patterns_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bid_patterns
    ADD CONSTRAINT bid_patterns_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: bid_patterns bid_patterns_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bid_patterns
    ADD CONSTRAINT bid_patterns_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: bidder_exposures bidder_exposures_county_id_batch_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidder_exposures
    ADD CONSTRAINT bidder_exposures_county_id_batch_id_fkey FOREIGN KEY (county_id, batch_id) REFERENCES public.batches(county_id, id);


--
-- Name: bidder_numbers bidder_numbers_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidder_numbers
    ADD CONSTRAINT bidder_numbers_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: bidder_numbers bidder_numbers_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidder_numbers
    ADD CONSTRAINT bidder_numbers_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: bidding_group_members bidding_group_members_county_id_bidder_number_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidding_group_members
    ADD CONSTRAINT bidding_group_members_county_id_bidder_number_id_fkey FOREIGN KEY (county_id, bidder_number_id) REFERENCES public.bidder_numbers(county_id, id);


--
-- Name: bidding_group_members bidding_group_members_county_id_group_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidding_group_members
    ADD CONSTRAINT bidding_group_members_county_id_group_id_fkey FOREIGN KEY (county_id, group_id) REFERENCES public.bidding_groups(county_id, id);


--
-- Name: bidding_groups bidding_groups_county_id_auction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidding_groups
    ADD CONSTRAINT bidding_groups_county_id_auction_id_fkey FOREIGN KEY (county_id, auction_id) REFERENCES public.auctions(county_id, id);


--
-- Name: bidding_groups bidding_groups_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.bidding_groups
    ADD CONSTRAINT bidding_groups_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: bids bids_county_id_auction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE public.bids
    ADD CONSTRAINT bids_county_id_auction_id_fkey FOREIGN KEY (county_id, auction_id) REFERENCES public.auctions(county_id, id);


--
-- Name: bids bids_county_id_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE public.bids
    ADD CONSTRAINT bids_county_id_certificate_id_fkey FOREIGN KEY (county_id, certificate_id) REFERENCES public.certificates(county_id, id);


--
-- Name: bids bids_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE public.bids
    ADD CONSTRAINT bids_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: book_changes book_changes_county_id_batch_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.book_changes
    ADD CONSTRAINT book_changes_county_id_batch_id_fkey FOREIGN KEY (county_id, batch_id) REFERENCES public.batches(county_id, id);


--
-- Name: budgets budgets_county_id_auction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.budgets
    ADD CONSTRAINT budgets_county_id_auction_id_fkey FOREIGN KEY (county_id, auction_id) REFERENCES public.auctions(county_id, id);


--
-- Name: budgets budgets_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.budgets
    ADD CONSTRAINT budgets_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: certificate_history certificate_history_county_id_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate_history
    ADD CONSTRAINT certificate_history_county_id_certificate_id_fkey FOREIGN KEY (county_id, certificate_id) REFERENCES public.certificates(county_id, id);


--
-- Name: certificate_history certificate_history_performed_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate_history
    ADD CONSTRAINT certificate_history_performed_by_fkey FOREIGN KEY (performed_by) REFERENCES public.users(id);


--
-- Name: certificate_tags certificate_tags_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate_tags
    ADD CONSTRAINT certificate_tags_certificate_id_fkey FOREIGN KEY (certificate_id) REFERENCES public.certificates(id);


--
-- Name: certificate_tags certificate_tags_user_id_tag_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate_tags
    ADD CONSTRAINT certificate_tags_user_id_tag_id_fkey FOREIGN KEY (user_id, tag_id) REFERENCES public.portfolio_tags(user_id, id) ON DELETE CASCADE;


--
-- Name: certificate_transfers certificate_transfers_county_id_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate_transfers
    ADD CONSTRAINT certificate_transfers_county_id_certificate_id_fkey FOREIGN KEY (county_id, certificate_id) REFERENCES public.certificates(county_id, id);


--
-- Name: certificate_transfers certificate_transfers_county_id_from_bidder_number_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate_transfers
    ADD CONSTRAINT certificate_transfers_county_id_from_bidder_number_id_fkey FOREIGN KEY (county_id, from_bidder_number_id) REFERENCES public.bidder_numbers(county_id, id);


--
-- Name: certificate_transfers certificate_transfers_county_id_to_bidder_number_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate_transfers
    ADD CONSTRAINT certificate_transfers_county_id_to_bidder_number_id_fkey FOREIGN KEY (county_id, to_bidder_number_id) REFERENCES public.bidder_numbers(county_id, id);


--
-- Name: certificate_transfers certificate_transfers_requested_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificate_transfers
    ADD CONSTRAINT certificate_transfers_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.users(id);


--
-- Name: certificates certificates_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT certificates_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: certificates certificates_county_id_holder_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT certificates_county_id_holder_id_fkey FOREIGN KEY (county_id, holder_id) REFERENCES public.bidder_numbers(county_id, id);


--
-- Name: certificates certificates_county_id_import_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT certificates_county_id_import_id_fkey FOREIGN KEY (county_id, import_id) REFERENCES public.imports(county_id, id);


--
-- Name: certificates certificates_county_id_property_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.certificates
    ADD CONSTRAINT certificates_county_id_property_id_fkey FOREIGN KEY (county_id, property_id) REFERENCES public.properties(county_id, id);


--
-- Name: column_mappings column_mappings_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.column_mappings
    ADD CONSTRAINT column_mappings_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: column_mappings column_mappings_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.column_mappings
    ADD CONSTRAINT column_mappings_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.users(id);


--
-- Name: compliance_verifications compliance_verifications_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.compliance_verifications
    ADD CONSTRAINT compliance_verifications_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: compliance_verifications compliance_verifications_verified_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.compliance_verifications
    ADD CONSTRAINT compliance_verifications_verified_by_fkey FOREIGN KEY (verified_by) REFERENCES public.users(id);


--
-- Name: county_held_purchases county_held_purchases_county_id_bidder_number_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.county_held_purchases
    ADD CONSTRAINT county_held_purchases_county_id_bidder_number_id_fkey FOREIGN KEY (county_id, bidder_number_id) REFERENCES public.bidder_numbers(county_id, id);


--
-- Name: county_held_purchases county_held_purchases_county_id_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.county_held_purchases
    ADD CONSTRAINT county_held_purchases_county_id_certificate_id_fkey FOREIGN KEY (county_id, certificate_id) REFERENCES public.certificates(county_id, id);


--
-- Name: county_held_purchases county_held_purchases_county_id_payment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.county_held_purchases
    ADD CONSTRAINT county_held_purchases_county_id_payment_id_fkey FOREIGN KEY (county_id, payment_id) REFERENCES public.payments(county_id, id);


--
-- Name: county_held_purchases county_held_purchases_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.county_held_purchases
    ADD CONSTRAINT county_held_purchases_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: deposits deposits_county_id_auction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.deposits
    ADD CONSTRAINT deposits_county_id_auction_id_fkey FOREIGN KEY (county_id, auction_id) REFERENCES public.auctions(county_id, id);


--
-- Name: deposits deposits_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.deposits
    ADD CONSTRAINT deposits_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: deposits deposits_county_id_payment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.deposits
    ADD CONSTRAINT deposits_county_id_payment_id_fkey FOREIGN KEY (county_id, payment_id) REFERENCES public.payments(county_id, id);


--
-- Name: deposits deposits_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.deposits
    ADD CONSTRAINT deposits_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: documents documents_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: documents documents_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.documents
    ADD CONSTRAINT documents_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.users(id);


--
-- Name: factor_recoveries factor_recoveries_asked_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.factor_recoveries
    ADD CONSTRAINT factor_recoveries_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES public.users(id);


--
-- Name: factor_recoveries factor_recoveries_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.factor_recoveries
    ADD CONSTRAINT factor_recoveries_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: factor_recoveries factor_recoveries_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.factor_recoveries
    ADD CONSTRAINT factor_recoveries_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: forfeitures forfeitures_county_id_deposit_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.forfeitures
    ADD CONSTRAINT forfeitures_county_id_deposit_id_fkey FOREIGN KEY (county_id, deposit_id) REFERENCES public.deposits(county_id, id);


--
-- Name: forfeitures forfeitures_county_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.forfeitures
    ADD CONSTRAINT forfeitures_county_id_invoice_id_fkey FOREIGN KEY (county_id, invoice_id) REFERENCES public.invoices(county_id, id);


--
-- Name: forfeitures forfeitures_county_id_winning_bid_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.forfeitures
    ADD CONSTRAINT forfeitures_county_id_winning_bid_id_fkey FOREIGN KEY (county_id, winning_bid_id) REFERENCES public.winning_bids(county_id, id);


--
-- Name: forfeitures forfeitures_decided_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.forfeitures
    ADD CONSTRAINT forfeitures_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.users(id);


--
-- Name: forfeitures forfeitures_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.forfeitures
    ADD CONSTRAINT forfeitures_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: idempotency_keys idempotency_keys_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.idempotency_keys
    ADD CONSTRAINT idempotency_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: import_rows import_rows_county_id_import_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.import_rows
    ADD CONSTRAINT import_rows_county_id_import_id_fkey FOREIGN KEY (county_id, import_id) REFERENCES public.imports(county_id, id) ON DELETE CASCADE;


--
-- Name: imports imports_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: imports imports_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.users(id);


--
-- Name: imports imports_published_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_published_by_fkey FOREIGN KEY (published_by) REFERENCES public.users(id);


--
-- Name: invoices invoices_county_id_auction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_county_id_auction_id_fkey FOREIGN KEY (county_id, auction_id) REFERENCES public.auctions(county_id, id);


--
-- Name: invoices invoices_county_id_bidder_number_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_county_id_bidder_number_id_fkey FOREIGN KEY (county_id, bidder_number_id) REFERENCES public.bidder_numbers(county_id, id);


--
-- Name: invoices invoices_county_id_payment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_county_id_payment_id_fkey FOREIGN KEY (county_id, payment_id) REFERENCES public.payments(county_id, id);


--
-- Name: invoices invoices_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.invoices
    ADD CONSTRAINT invoices_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: jobs jobs_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: jobs jobs_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: known_devices known_devices_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.known_devices
    ADD CONSTRAINT known_devices_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: ledger_accounts ledger_accounts_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ledger_accounts
    ADD CONSTRAINT ledger_accounts_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: ledger_accounts ledger_accounts_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ledger_accounts
    ADD CONSTRAINT ledger_accounts_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: ledger_entries ledger_entries_county_id_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ledger_entries
    ADD CONSTRAINT ledger_entries_county_id_account_id_fkey FOREIGN KEY (county_id, account_id) REFERENCES public.ledger_accounts(county_id, id);


--
-- Name: ledger_entries ledger_entries_county_id_transaction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.ledger_entries
    ADD CONSTRAINT ledger_entries_county_id_transaction_id_fkey FOREIGN KEY (county_id, transaction_id) REFERENCES public.transactions(county_id, id);


--
-- Name: live_events live_events_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.live_events
    ADD CONSTRAINT live_events_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: live_events live_events_topic_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.live_events
    ADD CONSTRAINT live_events_topic_fkey FOREIGN KEY (topic) REFERENCES public.live_topics(topic);


--
-- Name: live_topics live_topics_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.live_topics
    ADD CONSTRAINT live_topics_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: mails mails_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: market_analytics market_analytics_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.market_analytics
    ADD CONSTRAINT market_analytics_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: mfa_backup_codes mfa_backup_codes_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mfa_backup_codes
    ADD CONSTRAINT mfa_backup_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: notification_preferences notification_preferences_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notification_preferences
    ADD CONSTRAINT notification_preferences_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: notifications notifications_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notifications
    ADD CONSTRAINT notifications_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: open_leads open_leads_county_id_batch_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.open_leads
    ADD CONSTRAINT open_leads_county_id_batch_id_fkey FOREIGN KEY (county_id, batch_id) REFERENCES public.batches(county_id, id);


--
-- Name: outbox_events outbox_events_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox_events
    ADD CONSTRAINT outbox_events_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: parcel_ownerships parcel_ownerships_county_id_bidder_number_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.parcel_ownerships
    ADD CONSTRAINT parcel_ownerships_county_id_bidder_number_id_fkey FOREIGN KEY (county_id, bidder_number_id) REFERENCES public.bidder_numbers(county_id, id);


--
-- Name: parcel_ownerships parcel_ownerships_county_id_property_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.parcel_ownerships
    ADD CONSTRAINT parcel_ownerships_county_id_property_id_fkey FOREIGN KEY (county_id, property_id) REFERENCES public.properties(county_id, id);


--
-- Name: parcel_ownerships parcel_ownerships_recorded_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.parcel_ownerships
    ADD CONSTRAINT parcel_ownerships_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES public.users(id);


--
-- Name: payments payments_bank_account_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_bank_account_id_fkey FOREIGN KEY (bank_account_id) REFERENCES public.bank_accounts(id);


--
-- Name: payments payments_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: payments payments_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.payments
    ADD CONSTRAINT payments_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: portfolio_certificates portfolio_certificates_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.portfolio_certificates
    ADD CONSTRAINT portfolio_certificates_certificate_id_fkey FOREIGN KEY (certificate_id) REFERENCES public.certificates(id);


--
-- Name: portfolio_certificates portfolio_certificates_user_id_portfolio_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.portfolio_certificates
    ADD CONSTRAINT portfolio_certificates_user_id_portfolio_id_fkey FOREIGN KEY (user_id, portfolio_id) REFERENCES public.portfolios(user_id, id) ON DELETE CASCADE;


--
-- Name: portfolio_tags portfolio_tags_user_id_portfolio_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.portfolio_tags
    ADD CONSTRAINT portfolio_tags_user_id_portfolio_id_fkey FOREIGN KEY (user_id, portfolio_id) REFERENCES public.portfolios(user_id, id) ON DELETE CASCADE;


--
-- Name: portfolios portfolios_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.portfolios
    ADD CONSTRAINT portfolios_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: properties properties_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.properties
    ADD CONSTRAINT properties_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: properties properties_county_id_import_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.properties
    ADD CONSTRAINT properties_county_id_import_id_fkey FOREIGN KEY (county_id, import_id) REFERENCES public.imports(county_id, id);


--
-- Name: property_value_history property_value_history_county_id_property_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.property_value_history
    ADD CONSTRAINT property_value_history_county_id_property_id_fkey FOREIGN KEY (county_id, property_id) REFERENCES public.properties(county_id, id);


--
-- Name: redemptions redemptions_county_id_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.redemptions
    ADD CONSTRAINT redemptions_county_id_certificate_id_fkey FOREIGN KEY (county_id, certificate_id) REFERENCES public.certificates(county_id, id);


--
-- Name: redemptions redemptions_county_id_payment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.redemptions
    ADD CONSTRAINT redemptions_county_id_payment_id_fkey FOREIGN KEY (county_id, payment_id) REFERENCES public.payments(county_id, id);


--
-- Name: redemptions redemptions_county_id_payout_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.redemptions
    ADD CONSTRAINT redemptions_county_id_payout_id_fkey FOREIGN KEY (county_id, payout_id) REFERENCES public.payments(county_id, id);


--
-- Name: redemptions redemptions_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.redemptions
    ADD CONSTRAINT redemptions_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.users(id);


--
-- Name: refresh_tokens refresh_tokens_parent_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT refresh_tokens_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.refresh_tokens(id);


--
-- Name: refresh_tokens refresh_tokens_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.refresh_tokens
    ADD CONSTRAINT refresh_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: registrations registrations_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registrations
    ADD CONSTRAINT registrations_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: registrations registrations_reviewed_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registrations
    ADD CONSTRAINT registrations_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES public.users(id);


--
-- Name: registrations registrations_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registrations
    ADD CONSTRAINT registrations_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: report_configurations report_configurations_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report_configurations
    ADD CONSTRAINT report_configurations_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: report_configurations report_configurations_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report_configurations
    ADD CONSTRAINT report_configurations_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: report_executions report_executions_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report_executions
    ADD CONSTRAINT report_executions_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: report_executions report_executions_document_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report_executions
    ADD CONSTRAINT report_executions_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.documents(id);


--
-- Name: report_executions report_executions_user_id_configuration_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.report_executions
    ADD CONSTRAINT report_executions_user_id_configuration_id_fkey FOREIGN KEY (user_id, configuration_id) REFERENCES public.report_configurations(user_id, id) ON DELETE CASCADE;


--
-- Name: sale_commitments sale_commitments_county_id_auction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sale_commitments
    ADD CONSTRAINT sale_commitments_county_id_auction_id_fkey FOREIGN KEY (county_id, auction_id) REFERENCES public.auctions(county_id, id);


--
-- Name: sale_commitments sale_commitments_county_id_batch_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sale_commitments
    ADD CONSTRAINT sale_commitments_county_id_batch_id_fkey FOREIGN KEY (county_id, batch_id) REFERENCES public.batches(county_id, id);


--
-- Name: sale_commitments sale_commitments_created_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sale_commitments
    ADD CONSTRAINT sale_commitments_created_by_fkey FOREIGN KEY (created_by) REFERENCES public.users(id);


--
-- Name: saved_searches saved_searches_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.saved_searches
    ADD CONSTRAINT saved_searches_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: screening_lists screening_lists_loaded_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.screening_lists
    ADD CONSTRAINT screening_lists_loaded_by_fkey FOREIGN KEY (loaded_by) REFERENCES public.users(id);


--
-- Name: sessions sessions_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: staged_imports staged_imports_approval_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.staged_imports
    ADD CONSTRAINT staged_imports_approval_id_fkey FOREIGN KEY (approval_id) REFERENCES public.approvals(id);


--
-- Name: staged_imports staged_imports_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.staged_imports
    ADD CONSTRAINT staged_imports_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: tax_forms tax_forms_county_id_bidder_number_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tax_forms
    ADD CONSTRAINT tax_forms_county_id_bidder_number_id_fkey FOREIGN KEY (county_id, bidder_number_id) REFERENCES public.bidder_numbers(county_id, id);


--
-- Name: tax_forms tax_forms_document_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tax_forms
    ADD CONSTRAINT tax_forms_document_id_fkey FOREIGN KEY (document_id) REFERENCES public.documents(id);


--
-- Name: tax_forms tax_forms_reviewed_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tax_forms
    ADD CONSTRAINT tax_forms_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES public.users(id);


--
-- Name: tax_forms tax_forms_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tax_forms
    ADD CONSTRAINT tax_forms_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: transactions transactions_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transactions
    ADD CONSTRAINT transactions_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: transactions transactions_county_id_reverses_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transactions
    ADD CONSTRAINT transactions_county_id_reverses_id_fkey FOREIGN KEY (county_id, reverses_id) REFERENCES public.transactions(county_id, id);


--
-- Name: transactions transactions_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transactions
    ADD CONSTRAINT transactions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: transcripts transcripts_county_id_auction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transcripts
    ADD CONSTRAINT transcripts_county_id_auction_id_fkey FOREIGN KEY (county_id, auction_id) REFERENCES public.auctions(county_id, id);


--
-- Name: transcripts transcripts_county_id_batch_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.transcripts
    ADD CONSTRAINT transcripts_county_id_batch_id_fkey FOREIGN KEY (county_id, batch_id) REFERENCES public.batches(county_id, id);


--
-- Name: user_permissions user_permissions_granted_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_permissions
    ADD CONSTRAINT user_permissions_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES public.users(id);


--
-- Name: user_permissions user_permissions_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_permissions
    ADD CONSTRAINT user_permissions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: user_search_history user_search_history_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.user_search_history
    ADD CONSTRAINT user_search_history_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: watchlist_items watchlist_items_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.watchlist_items
    ADD CONSTRAINT watchlist_items_certificate_id_fkey FOREIGN KEY (certificate_id) REFERENCES public.certificates(id);


--
-- Name: watchlist_items watchlist_items_user_id_watchlist_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.watchlist_items
    ADD CONSTRAINT watchlist_items_user_id_watchlist_id_fkey FOREIGN KEY (user_id, watchlist_id) REFERENCES public.watchlists(user_id, id) ON DELETE CASCADE;


--
-- Name: watchlists watchlists_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.watchlists
    ADD CONSTRAINT watchlists_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: webhooks webhooks_county_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.webhooks
    ADD CONSTRAINT webhooks_county_id_fkey FOREIGN KEY (county_id) REFERENCES public.counties(id);


--
-- Name: winning_bids winning_bids_batch_id_bid_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.winning_bids
    ADD CONSTRAINT winning_bids_batch_id_bid_id_fkey FOREIGN KEY (batch_id, bid_id) REFERENCES public.bids(batch_id, id);


--
-- Name: winning_bids winning_bids_county_id_auction_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.winning_bids
    ADD CONSTRAINT winning_bids_county_id_auction_id_fkey FOREIGN KEY (county_id, auction_id) REFERENCES public.auctions(county_id, id);


--
-- Name: winning_bids winning_bids_county_id_batch_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.winning_bids
    ADD CONSTRAINT winning_bids_county_id_batch_certificate_id_fkey FOREIGN KEY (county_id, batch_certificate_id) REFERENCES public.batch_certificates(county_id, id);


--
-- Name: winning_bids winning_bids_county_id_batch_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.winning_bids
    ADD CONSTRAINT winning_bids_county_id_batch_id_fkey FOREIGN KEY (county_id, batch_id) REFERENCES public.batches(county_id, id);


--
-- Name: winning_bids winning_bids_county_id_bidder_number_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.winning_bids
    ADD CONSTRAINT winning_bids_county_id_bidder_number_id_fkey FOREIGN KEY (county_id, bidder_number_id) REFERENCES public.bidder_numbers(county_id, id);


--
-- Name: winning_bids winning_bids_county_id_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.winning_bids
    ADD CONSTRAINT winning_bids_county_id_certificate_id_fkey FOREIGN KEY (county_id, certificate_id) REFERENCES public.certificates(county_id, id);


--
-- Name: winning_bids winning_bids_county_id_invoice_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.winning_bids
    ADD CONSTRAINT winning_bids_county_id_invoice_id_fkey FOREIGN KEY (county_id, invoice_id) REFERENCES public.invoices(county_id, id);


--
-- Name: winning_bids winning_bids_user_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.winning_bids
    ADD CONSTRAINT winning_bids_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);


--
-- Name: withdrawals withdrawals_county_id_batch_certificate_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.withdrawals
    ADD CONSTRAINT withdrawals_county_id_batch_certificate_id_fkey FOREIGN KEY (county_id, batch_certificate_id) REFERENCES public.batch_certificates(county_id, id);


--
-- Name: withdrawals withdrawals_county_id_batch_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.withdrawals
    ADD CONSTRAINT withdrawals_county_id_batch_id_fkey FOREIGN KEY (county_id, batch_id) REFERENCES public.batches(county_id, id);


--
-- Name: withdrawals withdrawals_withdrawn_by_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.withdrawals
    ADD CONSTRAINT withdrawals_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES public.users(id);


--
-- Name: access_changes; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.access_changes ENABLE ROW LEVEL SECURITY;

--
-- Name: access_epoch; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.access_epoch ENABLE ROW LEVEL SECURITY;

--
-- Name: account_links; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.account_links ENABLE ROW LEVEL SECURITY;

--
-- Name: agreements acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.agreements AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: amendments acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.amendments AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: api_keys acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.api_keys AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: approvals acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.approvals AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: auction_bidders acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.auction_bidders AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: auction_secrets acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.auction_secrets AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: auctions acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.auctions AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: audit_checkpoints acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.audit_checkpoints AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: audit_heads acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.audit_heads AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: audit_logs acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.audit_logs AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: batch_certificates acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.batch_certificates AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: batch_chain acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.batch_chain AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: batch_closings acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.batch_closings AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: batch_journals acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.batch_journals AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: batch_secrets acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.batch_secrets AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: batches acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.batches AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: bid_blocks acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.bid_blocks AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: bid_patterns acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.bid_patterns AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: bidder_exposures acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.bidder_exposures AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: bidder_numbers acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.bidder_numbers AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: bidding_group_members acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.bidding_group_members AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: bidding_groups acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.bidding_groups AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: bids acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.bids AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: book_changes acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.book_changes AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: budgets acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.budgets AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: certificate_history acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.certificate_history AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: certificate_transfers acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.certificate_transfers AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: certificates acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.certificates AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: column_mappings acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.column_mappings AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: county_held_purchases acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.county_held_purchases AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: deposits acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.deposits AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: documents acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.documents AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: factor_recoveries acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.factor_recoveries AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: forfeitures acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.forfeitures AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: import_rows acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.import_rows AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: imports acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.imports AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: invoices acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.invoices AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: jobs acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.jobs AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: ledger_accounts acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.ledger_accounts AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: ledger_entries acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.ledger_entries AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: live_events acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.live_events AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: live_topics acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.live_topics AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: market_analytics acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.market_analytics AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: open_leads acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.open_leads AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: outbox_events acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.outbox_events AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: parcel_ownerships acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.parcel_ownerships AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: payments acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.payments AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: properties acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.properties AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: property_value_history acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.property_value_history AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: redemptions acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.redemptions AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: registrations acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.registrations AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: report_configurations acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.report_configurations AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: report_executions acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.report_executions AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: sale_commitments acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.sale_commitments AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: staged_imports acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.staged_imports AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: tax_forms acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.tax_forms AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: transactions acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.transactions AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: transcripts acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.transcripts AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: webhooks acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.webhooks AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: winning_bids acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.winning_bids AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: withdrawals acting_in; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY acting_in ON public.withdrawals AS RESTRICTIVE TO strikeoff_worker USING (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[])))) WITH CHECK (((( SELECT strikeoff.acting_in() AS acting_in) IS NULL) OR (county_id IS NULL) OR (county_id = ANY (( SELECT strikeoff.acting_in() AS acting_in)::uuid[]))));


--
-- Name: approvals administrators; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY administrators ON public.approvals FOR SELECT TO strikeoff_app USING (( SELECT strikeoff.is_admin() AS is_admin));


--
-- Name: auction_defaults administrators; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY administrators ON public.auction_defaults FOR UPDATE TO strikeoff_app USING (( SELECT strikeoff.is_admin() AS is_admin)) WITH CHECK (( SELECT strikeoff.is_admin() AS is_admin));


--
-- Name: audit_logs administrators; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY administrators ON public.audit_logs FOR SELECT TO strikeoff_app USING (( SELECT strikeoff.is_admin() AS is_admin));


--
-- Name: auth_audit_logs administrators; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY administrators ON public.auth_audit_logs FOR SELECT TO strikeoff_app USING (( SELECT strikeoff.is_admin() AS is_admin));


--
-- Name: compliance_verifications administrators; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY administrators ON public.compliance_verifications TO strikeoff_app USING (( SELECT strikeoff.is_admin() AS is_admin)) WITH CHECK (( SELECT strikeoff.is_admin() AS is_admin));


--
-- Name: counties administrators; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY administrators ON public.counties TO strikeoff_app USING (( SELECT strikeoff.is_admin() AS is_admin)) WITH CHECK (( SELECT strikeoff.is_admin() AS is_admin));


--
-- Name: global_settings administrators; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY administrators ON public.global_settings TO strikeoff_app USING (( SELECT strikeoff.is_admin() AS is_admin)) WITH CHECK (( SELECT strikeoff.is_admin() AS is_admin));


--
-- Name: jobs administrators; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY administrators ON public.jobs TO strikeoff_app USING (( SELECT strikeoff.is_admin() AS is_admin)) WITH CHECK (( SELECT strikeoff.is_admin() AS is_admin));


--
-- Name: registrations administrators; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY administrators ON public.registrations TO strikeoff_app USING (( SELECT strikeoff.is_admin() AS is_admin)) WITH CHECK (( SELECT strikeoff.is_admin() AS is_admin));


--
-- Name: screening_lists administrators; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY administrators ON public.screening_lists TO strikeoff_app USING (( SELECT strikeoff.is_admin() AS is_admin)) WITH CHECK (( SELECT strikeoff.is_admin() AS is_admin));


--
-- Name: user_permissions administrators; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY administrators ON public.user_permissions TO strikeoff_app USING (( SELECT strikeoff.is_admin() AS is_admin)) WITH CHECK (( SELECT strikeoff.is_admin() AS is_admin));


--
-- Name: users administrators; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY administrators ON public.users TO strikeoff_app USING (( SELECT strikeoff.is_admin() AS is_admin)) WITH CHECK (( SELECT strikeoff.is_admin() AS is_admin));


--
-- Name: agreements; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.agreements ENABLE ROW LEVEL SECURITY;

--
-- Name: amendments; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.amendments ENABLE ROW LEVEL SECURITY;

--
-- Name: api_keys; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.api_keys ENABLE ROW LEVEL SECURITY;

--
-- Name: approvals; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.approvals ENABLE ROW LEVEL SECURITY;

--
-- Name: auction_bidders; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.auction_bidders ENABLE ROW LEVEL SECURITY;

--
-- Name: auction_defaults; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.auction_defaults ENABLE ROW LEVEL SECURITY;

--
-- Name: auction_secrets; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.auction_secrets ENABLE ROW LEVEL SECURITY;

--
-- Name: auctions; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.auctions ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_checkpoints; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.audit_checkpoints ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_heads; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.audit_heads ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_logs; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.audit_logs ENABLE ROW LEVEL SECURITY;

--
-- Name: auth_audit_logs; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.auth_audit_logs ENABLE ROW LEVEL SECURITY;

--
-- Name: auto_bid_configurations; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.auto_bid_configurations ENABLE ROW LEVEL SECURITY;

--
-- Name: auto_bid_targets; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.auto_bid_targets ENABLE ROW LEVEL SECURITY;

--
-- Name: bank_accounts; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bank_accounts ENABLE ROW LEVEL SECURITY;

--
-- Name: batch_certificates; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.batch_certificates ENABLE ROW LEVEL SECURITY;

--
-- Name: batch_chain; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.batch_chain ENABLE ROW LEVEL SECURITY;

--
-- Name: batch_closings; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.batch_closings ENABLE ROW LEVEL SECURITY;

--
-- Name: batch_journals; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.batch_journals ENABLE ROW LEVEL SECURITY;

--
-- Name: batch_secrets; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.batch_secrets ENABLE ROW LEVEL SECURITY;

--
-- Name: batches; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.batches ENABLE ROW LEVEL SECURITY;

--
-- Name: bid_blocks; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bid_blocks ENABLE ROW LEVEL SECURITY;

--
-- Name: bid_patterns; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bid_patterns ENABLE ROW LEVEL SECURITY;

--
-- Name: bid_sources; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bid_sources ENABLE ROW LEVEL SECURITY;

--
-- Name: bidder_exposures; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bidder_exposures ENABLE ROW LEVEL SECURITY;

--
-- Name: bidder_numbers; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bidder_numbers ENABLE ROW LEVEL SECURITY;

--
-- Name: bidding_group_members; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bidding_group_members ENABLE ROW LEVEL SECURITY;

--
-- Name: bidding_groups; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bidding_groups ENABLE ROW LEVEL SECURITY;

--
-- Name: bids; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids ENABLE ROW LEVEL SECURITY;

--
-- Name: bids_p00; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids_p00 ENABLE ROW LEVEL SECURITY;

--
-- Name: bids_p01; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids_p01 ENABLE ROW LEVEL SECURITY;

--
-- Name: bids_p02; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids_p02 ENABLE ROW LEVEL SECURITY;

--
-- Name: bids_p03; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids_p03 ENABLE ROW LEVEL SECURITY;

--
-- Name: bids_p04; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids_p04 ENABLE ROW LEVEL SECURITY;

--
-- Name: bids_p05; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids_p05 ENABLE ROW LEVEL SECURITY;

--
-- Name: bids_p06; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids_p06 ENABLE ROW LEVEL SECURITY;

--
-- Name: bids_p07; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids_p07 ENABLE ROW LEVEL SECURITY;

--
-- Name: bids_p08; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids_p08 ENABLE ROW LEVEL SECURITY;

--
-- Name: bids_p09; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids_p09 ENABLE ROW LEVEL SECURITY;

--
-- Name: bids_p10; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids_p10 ENABLE ROW LEVEL SECURITY;

--
-- Name: bids_p11; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids_p11 ENABLE ROW LEVEL SECURITY;

--
-- Name: bids_p12; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids_p12 ENABLE ROW LEVEL SECURITY;

--
-- Name: bids_p13; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids_p13 ENABLE ROW LEVEL SECURITY;

--
-- Name: bids_p14; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids_p14 ENABLE ROW LEVEL SECURITY;

--
-- Name: bids_p15; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.bids_p15 ENABLE ROW LEVEL SECURITY;

--
-- Name: book_changes; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.book_changes ENABLE ROW LEVEL SECURITY;

--
-- Name: budgets; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.budgets ENABLE ROW LEVEL SECURITY;

--
-- Name: certificate_history; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.certificate_history ENABLE ROW LEVEL SECURITY;

--
-- Name: certificate_tags; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.certificate_tags ENABLE ROW LEVEL SECURITY;

--
-- Name: certificate_transfers; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.certificate_transfers ENABLE ROW LEVEL SECURITY;

--
-- Name: certificates; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.certificates ENABLE ROW LEVEL SECURITY;

--
-- Name: column_mappings; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.column_mappings ENABLE ROW LEVEL SECURITY;

--
-- Name: compliance_verifications; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.compliance_verifications ENABLE ROW LEVEL SECURITY;

--
-- Name: counties; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.counties ENABLE ROW LEVEL SECURITY;

--
-- Name: county_held_purchases; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.county_held_purchases ENABLE ROW LEVEL SECURITY;

--
-- Name: agreements county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.agreements TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: amendments county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.amendments TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: approvals county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.approvals FOR SELECT TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: auction_bidders county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.auction_bidders TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: auctions county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.auctions TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: audit_heads county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.audit_heads TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: audit_logs county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.audit_logs FOR SELECT TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: batch_certificates county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.batch_certificates TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: batches county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.batches TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: bid_patterns county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.bid_patterns TO strikeoff_app USING (((kind = 'finding'::public.bid_pattern_kind) AND (county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])))) WITH CHECK (((kind = 'finding'::public.bid_pattern_kind) AND (county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))));


--
-- Name: bidder_numbers county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.bidder_numbers TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: bidding_group_members county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.bidding_group_members TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: bidding_groups county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.bidding_groups TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: budgets county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.budgets TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: certificate_history county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.certificate_history TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: certificate_transfers county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.certificate_transfers TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: certificates county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.certificates TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: column_mappings county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.column_mappings TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: compliance_verifications county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.compliance_verifications TO strikeoff_app USING ((user_id IN ( SELECT r.user_id
   FROM public.registrations r
  WHERE (r.county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))))) WITH CHECK ((user_id IN ( SELECT r.user_id
   FROM public.registrations r
  WHERE (r.county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])))));


--
-- Name: counties county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.counties FOR UPDATE TO strikeoff_app USING ((id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: county_held_purchases county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.county_held_purchases TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: deposits county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.deposits TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: documents county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.documents TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: factor_recoveries county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.factor_recoveries FOR SELECT TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: forfeitures county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.forfeitures TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: import_rows county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.import_rows TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: imports county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.imports TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: invoices county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.invoices TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: jobs county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.jobs TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: ledger_accounts county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.ledger_accounts TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: ledger_entries county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.ledger_entries TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: open_leads county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.open_leads TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: parcel_ownerships county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.parcel_ownerships TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: payments county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.payments TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: properties county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.properties TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: property_value_history county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.property_value_history TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: redemptions county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.redemptions TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: registrations county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.registrations TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: report_configurations county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.report_configurations TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: report_executions county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.report_executions TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: sale_commitments county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.sale_commitments TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: staged_imports county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.staged_imports TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: tax_forms county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.tax_forms TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: transactions county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.transactions TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: users county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.users FOR SELECT TO strikeoff_app USING ((id IN ( SELECT r.user_id
   FROM public.registrations r
  WHERE (r.county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])))));


--
-- Name: winning_bids county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.winning_bids TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: withdrawals county_staff; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff ON public.withdrawals TO strikeoff_app USING ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[]))) WITH CHECK ((county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])));


--
-- Name: users county_staff_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY county_staff_update ON public.users FOR UPDATE TO strikeoff_app USING (((id IN ( SELECT r.user_id
   FROM public.registrations r
  WHERE (r.county_id = ANY (( SELECT strikeoff.my_counties() AS my_counties)::uuid[])))) AND (role = ANY (ARRAY['investor'::public.user_role, 'viewer'::public.user_role])))) WITH CHECK ((role = ANY (ARRAY['investor'::public.user_role, 'viewer'::public.user_role])));


--
-- Name: deposits; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.deposits ENABLE ROW LEVEL SECURITY;

--
-- Name: documents; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.documents ENABLE ROW LEVEL SECURITY;

--
-- Name: factor_recoveries; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.factor_recoveries ENABLE ROW LEVEL SECURITY;

--
-- Name: forfeitures; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.forfeitures ENABLE ROW LEVEL SECURITY;

--
-- Name: certificate_transfers from_my_number; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY from_my_number ON public.certificate_transfers FOR INSERT TO strikeoff_app WITH CHECK (((status = 'requested'::public.transfer_status) AND (EXISTS ( SELECT 1
   FROM public.bidder_numbers n
  WHERE ((n.id = certificate_transfers.from_bidder_number_id) AND (n.user_id = ( SELECT strikeoff.my_user() AS my_user)))))));


--
-- Name: global_settings; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.global_settings ENABLE ROW LEVEL SECURITY;

--
-- Name: certificates held_by_me; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY held_by_me ON public.certificates FOR SELECT TO strikeoff_app USING ((holder_id IN ( SELECT n.id
   FROM public.bidder_numbers n
  WHERE (n.user_id = ( SELECT strikeoff.my_user() AS my_user)))));


--
-- Name: idempotency_keys; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.idempotency_keys ENABLE ROW LEVEL SECURITY;

--
-- Name: import_rows; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.import_rows ENABLE ROW LEVEL SECURITY;

--
-- Name: imports; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.imports ENABLE ROW LEVEL SECURITY;

--
-- Name: invoices; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.invoices ENABLE ROW LEVEL SECURITY;

--
-- Name: jobs; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.jobs ENABLE ROW LEVEL SECURITY;

--
-- Name: bid_blocks journal_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY journal_all ON public.bid_blocks TO strikeoff_journal USING (true) WITH CHECK (true);


--
-- Name: bidder_exposures journal_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY journal_all ON public.bidder_exposures TO strikeoff_journal USING (true) WITH CHECK (true);


--
-- Name: open_leads journal_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY journal_all ON public.open_leads TO strikeoff_journal USING (true) WITH CHECK (true);


--
-- Name: book_changes journal_fences; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY journal_fences ON public.book_changes FOR INSERT TO strikeoff_journal WITH CHECK (true);


--
-- Name: batches journal_locks; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY journal_locks ON public.batches TO strikeoff_journal USING (true);


--
-- Name: budgets journal_locks; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY journal_locks ON public.budgets TO strikeoff_journal USING (true);


--
-- Name: access_epoch journal_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY journal_reads ON public.access_epoch FOR SELECT TO strikeoff_journal USING (true);


--
-- Name: auction_bidders journal_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY journal_reads ON public.auction_bidders FOR SELECT TO strikeoff_journal USING (true);


--
-- Name: known_devices; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.known_devices ENABLE ROW LEVEL SECURITY;

--
-- Name: ledger_accounts; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.ledger_accounts ENABLE ROW LEVEL SECURITY;

--
-- Name: ledger_entries; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.ledger_entries ENABLE ROW LEVEL SECURITY;

--
-- Name: live_events; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.live_events ENABLE ROW LEVEL SECURITY;

--
-- Name: live_topics; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.live_topics ENABLE ROW LEVEL SECURITY;

--
-- Name: mails; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.mails ENABLE ROW LEVEL SECURITY;

--
-- Name: market_analytics; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.market_analytics ENABLE ROW LEVEL SECURITY;

--
-- Name: mfa_backup_codes; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.mfa_backup_codes ENABLE ROW LEVEL SECURITY;

--
-- Name: notification_preferences; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.notification_preferences ENABLE ROW LEVEL SECURITY;

--
-- Name: notifications; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.notifications ENABLE ROW LEVEL SECURITY;

--
-- Name: bids of_closed_batches; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY of_closed_batches ON public.bids FOR SELECT TO strikeoff_app USING ((batch_id IN ( SELECT b.id
   FROM public.batches b
  WHERE (b.status = 'closed'::public.batch_status))));


--
-- Name: certificate_history of_my_certificates; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY of_my_certificates ON public.certificate_history FOR SELECT TO strikeoff_app USING ((EXISTS ( SELECT 1
   FROM (public.certificates c
     JOIN public.bidder_numbers n ON ((n.id = c.holder_id)))
  WHERE ((c.id = certificate_history.certificate_id) AND (n.user_id = ( SELECT strikeoff.my_user() AS my_user))))));


--
-- Name: redemptions of_my_certificates; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY of_my_certificates ON public.redemptions FOR SELECT TO strikeoff_app USING ((EXISTS ( SELECT 1
   FROM (public.certificates c
     JOIN public.bidder_numbers n ON ((n.id = c.holder_id)))
  WHERE ((c.id = redemptions.certificate_id) AND (n.user_id = ( SELECT strikeoff.my_user() AS my_user))))));


--
-- Name: bidding_group_members of_my_group; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY of_my_group ON public.bidding_group_members FOR SELECT TO strikeoff_app USING ((group_id IN ( SELECT g.id
   FROM public.bidding_groups g
  WHERE (g.user_id = ( SELECT strikeoff.my_user() AS my_user)))));


--
-- Name: certificate_transfers of_my_numbers; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY of_my_numbers ON public.certificate_transfers FOR SELECT TO strikeoff_app USING ((EXISTS ( SELECT 1
   FROM public.bidder_numbers n
  WHERE ((n.id = ANY (ARRAY[certificate_transfers.from_bidder_number_id, certificate_transfers.to_bidder_number_id])) AND (n.user_id = ( SELECT strikeoff.my_user() AS my_user))))));


--
-- Name: open_leads; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.open_leads ENABLE ROW LEVEL SECURITY;

--
-- Name: outbox_events; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.outbox_events ENABLE ROW LEVEL SECURITY;

--
-- Name: agreements own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.agreements TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: api_keys own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.api_keys TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: auto_bid_configurations own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.auto_bid_configurations TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: auto_bid_targets own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.auto_bid_targets TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: bank_accounts own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.bank_accounts TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: bid_patterns own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.bid_patterns TO strikeoff_app USING (((kind = 'strategy'::public.bid_pattern_kind) AND (user_id = ( SELECT strikeoff.my_user() AS my_user)))) WITH CHECK (((kind = 'strategy'::public.bid_pattern_kind) AND (user_id = ( SELECT strikeoff.my_user() AS my_user))));


--
-- Name: budgets own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.budgets TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: certificate_tags own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.certificate_tags TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: documents own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.documents TO strikeoff_app USING ((created_by = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((created_by = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: idempotency_keys own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.idempotency_keys TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: mfa_backup_codes own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.mfa_backup_codes TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: notification_preferences own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.notification_preferences TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: portfolio_certificates own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.portfolio_certificates TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: portfolio_tags own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.portfolio_tags TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: portfolios own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.portfolios TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: refresh_tokens own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.refresh_tokens TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: report_configurations own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.report_configurations TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: report_executions own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.report_executions TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: saved_searches own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.saved_searches TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: sessions own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.sessions TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: user_search_history own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.user_search_history TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: users own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.users TO strikeoff_app USING ((id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: watchlist_items own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.watchlist_items TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: watchlists own_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_all ON public.watchlists TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: deposits own_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_insert ON public.deposits FOR INSERT TO strikeoff_app WITH CHECK (((user_id = ( SELECT strikeoff.my_user() AS my_user)) AND (status = 'pending'::public.deposit_status)));


--
-- Name: jobs own_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_insert ON public.jobs FOR INSERT TO strikeoff_app WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: payments own_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_insert ON public.payments FOR INSERT TO strikeoff_app WITH CHECK (((user_id = ( SELECT strikeoff.my_user() AS my_user)) AND (status = 'pending'::public.payment_status)));


--
-- Name: registrations own_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_insert ON public.registrations FOR INSERT TO strikeoff_app WITH CHECK (((user_id = ( SELECT strikeoff.my_user() AS my_user)) AND (status = ANY (ARRAY['draft'::public.registration_status, 'pending_review'::public.registration_status]))));


--
-- Name: tax_forms own_insert; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_insert ON public.tax_forms FOR INSERT TO strikeoff_app WITH CHECK (((user_id = ( SELECT strikeoff.my_user() AS my_user)) AND (status = 'submitted'::public.tax_form_status)));


--
-- Name: auction_bidders own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.auction_bidders FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: audit_logs own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.audit_logs FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: auth_audit_logs own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.auth_audit_logs FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: bidder_numbers own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.bidder_numbers FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: bidding_groups own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.bidding_groups FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: bids own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.bids FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: compliance_verifications own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.compliance_verifications FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: county_held_purchases own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.county_held_purchases FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: deposits own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.deposits FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: forfeitures own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.forfeitures FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: invoices own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.invoices FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: jobs own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.jobs FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: ledger_accounts own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.ledger_accounts FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: notifications own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.notifications FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: payments own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.payments FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: registrations own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.registrations FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: tax_forms own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.tax_forms FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: transactions own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.transactions FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: user_permissions own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.user_permissions FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: winning_bids own_select; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_select ON public.winning_bids FOR SELECT TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: notifications own_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_update ON public.notifications FOR UPDATE TO strikeoff_app USING ((user_id = ( SELECT strikeoff.my_user() AS my_user))) WITH CHECK ((user_id = ( SELECT strikeoff.my_user() AS my_user)));


--
-- Name: registrations own_update; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY own_update ON public.registrations FOR UPDATE TO strikeoff_app USING (((user_id = ( SELECT strikeoff.my_user() AS my_user)) AND (status = ANY (ARRAY['draft'::public.registration_status, 'needs_information'::public.registration_status])))) WITH CHECK (((user_id = ( SELECT strikeoff.my_user() AS my_user)) AND (status = ANY (ARRAY['draft'::public.registration_status, 'needs_information'::public.registration_status, 'pending_review'::public.registration_status]))));


--
-- Name: access_changes owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.access_changes TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: access_epoch owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.access_epoch TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: account_links owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.account_links TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: agreements owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.agreements TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: amendments owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.amendments TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: api_keys owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.api_keys TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: approvals owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.approvals TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: auction_bidders owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.auction_bidders TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: auction_defaults owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.auction_defaults TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: auction_secrets owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.auction_secrets TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: auctions owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.auctions TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: audit_checkpoints owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.audit_checkpoints TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: audit_heads owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.audit_heads TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: audit_logs owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.audit_logs TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: auth_audit_logs owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.auth_audit_logs TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: auto_bid_configurations owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.auto_bid_configurations TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: auto_bid_targets owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.auto_bid_targets TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bank_accounts owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bank_accounts TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: batch_certificates owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.batch_certificates TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: batch_chain owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.batch_chain TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: batch_closings owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.batch_closings TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: batch_journals owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.batch_journals TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: batch_secrets owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.batch_secrets TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: batches owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.batches TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bid_blocks owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bid_blocks TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bid_patterns owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bid_patterns TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bid_sources owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bid_sources TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bidder_exposures owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bidder_exposures TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bidder_numbers owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bidder_numbers TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bidding_group_members owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bidding_group_members TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bidding_groups owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bidding_groups TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids_p00 owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids_p00 TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids_p01 owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids_p01 TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids_p02 owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids_p02 TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids_p03 owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids_p03 TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids_p04 owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids_p04 TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids_p05 owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids_p05 TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids_p06 owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids_p06 TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids_p07 owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids_p07 TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids_p08 owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids_p08 TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids_p09 owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids_p09 TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids_p10 owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids_p10 TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids_p11 owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids_p11 TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids_p12 owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids_p12 TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids_p13 owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids_p13 TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids_p14 owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids_p14 TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: bids_p15 owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.bids_p15 TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: book_changes owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.book_changes TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: budgets owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.budgets TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: certificate_history owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.certificate_history TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: certificate_tags owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.certificate_tags TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: certificate_transfers owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.certificate_transfers TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: certificates owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.certificates TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: column_mappings owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.column_mappings TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: compliance_verifications owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.compliance_verifications TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: counties owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.counties TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: county_held_purchases owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.county_held_purchases TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: deposits owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.deposits TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: documents owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.documents TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: factor_recoveries owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.factor_recoveries TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: forfeitures owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.forfeitures TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: global_settings owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.global_settings TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: idempotency_keys owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.idempotency_keys TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: import_rows owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.import_rows TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: imports owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.imports TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: invoices owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.invoices TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: jobs owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.jobs TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: known_devices owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.known_devices TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: ledger_accounts owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.ledger_accounts TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: ledger_entries owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.ledger_entries TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: live_events owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.live_events TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: live_topics owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.live_topics TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: mails owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.mails TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: market_analytics owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.market_analytics TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: mfa_backup_codes owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.mfa_backup_codes TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: notification_preferences owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.notification_preferences TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: notifications owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.notifications TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: open_leads owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.open_leads TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: outbox_events owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.outbox_events TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: parcel_ownerships owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.parcel_ownerships TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: payments owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.payments TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: portfolio_certificates owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.portfolio_certificates TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: portfolio_tags owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.portfolio_tags TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: portfolios owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.portfolios TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: properties owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.properties TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: property_value_history owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.property_value_history TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: redemptions owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.redemptions TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: refresh_tokens owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.refresh_tokens TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: registrations owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.registrations TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: report_configurations owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.report_configurations TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: report_executions owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.report_executions TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: sale_commitments owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.sale_commitments TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: saved_searches owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.saved_searches TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: screening_lists owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.screening_lists TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: sessions owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.sessions TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: staged_imports owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.staged_imports TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: tax_forms owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.tax_forms TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: transactions owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.transactions TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: transcripts owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.transcripts TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: user_permissions owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.user_permissions TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: user_search_history owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.user_search_history TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: users owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.users TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: watchlist_items owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.watchlist_items TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: watchlists owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.watchlists TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: webhooks owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.webhooks TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: winning_bids owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.winning_bids TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: withdrawals owner_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY owner_all ON public.withdrawals TO strikeoff_owner USING (true) WITH CHECK (true);


--
-- Name: parcel_ownerships; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.parcel_ownerships ENABLE ROW LEVEL SECURITY;

--
-- Name: payments; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.payments ENABLE ROW LEVEL SECURITY;

--
-- Name: portfolio_certificates; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.portfolio_certificates ENABLE ROW LEVEL SECURITY;

--
-- Name: portfolio_tags; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.portfolio_tags ENABLE ROW LEVEL SECURITY;

--
-- Name: portfolios; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.portfolios ENABLE ROW LEVEL SECURITY;

--
-- Name: properties; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.properties ENABLE ROW LEVEL SECURITY;

--
-- Name: property_value_history; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.property_value_history ENABLE ROW LEVEL SECURITY;

--
-- Name: amendments published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.amendments FOR SELECT TO strikeoff_app USING ((published_at IS NOT NULL));


--
-- Name: auction_defaults published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.auction_defaults FOR SELECT TO strikeoff_app USING (true);


--
-- Name: auctions published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.auctions FOR SELECT TO strikeoff_app USING ((status <> 'draft'::public.auction_status));


--
-- Name: audit_checkpoints published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.audit_checkpoints FOR SELECT TO strikeoff_app USING (true);


--
-- Name: batch_certificates published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.batch_certificates FOR SELECT TO strikeoff_app USING (published);


--
-- Name: batch_chain published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.batch_chain FOR SELECT TO strikeoff_app USING (true);


--
-- Name: batch_closings published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.batch_closings FOR SELECT TO strikeoff_app USING ((head_published_at IS NOT NULL));


--
-- Name: batches published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.batches FOR SELECT TO strikeoff_app USING (published);


--
-- Name: certificates published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.certificates FOR SELECT TO strikeoff_app USING (published);


--
-- Name: counties published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.counties FOR SELECT TO strikeoff_app USING (true);


--
-- Name: documents published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.documents FOR SELECT TO strikeoff_app USING ((is_public AND (status = 'clean'::public.document_status)));


--
-- Name: global_settings published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.global_settings FOR SELECT TO strikeoff_app USING ((NOT is_sensitive));


--
-- Name: live_events published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.live_events FOR SELECT TO strikeoff_app USING (true);


--
-- Name: live_topics published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.live_topics FOR SELECT TO strikeoff_app USING (true);


--
-- Name: market_analytics published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.market_analytics FOR SELECT TO strikeoff_app USING (true);


--
-- Name: open_leads published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.open_leads FOR SELECT TO strikeoff_app USING (true);


--
-- Name: properties published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.properties FOR SELECT TO strikeoff_app USING (published);


--
-- Name: property_value_history published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.property_value_history FOR SELECT TO strikeoff_app USING ((EXISTS ( SELECT 1
   FROM public.properties p
  WHERE ((p.id = property_value_history.property_id) AND p.published))));


--
-- Name: sale_commitments published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.sale_commitments FOR SELECT TO strikeoff_app USING (true);


--
-- Name: transcripts published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.transcripts FOR SELECT TO strikeoff_app USING ((published_at IS NOT NULL));


--
-- Name: winning_bids published; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY published ON public.winning_bids FOR SELECT TO strikeoff_app USING ((batch_id IN ( SELECT b.id
   FROM public.batches b
  WHERE (b.status = 'closed'::public.batch_status))));


--
-- Name: redemptions; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.redemptions ENABLE ROW LEVEL SECURITY;

--
-- Name: refresh_tokens; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.refresh_tokens ENABLE ROW LEVEL SECURITY;

--
-- Name: users registers; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY registers ON public.users FOR INSERT TO strikeoff_app WITH CHECK (((( SELECT strikeoff.my_user() AS my_user) IS NULL) AND (role = ANY (ARRAY['investor'::public.user_role, 'viewer'::public.user_role])) AND (status = 'pending_approval'::public.user_status) AND (kyc_status = 'not_submitted'::public.kyc_status)));


--
-- Name: registrations; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.registrations ENABLE ROW LEVEL SECURITY;

--
-- Name: report_configurations; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.report_configurations ENABLE ROW LEVEL SECURITY;

--
-- Name: report_executions; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.report_executions ENABLE ROW LEVEL SECURITY;

--
-- Name: agreements report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.agreements FOR SELECT TO strikeoff_report USING (true);


--
-- Name: amendments report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.amendments FOR SELECT TO strikeoff_report USING (true);


--
-- Name: approvals report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.approvals FOR SELECT TO strikeoff_report USING (true);


--
-- Name: auction_bidders report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.auction_bidders FOR SELECT TO strikeoff_report USING (true);


--
-- Name: auction_defaults report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.auction_defaults FOR SELECT TO strikeoff_report USING (true);


--
-- Name: auctions report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.auctions FOR SELECT TO strikeoff_report USING (true);


--
-- Name: audit_checkpoints report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.audit_checkpoints FOR SELECT TO strikeoff_report USING (true);


--
-- Name: audit_heads report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.audit_heads FOR SELECT TO strikeoff_report USING (true);


--
-- Name: audit_logs report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.audit_logs FOR SELECT TO strikeoff_report USING (true);


--
-- Name: auth_audit_logs report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.auth_audit_logs FOR SELECT TO strikeoff_report USING (true);


--
-- Name: batch_certificates report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.batch_certificates FOR SELECT TO strikeoff_report USING (true);


--
-- Name: batch_chain report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.batch_chain FOR SELECT TO strikeoff_report USING (true);


--
-- Name: batch_closings report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.batch_closings FOR SELECT TO strikeoff_report USING (true);


--
-- Name: batches report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.batches FOR SELECT TO strikeoff_report USING (true);


--
-- Name: bidder_numbers report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.bidder_numbers FOR SELECT TO strikeoff_report USING (true);


--
-- Name: bidding_group_members report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.bidding_group_members FOR SELECT TO strikeoff_report USING (true);


--
-- Name: bidding_groups report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.bidding_groups FOR SELECT TO strikeoff_report USING (true);


--
-- Name: bids report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.bids FOR SELECT TO strikeoff_report USING ((batch_id IN ( SELECT b.id
   FROM public.batches b
  WHERE (b.status = 'closed'::public.batch_status))));


--
-- Name: budgets report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.budgets FOR SELECT TO strikeoff_report USING (true);


--
-- Name: certificate_history report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.certificate_history FOR SELECT TO strikeoff_report USING (true);


--
-- Name: certificate_transfers report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.certificate_transfers FOR SELECT TO strikeoff_report USING (true);


--
-- Name: certificates report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.certificates FOR SELECT TO strikeoff_report USING (true);


--
-- Name: column_mappings report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.column_mappings FOR SELECT TO strikeoff_report USING (true);


--
-- Name: compliance_verifications report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.compliance_verifications FOR SELECT TO strikeoff_report USING (true);


--
-- Name: counties report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.counties FOR SELECT TO strikeoff_report USING (true);


--
-- Name: county_held_purchases report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.county_held_purchases FOR SELECT TO strikeoff_report USING (true);


--
-- Name: deposits report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.deposits FOR SELECT TO strikeoff_report USING (true);


--
-- Name: documents report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.documents FOR SELECT TO strikeoff_report USING (true);


--
-- Name: forfeitures report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.forfeitures FOR SELECT TO strikeoff_report USING (true);


--
-- Name: import_rows report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.import_rows FOR SELECT TO strikeoff_report USING (true);


--
-- Name: imports report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.imports FOR SELECT TO strikeoff_report USING (true);


--
-- Name: invoices report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.invoices FOR SELECT TO strikeoff_report USING (true);


--
-- Name: jobs report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.jobs FOR SELECT TO strikeoff_report USING (true);


--
-- Name: ledger_accounts report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.ledger_accounts FOR SELECT TO strikeoff_report USING (true);


--
-- Name: ledger_entries report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.ledger_entries FOR SELECT TO strikeoff_report USING (true);


--
-- Name: market_analytics report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.market_analytics FOR SELECT TO strikeoff_report USING (true);


--
-- Name: notification_preferences report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.notification_preferences FOR SELECT TO strikeoff_report USING (true);


--
-- Name: notifications report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.notifications FOR SELECT TO strikeoff_report USING (true);


--
-- Name: open_leads report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.open_leads FOR SELECT TO strikeoff_report USING (true);


--
-- Name: parcel_ownerships report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.parcel_ownerships FOR SELECT TO strikeoff_report USING (true);


--
-- Name: payments report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.payments FOR SELECT TO strikeoff_report USING (true);


--
-- Name: properties report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.properties FOR SELECT TO strikeoff_report USING (true);


--
-- Name: property_value_history report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.property_value_history FOR SELECT TO strikeoff_report USING (true);


--
-- Name: redemptions report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.redemptions FOR SELECT TO strikeoff_report USING (true);


--
-- Name: registrations report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.registrations FOR SELECT TO strikeoff_report USING (true);


--
-- Name: report_configurations report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.report_configurations FOR SELECT TO strikeoff_report USING (true);


--
-- Name: report_executions report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.report_executions FOR SELECT TO strikeoff_report USING (true);


--
-- Name: sale_commitments report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.sale_commitments FOR SELECT TO strikeoff_report USING (true);


--
-- Name: screening_lists report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.screening_lists FOR SELECT TO strikeoff_report USING (true);


--
-- Name: transactions report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.transactions FOR SELECT TO strikeoff_report USING (true);


--
-- Name: transcripts report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.transcripts FOR SELECT TO strikeoff_report USING (true);


--
-- Name: user_permissions report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.user_permissions FOR SELECT TO strikeoff_report USING (true);


--
-- Name: users report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.users FOR SELECT TO strikeoff_report USING (true);


--
-- Name: winning_bids report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.winning_bids FOR SELECT TO strikeoff_report USING (true);


--
-- Name: withdrawals report_reads; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY report_reads ON public.withdrawals FOR SELECT TO strikeoff_report USING (true);


--
-- Name: sale_commitments; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.sale_commitments ENABLE ROW LEVEL SECURITY;

--
-- Name: saved_searches; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.saved_searches ENABLE ROW LEVEL SECURITY;

--
-- Name: screening_lists; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.screening_lists ENABLE ROW LEVEL SECURITY;

--
-- Name: sessions; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.sessions ENABLE ROW LEVEL SECURITY;

--
-- Name: staged_imports; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.staged_imports ENABLE ROW LEVEL SECURITY;

--
-- Name: tax_forms; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.tax_forms ENABLE ROW LEVEL SECURITY;

--
-- Name: transactions; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.transactions ENABLE ROW LEVEL SECURITY;

--
-- Name: transcripts; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.transcripts ENABLE ROW LEVEL SECURITY;

--
-- Name: user_permissions; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.user_permissions ENABLE ROW LEVEL SECURITY;

--
-- Name: user_search_history; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.user_search_history ENABLE ROW LEVEL SECURITY;

--
-- Name: users; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.users ENABLE ROW LEVEL SECURITY;

--
-- Name: watchlist_items; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.watchlist_items ENABLE ROW LEVEL SECURITY;

--
-- Name: watchlists; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.watchlists ENABLE ROW LEVEL SECURITY;

--
-- Name: webhooks; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.webhooks ENABLE ROW LEVEL SECURITY;

--
-- Name: bidder_numbers winners; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY winners ON public.bidder_numbers FOR SELECT TO strikeoff_app USING ((EXISTS ( SELECT 1
   FROM public.winning_bids w
  WHERE (w.bidder_number_id = bidder_numbers.id))));


--
-- Name: winning_bids; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.winning_bids ENABLE ROW LEVEL SECURITY;

--
-- Name: withdrawals; Type: ROW SECURITY; Schema: public; Owner: -
--

ALTER TABLE public.withdrawals ENABLE ROW LEVEL SECURITY;

--
-- Name: access_changes worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.access_changes TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: access_epoch worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.access_epoch TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: account_links worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.account_links TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: agreements worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.agreements TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: amendments worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.amendments TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: api_keys worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.api_keys TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: approvals worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.approvals TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: auction_bidders worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.auction_bidders TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: auction_defaults worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.auction_defaults TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: auction_secrets worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.auction_secrets TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: auctions worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.auctions TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: audit_checkpoints worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.audit_checkpoints TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: audit_heads worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.audit_heads TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: audit_logs worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.audit_logs TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: auth_audit_logs worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.auth_audit_logs TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: auto_bid_configurations worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.auto_bid_configurations TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: auto_bid_targets worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.auto_bid_targets TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bank_accounts worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bank_accounts TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: batch_certificates worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.batch_certificates TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: batch_chain worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.batch_chain TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: batch_closings worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.batch_closings TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: batch_journals worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.batch_journals TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: batch_secrets worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.batch_secrets TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: batches worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.batches TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bid_blocks worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bid_blocks TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bid_patterns worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bid_patterns TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bid_sources worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bid_sources TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bidder_exposures worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bidder_exposures TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bidder_numbers worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bidder_numbers TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bidding_group_members worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bidding_group_members TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bidding_groups worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bidding_groups TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids_p00 worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids_p00 TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids_p01 worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids_p01 TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids_p02 worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids_p02 TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids_p03 worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids_p03 TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids_p04 worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids_p04 TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids_p05 worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids_p05 TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids_p06 worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids_p06 TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids_p07 worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids_p07 TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids_p08 worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids_p08 TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids_p09 worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids_p09 TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids_p10 worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids_p10 TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids_p11 worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids_p11 TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids_p12 worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids_p12 TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids_p13 worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids_p13 TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids_p14 worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids_p14 TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: bids_p15 worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.bids_p15 TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: book_changes worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.book_changes TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: budgets worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.budgets TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: certificate_history worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.certificate_history TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: certificate_tags worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.certificate_tags TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: certificate_transfers worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.certificate_transfers TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: certificates worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.certificates TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: column_mappings worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.column_mappings TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: compliance_verifications worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.compliance_verifications TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: counties worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.counties TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: county_held_purchases worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.county_held_purchases TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: deposits worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.deposits TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: documents worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.documents TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: factor_recoveries worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.factor_recoveries TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: forfeitures worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.forfeitures TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: global_settings worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.global_settings TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: idempotency_keys worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.idempotency_keys TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: import_rows worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.import_rows TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: imports worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.imports TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: invoices worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.invoices TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: jobs worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.jobs TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: known_devices worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.known_devices TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: ledger_accounts worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.ledger_accounts TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: ledger_entries worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.ledger_entries TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: live_events worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.live_events TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: live_topics worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.live_topics TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: mails worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.mails TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: market_analytics worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.market_analytics TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: mfa_backup_codes worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.mfa_backup_codes TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: notification_preferences worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.notification_preferences TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: notifications worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.notifications TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: open_leads worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.open_leads TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: outbox_events worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.outbox_events TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: parcel_ownerships worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.parcel_ownerships TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: payments worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.payments TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: portfolio_certificates worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.portfolio_certificates TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: portfolio_tags worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.portfolio_tags TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: portfolios worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.portfolios TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: properties worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.properties TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: property_value_history worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.property_value_history TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: redemptions worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.redemptions TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: refresh_tokens worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.refresh_tokens TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: registrations worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.registrations TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: report_configurations worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.report_configurations TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: report_executions worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.report_executions TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: sale_commitments worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.sale_commitments TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: saved_searches worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.saved_searches TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: screening_lists worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.screening_lists TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: sessions worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.sessions TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: staged_imports worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.staged_imports TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: tax_forms worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.tax_forms TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: transactions worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.transactions TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: transcripts worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.transcripts TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: user_permissions worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.user_permissions TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: user_search_history worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.user_search_history TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: users worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.users TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: watchlist_items worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.watchlist_items TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: watchlists worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.watchlists TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: webhooks worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.webhooks TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: winning_bids worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.winning_bids TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: withdrawals worker_all; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY worker_all ON public.withdrawals TO strikeoff_worker USING (true) WITH CHECK (true);


--
-- Name: auth_audit_logs writes; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY writes ON public.auth_audit_logs FOR INSERT TO strikeoff_app WITH CHECK (true);


--
-- Name: mails writes; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY writes ON public.mails FOR INSERT TO strikeoff_app WITH CHECK (true);


--
-- Name: outbox_events writes; Type: POLICY; Schema: public; Owner: -
--

CREATE POLICY writes ON public.outbox_events FOR INSERT TO strikeoff_app WITH CHECK (true);


--
-- Name: SCHEMA public; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA public TO strikeoff_app;
GRANT USAGE ON SCHEMA public TO strikeoff_worker;
GRANT USAGE ON SCHEMA public TO strikeoff_report;
GRANT USAGE ON SCHEMA public TO strikeoff_journal;


--
-- Name: SCHEMA strikeoff; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA strikeoff TO strikeoff_app;
GRANT USAGE ON SCHEMA strikeoff TO strikeoff_worker;
GRANT USAGE ON SCHEMA strikeoff TO strikeoff_report;
GRANT USAGE ON SCHEMA strikeoff TO strikeoff_journal;


--
-- Name: FUNCTION acting_in(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.acting_in() FROM PUBLIC;
GRANT ALL ON FUNCTION strikeoff.acting_in() TO strikeoff_worker;


--
-- Name: PROCEDURE allow_county(IN target regclass); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON PROCEDURE strikeoff.allow_county(IN target regclass) FROM PUBLIC;


--
-- Name: PROCEDURE allow_public(IN target regclass, IN condition text); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON PROCEDURE strikeoff.allow_public(IN target regclass, IN condition text) FROM PUBLIC;


--
-- Name: PROCEDURE allow_user(IN target regclass, IN command text, IN user_column name); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON PROCEDURE strikeoff.allow_user(IN target regclass, IN command text, IN user_column name) FROM PUBLIC;


--
-- Name: FUNCTION audit_append(log uuid, county uuid, "user" uuid, entity_type text, entity_id uuid, action text, payload bytea, ip inet); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.audit_append(log uuid, county uuid, "user" uuid, entity_type text, entity_id uuid, action text, payload bytea, ip inet) FROM PUBLIC;
GRANT ALL ON FUNCTION strikeoff.audit_append(log uuid, county uuid, "user" uuid, entity_type text, entity_id uuid, action text, payload bytea, ip inet) TO strikeoff_app;
GRANT ALL ON FUNCTION strikeoff.audit_append(log uuid, county uuid, "user" uuid, entity_type text, entity_id uuid, action text, payload bytea, ip inet) TO strikeoff_worker;


--
-- Name: FUNCTION check_balance(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.check_balance() FROM PUBLIC;


--
-- Name: FUNCTION clock(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.clock() FROM PUBLIC;
GRANT ALL ON FUNCTION strikeoff.clock() TO strikeoff_app;
GRANT ALL ON FUNCTION strikeoff.clock() TO strikeoff_worker;
GRANT ALL ON FUNCTION strikeoff.clock() TO strikeoff_report;
GRANT ALL ON FUNCTION strikeoff.clock() TO strikeoff_journal;


--
-- Name: PROCEDURE confine(IN target regclass); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON PROCEDURE strikeoff.confine(IN target regclass) FROM PUBLIC;


--
-- Name: FUNCTION guard_batch_closings(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.guard_batch_closings() FROM PUBLIC;


--
-- Name: FUNCTION guard_batch_secrets(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.guard_batch_secrets() FROM PUBLIC;


--
-- Name: FUNCTION guard_batches(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.guard_batches() FROM PUBLIC;


--
-- Name: FUNCTION guard_budgets(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.guard_budgets() FROM PUBLIC;


--
-- Name: FUNCTION guard_group_members(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.guard_group_members() FROM PUBLIC;


--
-- Name: FUNCTION guard_lots(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.guard_lots() FROM PUBLIC;


--
-- Name: FUNCTION guard_outcomes(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.guard_outcomes() FROM PUBLIC;


--
-- Name: FUNCTION guard_users(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.guard_users() FROM PUBLIC;


--
-- Name: FUNCTION inherit_published(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.inherit_published() FROM PUBLIC;


--
-- Name: FUNCTION is_admin(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.is_admin() FROM PUBLIC;
GRANT ALL ON FUNCTION strikeoff.is_admin() TO strikeoff_app;
GRANT ALL ON FUNCTION strikeoff.is_admin() TO strikeoff_worker;
GRANT ALL ON FUNCTION strikeoff.is_admin() TO strikeoff_report;


--
-- Name: FUNCTION journal_append(county uuid, batch_ids uuid[], versions bigint[], records bytea[], known_epoch bigint, good_until timestamp with time zone, orders text[]); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.journal_append(county uuid, batch_ids uuid[], versions bigint[], records bytea[], known_epoch bigint, good_until timestamp with time zone, orders text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION strikeoff.journal_append(county uuid, batch_ids uuid[], versions bigint[], records bytea[], known_epoch bigint, good_until timestamp with time zone, orders text[]) TO strikeoff_worker;


--
-- Name: FUNCTION journal_fence(batch_ids uuid[], shut boolean); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.journal_fence(batch_ids uuid[], shut boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION strikeoff.journal_fence(batch_ids uuid[], shut boolean) TO strikeoff_worker;


--
-- Name: PROCEDURE keep_updated_at(IN target regclass); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON PROCEDURE strikeoff.keep_updated_at(IN target regclass) FROM PUBLIC;


--
-- Name: FUNCTION lead_items(county uuid, auction uuid, batch uuid, at timestamp with time zone, leads jsonb, extension interval); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.lead_items(county uuid, auction uuid, batch uuid, at timestamp with time zone, leads jsonb, extension interval) FROM PUBLIC;


--
-- Name: FUNCTION machine_clock(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.machine_clock() FROM PUBLIC;
GRANT ALL ON FUNCTION strikeoff.machine_clock() TO strikeoff_worker;


--
-- Name: PROCEDURE make_append_only(IN target regclass); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON PROCEDURE strikeoff.make_append_only(IN target regclass) FROM PUBLIC;


--
-- Name: FUNCTION my_counties(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.my_counties() FROM PUBLIC;
GRANT ALL ON FUNCTION strikeoff.my_counties() TO strikeoff_app;
GRANT ALL ON FUNCTION strikeoff.my_counties() TO strikeoff_worker;
GRANT ALL ON FUNCTION strikeoff.my_counties() TO strikeoff_report;
GRANT ALL ON FUNCTION strikeoff.my_counties() TO strikeoff_journal;


--
-- Name: FUNCTION my_user(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.my_user() FROM PUBLIC;
GRANT ALL ON FUNCTION strikeoff.my_user() TO strikeoff_app;
GRANT ALL ON FUNCTION strikeoff.my_user() TO strikeoff_worker;
GRANT ALL ON FUNCTION strikeoff.my_user() TO strikeoff_report;
GRANT ALL ON FUNCTION strikeoff.my_user() TO strikeoff_journal;


--
-- Name: FUNCTION name_key(name text); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.name_key(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION strikeoff.name_key(name text) TO strikeoff_app;
GRANT ALL ON FUNCTION strikeoff.name_key(name text) TO strikeoff_worker;
GRANT ALL ON FUNCTION strikeoff.name_key(name text) TO strikeoff_report;


--
-- Name: FUNCTION new_id(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.new_id() FROM PUBLIC;
GRANT ALL ON FUNCTION strikeoff.new_id() TO strikeoff_app;
GRANT ALL ON FUNCTION strikeoff.new_id() TO strikeoff_worker;
GRANT ALL ON FUNCTION strikeoff.new_id() TO strikeoff_report;
GRANT ALL ON FUNCTION strikeoff.new_id() TO strikeoff_journal;


--
-- Name: FUNCTION note_access_change(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.note_access_change() FROM PUBLIC;


--
-- Name: FUNCTION payload_json(payload bytea); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.payload_json(payload bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION strikeoff.payload_json(payload bytea) TO strikeoff_app;
GRANT ALL ON FUNCTION strikeoff.payload_json(payload bytea) TO strikeoff_worker;
GRANT ALL ON FUNCTION strikeoff.payload_json(payload bytea) TO strikeoff_report;


--
-- Name: PROCEDURE protect(IN target regclass, IN report boolean); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON PROCEDURE strikeoff.protect(IN target regclass, IN report boolean) FROM PUBLIC;


--
-- Name: FUNCTION publish_auction(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.publish_auction() FROM PUBLIC;


--
-- Name: FUNCTION publish_lots(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.publish_lots() FROM PUBLIC;


--
-- Name: FUNCTION refuse_change(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.refuse_change() FROM PUBLIC;


--
-- Name: FUNCTION reserve_budgets(county uuid, auction uuid, batch uuid, percent integer, amounts jsonb); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.reserve_budgets(county uuid, auction uuid, batch uuid, percent integer, amounts jsonb) FROM PUBLIC;


--
-- Name: FUNCTION tell(county uuid, about text, kind text, body jsonb); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.tell(county uuid, about text, kind text, body jsonb) FROM PUBLIC;


--
-- Name: FUNCTION tell_auction(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.tell_auction() FROM PUBLIC;


--
-- Name: FUNCTION tell_batch(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.tell_batch() FROM PUBLIC;


--
-- Name: FUNCTION tell_change(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.tell_change() FROM PUBLIC;


--
-- Name: FUNCTION tell_closing(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.tell_closing() FROM PUBLIC;


--
-- Name: FUNCTION tell_item(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.tell_item() FROM PUBLIC;


--
-- Name: FUNCTION tell_of_batch(of_batch uuid, kind text, body jsonb); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.tell_of_batch(of_batch uuid, kind text, body jsonb) FROM PUBLIC;


--
-- Name: FUNCTION tell_results(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.tell_results() FROM PUBLIC;


--
-- Name: FUNCTION touch_updated_at(); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.touch_updated_at() FROM PUBLIC;


--
-- Name: FUNCTION utc(moment timestamp with time zone); Type: ACL; Schema: strikeoff; Owner: -
--

REVOKE ALL ON FUNCTION strikeoff.utc(moment timestamp with time zone) FROM PUBLIC;


--
-- Name: TABLE access_changes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.access_changes TO strikeoff_worker;


--
-- Name: TABLE access_epoch; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.access_epoch TO strikeoff_worker;
GRANT SELECT ON TABLE public.access_epoch TO strikeoff_journal;


--
-- Name: TABLE account_links; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_links TO strikeoff_worker;


--
-- Name: TABLE agreements; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.agreements TO strikeoff_report;
GRANT SELECT,INSERT ON TABLE public.agreements TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.agreements TO strikeoff_worker;


--
-- Name: TABLE amendments; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.amendments TO strikeoff_report;
GRANT SELECT,INSERT ON TABLE public.amendments TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.amendments TO strikeoff_worker;


--
-- Name: COLUMN amendments.approved_by; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(approved_by) ON TABLE public.amendments TO strikeoff_app;


--
-- Name: TABLE api_keys; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.api_keys TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.api_keys TO strikeoff_worker;


--
-- Name: TABLE approvals; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.approvals TO strikeoff_report;
GRANT SELECT ON TABLE public.approvals TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.approvals TO strikeoff_worker;


--
-- Name: TABLE auction_bidders; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.auction_bidders TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.auction_bidders TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.auction_bidders TO strikeoff_worker;


--
-- Name: COLUMN auction_bidders.auction_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(auction_id) ON TABLE public.auction_bidders TO strikeoff_journal;


--
-- Name: COLUMN auction_bidders.number; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(number) ON TABLE public.auction_bidders TO strikeoff_journal;


--
-- Name: COLUMN auction_bidders.user_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(user_id) ON TABLE public.auction_bidders TO strikeoff_journal;


--
-- Name: COLUMN auction_bidders.bidder_ref; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(bidder_ref) ON TABLE public.auction_bidders TO strikeoff_journal;


--
-- Name: TABLE auction_defaults; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.auction_defaults TO strikeoff_report;
GRANT SELECT,UPDATE ON TABLE public.auction_defaults TO strikeoff_app;
GRANT SELECT,UPDATE ON TABLE public.auction_defaults TO strikeoff_worker;


--
-- Name: TABLE auction_secrets; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.auction_secrets TO strikeoff_worker;


--
-- Name: TABLE auctions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.auctions TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.auctions TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.auctions TO strikeoff_worker;


--
-- Name: TABLE audit_checkpoints; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.audit_checkpoints TO strikeoff_report;
GRANT SELECT ON TABLE public.audit_checkpoints TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.audit_checkpoints TO strikeoff_worker;


--
-- Name: COLUMN audit_checkpoints.published_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(published_at) ON TABLE public.audit_checkpoints TO strikeoff_worker;


--
-- Name: TABLE audit_heads; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.audit_heads TO strikeoff_report;
GRANT SELECT ON TABLE public.audit_heads TO strikeoff_app;
GRANT SELECT ON TABLE public.audit_heads TO strikeoff_worker;


--
-- Name: TABLE audit_logs; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.audit_logs TO strikeoff_report;
GRANT SELECT ON TABLE public.audit_logs TO strikeoff_app;
GRANT SELECT ON TABLE public.audit_logs TO strikeoff_worker;


--
-- Name: TABLE auth_audit_logs; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.auth_audit_logs TO strikeoff_report;
GRANT SELECT,INSERT ON TABLE public.auth_audit_logs TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.auth_audit_logs TO strikeoff_worker;


--
-- Name: TABLE auto_bid_configurations; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auto_bid_configurations TO strikeoff_app;
GRANT SELECT,UPDATE ON TABLE public.auto_bid_configurations TO strikeoff_worker;


--
-- Name: TABLE auto_bid_targets; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.auto_bid_targets TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.auto_bid_targets TO strikeoff_worker;


--
-- Name: TABLE bank_accounts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.bank_accounts TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bank_accounts TO strikeoff_worker;


--
-- Name: TABLE batch_certificates; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.batch_certificates TO strikeoff_report;
GRANT SELECT,INSERT,DELETE ON TABLE public.batch_certificates TO strikeoff_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.batch_certificates TO strikeoff_worker;


--
-- Name: COLUMN batch_certificates.batch_id; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(batch_id) ON TABLE public.batch_certificates TO strikeoff_app;


--
-- Name: COLUMN batch_certificates.adv_no; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(adv_no) ON TABLE public.batch_certificates TO strikeoff_app;


--
-- Name: COLUMN batch_certificates.face; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(face) ON TABLE public.batch_certificates TO strikeoff_app;


--
-- Name: COLUMN batch_certificates.round; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(round) ON TABLE public.batch_certificates TO strikeoff_app;


--
-- Name: COLUMN batch_certificates.status; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(status) ON TABLE public.batch_certificates TO strikeoff_app;


--
-- Name: COLUMN batch_certificates.withdrawn_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(withdrawn_at) ON TABLE public.batch_certificates TO strikeoff_app;


--
-- Name: COLUMN batch_certificates.withdrawn_reason; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(withdrawn_reason) ON TABLE public.batch_certificates TO strikeoff_app;


--
-- Name: TABLE batch_chain; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.batch_chain TO strikeoff_report;
GRANT SELECT ON TABLE public.batch_chain TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.batch_chain TO strikeoff_worker;


--
-- Name: TABLE batch_closings; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.batch_closings TO strikeoff_report;
GRANT SELECT ON TABLE public.batch_closings TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.batch_closings TO strikeoff_worker;


--
-- Name: TABLE batch_journals; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.batch_journals TO strikeoff_worker;


--
-- Name: TABLE batch_secrets; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.batch_secrets TO strikeoff_worker;


--
-- Name: TABLE batches; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.batches TO strikeoff_report;
GRANT SELECT,INSERT,DELETE ON TABLE public.batches TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.batches TO strikeoff_worker;


--
-- Name: COLUMN batches.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.batches TO strikeoff_journal;


--
-- Name: COLUMN batches.county_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(county_id) ON TABLE public.batches TO strikeoff_journal;


--
-- Name: COLUMN batches.auction_id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(auction_id) ON TABLE public.batches TO strikeoff_journal;


--
-- Name: COLUMN batches.number; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(number) ON TABLE public.batches TO strikeoff_app;


--
-- Name: COLUMN batches.name; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(name) ON TABLE public.batches TO strikeoff_app;


--
-- Name: COLUMN batches.start_time; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(start_time) ON TABLE public.batches TO strikeoff_app;
GRANT SELECT(start_time) ON TABLE public.batches TO strikeoff_journal;


--
-- Name: COLUMN batches.end_time; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(end_time) ON TABLE public.batches TO strikeoff_app;
GRANT SELECT(end_time) ON TABLE public.batches TO strikeoff_journal;


--
-- Name: COLUMN batches.status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(status) ON TABLE public.batches TO strikeoff_journal;


--
-- Name: COLUMN batches.is_cleanup; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(is_cleanup) ON TABLE public.batches TO strikeoff_app;


--
-- Name: COLUMN batches.book_version; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(book_version),UPDATE(book_version) ON TABLE public.batches TO strikeoff_journal;


--
-- Name: COLUMN batches.chain_length; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(chain_length),UPDATE(chain_length) ON TABLE public.batches TO strikeoff_journal;


--
-- Name: COLUMN batches.changed_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(changed_at) ON TABLE public.batches TO strikeoff_journal;


--
-- Name: COLUMN batches.extended_to; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(extended_to),UPDATE(extended_to) ON TABLE public.batches TO strikeoff_journal;


--
-- Name: TABLE bid_blocks; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.bid_blocks TO strikeoff_worker;
GRANT SELECT,INSERT ON TABLE public.bid_blocks TO strikeoff_journal;


--
-- Name: TABLE bid_patterns; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bid_patterns TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bid_patterns TO strikeoff_worker;


--
-- Name: TABLE bid_sources; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.bid_sources TO strikeoff_worker;


--
-- Name: TABLE bidder_exposures; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,UPDATE ON TABLE public.bidder_exposures TO strikeoff_worker;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bidder_exposures TO strikeoff_journal;


--
-- Name: TABLE bidder_numbers; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.bidder_numbers TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bidder_numbers TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bidder_numbers TO strikeoff_worker;


--
-- Name: TABLE bidding_group_members; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.bidding_group_members TO strikeoff_report;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bidding_group_members TO strikeoff_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.bidding_group_members TO strikeoff_worker;


--
-- Name: TABLE bidding_groups; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.bidding_groups TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bidding_groups TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bidding_groups TO strikeoff_worker;


--
-- Name: TABLE bids; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.bids TO strikeoff_report;
GRANT SELECT ON TABLE public.bids TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.bids TO strikeoff_worker;


--
-- Name: TABLE book_changes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT ON TABLE public.book_changes TO strikeoff_worker;
GRANT INSERT ON TABLE public.book_changes TO strikeoff_journal;


--
-- Name: TABLE budgets; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.budgets TO strikeoff_report;
GRANT SELECT ON TABLE public.budgets TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.budgets TO strikeoff_worker;
GRANT SELECT ON TABLE public.budgets TO strikeoff_journal;


--
-- Name: COLUMN budgets.auction_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(auction_id) ON TABLE public.budgets TO strikeoff_app;


--
-- Name: COLUMN budgets.user_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(user_id) ON TABLE public.budgets TO strikeoff_app;


--
-- Name: COLUMN budgets.county_id; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(county_id) ON TABLE public.budgets TO strikeoff_app;


--
-- Name: COLUMN budgets.own_limit; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(own_limit),UPDATE(own_limit) ON TABLE public.budgets TO strikeoff_app;


--
-- Name: COLUMN budgets.batch_limit; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(batch_limit),UPDATE(batch_limit) ON TABLE public.budgets TO strikeoff_app;


--
-- Name: COLUMN budgets.staff_grant; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT(staff_grant),UPDATE(staff_grant) ON TABLE public.budgets TO strikeoff_app;


--
-- Name: COLUMN budgets.updated_at; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(updated_at) ON TABLE public.budgets TO strikeoff_journal;


--
-- Name: TABLE certificate_history; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.certificate_history TO strikeoff_report;
GRANT SELECT,INSERT ON TABLE public.certificate_history TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.certificate_history TO strikeoff_worker;


--
-- Name: TABLE certificate_tags; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.certificate_tags TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.certificate_tags TO strikeoff_worker;


--
-- Name: TABLE certificate_transfers; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.certificate_transfers TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.certificate_transfers TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.certificate_transfers TO strikeoff_worker;


--
-- Name: TABLE certificates; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.certificates TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.certificates TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.certificates TO strikeoff_worker;


--
-- Name: TABLE column_mappings; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.column_mappings TO strikeoff_report;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.column_mappings TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.column_mappings TO strikeoff_worker;


--
-- Name: TABLE compliance_verifications; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.compliance_verifications TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.compliance_verifications TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.compliance_verifications TO strikeoff_worker;


--
-- Name: TABLE counties; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.counties TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.counties TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.counties TO strikeoff_worker;


--
-- Name: TABLE county_held_purchases; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.county_held_purchases TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.county_held_purchases TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.county_held_purchases TO strikeoff_worker;


--
-- Name: TABLE deposits; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.deposits TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.deposits TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.deposits TO strikeoff_worker;


--
-- Name: TABLE documents; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.documents TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.documents TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.documents TO strikeoff_worker;


--
-- Name: TABLE factor_recoveries; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.factor_recoveries TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.factor_recoveries TO strikeoff_worker;


--
-- Name: TABLE forfeitures; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.forfeitures TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.forfeitures TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.forfeitures TO strikeoff_worker;


--
-- Name: TABLE global_settings; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.global_settings TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.global_settings TO strikeoff_worker;


--
-- Name: TABLE idempotency_keys; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.idempotency_keys TO strikeoff_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.idempotency_keys TO strikeoff_worker;


--
-- Name: TABLE import_rows; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.import_rows TO strikeoff_report;
GRANT SELECT,UPDATE ON TABLE public.import_rows TO strikeoff_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.import_rows TO strikeoff_worker;


--
-- Name: TABLE imports; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.imports TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.imports TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.imports TO strikeoff_worker;


--
-- Name: TABLE invoices; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.invoices TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.invoices TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.invoices TO strikeoff_worker;


--
-- Name: TABLE jobs; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.jobs TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.jobs TO strikeoff_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.jobs TO strikeoff_worker;


--
-- Name: TABLE known_devices; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.known_devices TO strikeoff_worker;


--
-- Name: TABLE ledger_accounts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.ledger_accounts TO strikeoff_report;
GRANT SELECT,INSERT ON TABLE public.ledger_accounts TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.ledger_accounts TO strikeoff_worker;


--
-- Name: TABLE ledger_entries; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.ledger_entries TO strikeoff_report;
GRANT SELECT,INSERT ON TABLE public.ledger_entries TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.ledger_entries TO strikeoff_worker;


--
-- Name: TABLE live_events; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.live_events TO strikeoff_app;
GRANT SELECT,DELETE ON TABLE public.live_events TO strikeoff_worker;


--
-- Name: TABLE live_topics; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.live_topics TO strikeoff_app;
GRANT SELECT ON TABLE public.live_topics TO strikeoff_worker;


--
-- Name: TABLE mails; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT ON TABLE public.mails TO strikeoff_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mails TO strikeoff_worker;


--
-- Name: TABLE market_analytics; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.market_analytics TO strikeoff_report;
GRANT SELECT ON TABLE public.market_analytics TO strikeoff_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.market_analytics TO strikeoff_worker;


--
-- Name: TABLE mfa_backup_codes; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mfa_backup_codes TO strikeoff_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mfa_backup_codes TO strikeoff_worker;


--
-- Name: TABLE notification_preferences; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.notification_preferences TO strikeoff_report;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notification_preferences TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.notification_preferences TO strikeoff_worker;


--
-- Name: TABLE notifications; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.notifications TO strikeoff_report;
GRANT SELECT ON TABLE public.notifications TO strikeoff_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.notifications TO strikeoff_worker;


--
-- Name: COLUMN notifications.is_read; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(is_read) ON TABLE public.notifications TO strikeoff_app;


--
-- Name: TABLE open_leads; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.open_leads TO strikeoff_report;
GRANT SELECT ON TABLE public.open_leads TO strikeoff_app;
GRANT SELECT,UPDATE ON TABLE public.open_leads TO strikeoff_worker;
GRANT SELECT,INSERT,UPDATE ON TABLE public.open_leads TO strikeoff_journal;


--
-- Name: TABLE outbox_events; Type: ACL; Schema: public; Owner: -
--

GRANT INSERT ON TABLE public.outbox_events TO strikeoff_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.outbox_events TO strikeoff_worker;


--
-- Name: TABLE parcel_ownerships; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.parcel_ownerships TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.parcel_ownerships TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.parcel_ownerships TO strikeoff_worker;


--
-- Name: TABLE payments; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.payments TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.payments TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.payments TO strikeoff_worker;


--
-- Name: TABLE portfolio_certificates; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.portfolio_certificates TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.portfolio_certificates TO strikeoff_worker;


--
-- Name: TABLE portfolio_tags; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.portfolio_tags TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.portfolio_tags TO strikeoff_worker;


--
-- Name: TABLE portfolios; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.portfolios TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.portfolios TO strikeoff_worker;


--
-- Name: TABLE properties; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.properties TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.properties TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.properties TO strikeoff_worker;


--
-- Name: TABLE property_value_history; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.property_value_history TO strikeoff_report;
GRANT SELECT,INSERT ON TABLE public.property_value_history TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.property_value_history TO strikeoff_worker;


--
-- Name: TABLE redemptions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.redemptions TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.redemptions TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.redemptions TO strikeoff_worker;


--
-- Name: TABLE refresh_tokens; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.refresh_tokens TO strikeoff_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.refresh_tokens TO strikeoff_worker;


--
-- Name: TABLE registrations; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.registrations TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.registrations TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.registrations TO strikeoff_worker;


--
-- Name: TABLE report_configurations; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.report_configurations TO strikeoff_report;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.report_configurations TO strikeoff_app;
GRANT SELECT,UPDATE ON TABLE public.report_configurations TO strikeoff_worker;


--
-- Name: TABLE report_executions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.report_executions TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.report_executions TO strikeoff_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.report_executions TO strikeoff_worker;


--
-- Name: TABLE sale_commitments; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.sale_commitments TO strikeoff_report;
GRANT SELECT,INSERT ON TABLE public.sale_commitments TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.sale_commitments TO strikeoff_worker;


--
-- Name: TABLE saved_searches; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.saved_searches TO strikeoff_app;
GRANT SELECT,UPDATE ON TABLE public.saved_searches TO strikeoff_worker;


--
-- Name: TABLE schema_migrations; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.schema_migrations TO strikeoff_app;
GRANT SELECT ON TABLE public.schema_migrations TO strikeoff_worker;
GRANT SELECT ON TABLE public.schema_migrations TO strikeoff_report;


--
-- Name: TABLE screening_lists; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.screening_lists TO strikeoff_report;
GRANT SELECT,INSERT,UPDATE ON TABLE public.screening_lists TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.screening_lists TO strikeoff_worker;


--
-- Name: TABLE sessions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.sessions TO strikeoff_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sessions TO strikeoff_worker;


--
-- Name: TABLE staged_imports; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE ON TABLE public.staged_imports TO strikeoff_worker;


--
-- Name: TABLE tax_forms; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.tax_forms TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.tax_forms TO strikeoff_worker;


--
-- Name: TABLE transactions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.transactions TO strikeoff_report;
GRANT SELECT,INSERT ON TABLE public.transactions TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.transactions TO strikeoff_worker;


--
-- Name: TABLE transcripts; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.transcripts TO strikeoff_report;
GRANT SELECT ON TABLE public.transcripts TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.transcripts TO strikeoff_worker;


--
-- Name: TABLE user_permissions; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.user_permissions TO strikeoff_report;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.user_permissions TO strikeoff_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.user_permissions TO strikeoff_worker;


--
-- Name: TABLE user_search_history; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE ON TABLE public.user_search_history TO strikeoff_app;
GRANT SELECT,INSERT,DELETE ON TABLE public.user_search_history TO strikeoff_worker;


--
-- Name: TABLE users; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.users TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.users TO strikeoff_worker;


--
-- Name: COLUMN users.id; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(id) ON TABLE public.users TO strikeoff_report;


--
-- Name: COLUMN users.email; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(email) ON TABLE public.users TO strikeoff_report;


--
-- Name: COLUMN users.role; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(role) ON TABLE public.users TO strikeoff_report;


--
-- Name: COLUMN users.first_name; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(first_name) ON TABLE public.users TO strikeoff_report;


--
-- Name: COLUMN users.last_name; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(last_name) ON TABLE public.users TO strikeoff_report;


--
-- Name: COLUMN users.phone; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(phone) ON TABLE public.users TO strikeoff_report;


--
-- Name: COLUMN users.mfa_enabled; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(mfa_enabled) ON TABLE public.users TO strikeoff_report;


--
-- Name: COLUMN users.status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(status) ON TABLE public.users TO strikeoff_report;


--
-- Name: COLUMN users.kyc_status; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(kyc_status) ON TABLE public.users TO strikeoff_report;


--
-- Name: COLUMN users.email_verified_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(email_verified_at) ON TABLE public.users TO strikeoff_report;


--
-- Name: COLUMN users.last_login_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(last_login_at) ON TABLE public.users TO strikeoff_report;


--
-- Name: COLUMN users.bidding_hold_until; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(bidding_hold_until) ON TABLE public.users TO strikeoff_report;


--
-- Name: COLUMN users.created_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(created_at) ON TABLE public.users TO strikeoff_report;


--
-- Name: COLUMN users.updated_at; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT(updated_at) ON TABLE public.users TO strikeoff_report;


--
-- Name: TABLE watchlist_items; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.watchlist_items TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.watchlist_items TO strikeoff_worker;


--
-- Name: TABLE watchlists; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.watchlists TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.watchlists TO strikeoff_worker;


--
-- Name: TABLE webhooks; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE public.webhooks TO strikeoff_worker;


--
-- Name: TABLE winning_bids; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.winning_bids TO strikeoff_report;
GRANT SELECT ON TABLE public.winning_bids TO strikeoff_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.winning_bids TO strikeoff_worker;


--
-- Name: COLUMN winning_bids.payment_status; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(payment_status) ON TABLE public.winning_bids TO strikeoff_app;


--
-- Name: COLUMN winning_bids.invoice_id; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(invoice_id) ON TABLE public.winning_bids TO strikeoff_app;


--
-- Name: COLUMN winning_bids.void_reason; Type: ACL; Schema: public; Owner: -
--

GRANT UPDATE(void_reason) ON TABLE public.winning_bids TO strikeoff_app;


--
-- Name: TABLE withdrawals; Type: ACL; Schema: public; Owner: -
--

GRANT SELECT ON TABLE public.withdrawals TO strikeoff_report;
GRANT SELECT,INSERT ON TABLE public.withdrawals TO strikeoff_app;
GRANT SELECT,INSERT ON TABLE public.withdrawals TO strikeoff_worker;


--
-- Name: DEFAULT PRIVILEGES FOR FUNCTIONS; Type: DEFAULT ACL; Schema: -; Owner: -
--

ALTER DEFAULT PRIVILEGES FOR ROLE strikeoff_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;


--
-- PostgreSQL database dump complete
--

\unrestrict strikeoff

