-- What the provider says of numbers that cannot be used, and when it was asked about silent attempts.

create table phone_trouble (
    trouble_id uuid not null unique default gen_random_uuid(),
    phone      text not null,
    channel    text not null,                          -- as escalation_attempt has it
    code       text not null,                          -- the provider's, '21610'
    reason     text not null default '',               -- in our words
    since      timestamptz not null,
    seen_at    timestamptz not null default now(),     -- when the provider said so last
    cleared_at timestamptz,                            -- it can be used again
    primary key (phone, channel)
);

-- The latest attempts to one number.
create index escalation_attempt_by_destination on escalation_attempt (destination, started_at);
create index escalation_attempt_by_time on escalation_attempt using brin (started_at);
-- When the provider was last asked what became of an attempt that it did not report.
alter table escalation_attempt add column asked_at timestamptz;
