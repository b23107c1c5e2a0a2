-- Previews: what other risk settings would have done, asked by people and worked out by the engine from what is stored.

create table risk_preview (
    preview_no   bigint generated always as identity primary key,
    preview_id   uuid not null unique default gen_random_uuid(),
    office_no    integer not null references office,
    resident_no  integer references resident,       -- null: for all of the office
    proposed     jsonb not null,                    -- name to value as in risk_setting_change; null: no longer set
    from_at      timestamptz not null,
    to_at        timestamptz not null,
    asked_by     text not null,                     -- the account's login
    asked_at     timestamptz not null default now(),
    state        text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
    progress     real not null default 0 check (progress between 0 and 1),
    worker       uuid,                              -- the engine that works on it
    leased_until timestamptz,                       -- an engine that is not heard of until then has lost it
    starts       integer not null default 0,        -- how often an engine has begun it
    result       jsonb,                             -- kr.dolbom.risk.preview writes it
    error        text,
    finished_at  timestamptz,
    check (to_at > from_at),
    check ((state = 'running') = (worker is not null)),
    check ((state = 'running') = (leased_until is not null)),
    check ((state = 'done') = (result is not null)),
    check ((state = 'failed') = (error is not null)),
    check ((state in ('done', 'failed')) = (finished_at is not null))
);
-- One at a time for an office.
create unique index risk_preview_open on risk_preview (office_no) where finished_at is null;

-- On which preview a change stands, where whoever made it named one.
alter table risk_setting_change add column preview_no bigint references risk_preview;

-- An advisory has a public name, and may be ended before its time.
alter table weather_advisory
    add column advisory_id uuid not null unique default gen_random_uuid(),
    add column ended_by text;                       -- the account's login
