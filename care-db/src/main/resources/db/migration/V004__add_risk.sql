-- Risk: what the engine found, how it scored, and the alerts that it gave birth to.

-- How far each reader of the telemetry feed has come; committed together with what it wrote.
create table feed_position (
    reader     text primary key,
    txid       xid8 not null,
    updated_at timestamptz not null default now()
);

-- One open episode for a resident and a family of findings.
-- The risk engine inserts it as 'raised'; from then on the response side alone moves it.
create table alert (
    alert_id        uuid primary key default gen_random_uuid(),
    resident_no     integer not null references resident,
    family          text not null,                  -- silence, emergency, device ...
    tier            text not null check (tier in ('critical', 'urgent', 'check-in', 'review')),
    state           text not null default 'raised'
        check (state in ('raised', 'checking-in', 'escalating', 'acknowledged', 'resolved')),
    reason_ko       text not null,
    reason_en       text not null,
    moment          timestamptz not null,           -- when the thing itself happened
    raised_at       timestamptz not null default now(),
    acknowledged_at timestamptz,
    acknowledged_by integer references caseworker,
    resolved_at     timestamptz,
    outcome         text check (outcome in ('real-emergency', 'needed-help', 'resident-ok', 'false-alarm',
                                            'device-fault', 'not-reached', 'retracted')),
    outcome_note    text,
    check ((state = 'resolved') = (resolved_at is not null)),
    check ((state = 'resolved') = (outcome is not null)),
    check (state <> 'acknowledged' or (acknowledged_at is not null and acknowledged_by is not null))
);
create unique index alert_one_open on alert (resident_no, family) where state <> 'resolved';
create index alert_open on alert (raised_at) where state <> 'resolved';
create index alert_by_resident on alert (resident_no, raised_at);

-- One detector's verdict with its reason and its evidence.
create table finding (
    finding_id  uuid primary key default gen_random_uuid(),
    resident_no integer not null references resident,
    family      text not null,
    tier        text not null check (tier in ('critical', 'urgent', 'check-in', 'review')),
    episode     text not null unique,               -- names the episode, so that a crash or a replay never finds it twice
    alert_id    uuid references alert,              -- null: kept, but raised nothing (the past, or no tier)
    reason_ko   text not null,
    reason_en   text not null,
    evidence    jsonb not null,
    moment      timestamptz not null,
    found_at    timestamptz not null default now()
);
create index finding_by_alert on finding (alert_id);
create index finding_by_resident on finding (resident_no, moment);

-- The risk score over time; a row where it changed.
create table risk_score (
    resident_no integer not null references resident,
    at          timestamptz not null,
    score       smallint not null check (score between 0 and 100),
    visibility  text not null check (visibility in ('home', 'away', 'device-silent', 'network-silent', 'platform-fault')),
    primary key (resident_no, at)
);
