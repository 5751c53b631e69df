-- Reports that people configure and run, and the figures behind the charts.

CREATE TYPE report_status AS ENUM ('queued', 'running', 'succeeded', 'failed', 'canceled');

CREATE TABLE report_configurations (
    id              uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    user_id         uuid NOT NULL REFERENCES users,
    county_id       uuid REFERENCES counties,
    name            text NOT NULL,
    report_type     text NOT NULL,
    parameters_json jsonb NOT NULL DEFAULT '{}',
    schedule_json   jsonb,
    next_run_at     timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (user_id, id)
);
COMMENT ON TABLE report_configurations IS
    'A report with its parameters, and when it runs by itself.';
COMMENT ON COLUMN report_configurations.county_id IS
    'Shared with the county''s staff; null keeps it private.';
CREATE INDEX report_configurations_by_county ON report_configurations (county_id, id);
CREATE INDEX report_configurations_due ON report_configurations (next_run_at)
    WHERE next_run_at IS NOT NULL;
CALL strikeoff.keep_updated_at('report_configurations');

CREATE TABLE report_executions (
    id               uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    configuration_id uuid NOT NULL,
    user_id          uuid NOT NULL DEFAULT strikeoff.my_user(),
    county_id        uuid REFERENCES counties,
    status           report_status NOT NULL DEFAULT 'queued',
    result_file_path text,
    document_id      uuid REFERENCES documents,
    execution_time   timestamptz,
    finished_at      timestamptz,
    error_message    text,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (user_id, configuration_id) REFERENCES report_configurations (user_id, id)
        ON DELETE CASCADE
);
COMMENT ON TABLE report_executions IS 'One run of a report.';
COMMENT ON COLUMN report_executions.user_id IS 'The owner of the configuration.';
COMMENT ON COLUMN report_executions.execution_time IS 'When the run began.';
CREATE INDEX report_executions_by_configuration ON report_executions (configuration_id, id);
CREATE INDEX report_executions_by_user ON report_executions (user_id, id);
CREATE INDEX report_executions_by_county ON report_executions (county_id, id);
CREATE INDEX report_executions_by_document ON report_executions (document_id);
CALL strikeoff.keep_updated_at('report_executions');

CREATE TABLE market_analytics (
    id                    uuid PRIMARY KEY DEFAULT strikeoff.new_id(),
    county_id             uuid REFERENCES counties,
    metric_type           text NOT NULL,
    time_period           text NOT NULL,
    value                 numeric NOT NULL,
    calculation_data_json jsonb NOT NULL DEFAULT '{}',
    created_at            timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT market_analytics_once UNIQUE NULLS NOT DISTINCT (county_id, metric_type, time_period)
);
COMMENT ON TABLE market_analytics IS 'A figure of the market for a county and a period.';
COMMENT ON COLUMN market_analytics.county_id IS 'Null for all counties together.';
CREATE INDEX market_analytics_by_metric ON market_analytics (metric_type, time_period);

CALL strikeoff.protect('report_configurations');
CALL strikeoff.allow_county('report_configurations');
CALL strikeoff.allow_user('report_configurations');
GRANT SELECT, INSERT, UPDATE, DELETE ON report_configurations TO strikeoff_app;
GRANT SELECT, UPDATE ON report_configurations TO strikeoff_worker;

CALL strikeoff.protect('report_executions');
CALL strikeoff.allow_county('report_executions');
CALL strikeoff.allow_user('report_executions');
GRANT SELECT, INSERT, UPDATE ON report_executions TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON report_executions TO strikeoff_worker;

CALL strikeoff.protect('market_analytics');
CALL strikeoff.allow_public('market_analytics', 'true');
GRANT SELECT ON market_analytics TO strikeoff_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON market_analytics TO strikeoff_worker;
