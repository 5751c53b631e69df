-- An award can be taken back, and a proposal refused.

ALTER TYPE amendment_kind ADD VALUE 'award_voided';
ALTER TABLE amendments ADD COLUMN refused_at timestamptz,
    ADD CONSTRAINT amendments_refused_or_published
        CHECK (refused_at IS NULL OR published_at IS NULL);
COMMENT ON COLUMN amendments.refused_at IS 'When staff dropped the proposal.';
CREATE UNIQUE INDEX amendments_one_per_award ON amendments (batch_id, certificate_id)
    WHERE refused_at IS NULL;
COMMENT ON INDEX amendments_one_per_award IS 'Nothing can be taken back twice.';
