-- What offices and residents may have otherwise than usual in the risk engine, and when a resident is not watched for
-- silence. Nothing here is ever changed or deleted by a setting: the newest row counts, the others are its history.

-- Every setting with its bounds. Durations in minutes, margins in hundredths of a step of surprise.
create table risk_setting (
    name     text primary key,
    unit     text not null check (unit in ('minutes', 'hundredths')),
    lowest   integer not null,
    highest  integer not null,
    usual    integer not null,
    check (lowest <= usual and usual <= highest)
);
insert into risk_setting (name, unit, lowest, highest, usual) values
    ('floors.urgent',   'minutes',      60,   720,  240),  -- silence shorter than this is never urgent
    ('caps.urgent',     'minutes',     480,  1440,  960),  -- silence as long as this always is
    ('caps.urgent-out', 'minutes',     720,  1440, 1440),  -- the same where the resident may be out
    ('margins.urgent',  'hundredths', -100,   200,    0),  -- added to the threshold of surprise
    ('quiet.begins',    'minutes',       0,  1439, 1320),  -- of the day: no robot's question in between,
    ('quiet.ends',      'minutes',       0,  1439,  420);  -- but never for a critical alert

create table risk_setting_change (
    change_no   bigint generated always as identity primary key,
    office_no   integer references office,
    resident_no integer references resident,
    name        text not null references risk_setting,
    value       integer,                            -- null: as the office has it, or as usual
    changed_by  text not null,                      -- the account's login
    reason      text not null check (length(reason) between 3 and 500),
    changed_at  timestamptz not null default now(),
    check (num_nonnulls(office_no, resident_no) = 1)
);
create index risk_setting_change_by_office on risk_setting_change (office_no, name, change_no desc)
    where office_no is not null;
create index risk_setting_change_by_resident on risk_setting_change (resident_no, name, change_no desc)
    where resident_no is not null;

-- Away or in hospital, as a person has entered it; beside what a device reports.
create table resident_mode (
    mode_no     bigint generated always as identity primary key,
    resident_no integer not null references resident,
    mode        text not null check (mode in ('away', 'hospital')),
    begins_at   timestamptz not null default now(),
    ends_at     timestamptz not null,               -- nobody is forgotten in a mode: it always has an end
    set_by      text not null,
    reason      text not null check (length(reason) between 3 and 500),
    ended_by    text,                               -- who ended it before its time
    check (ends_at > begins_at)
);
create index resident_mode_by_resident on resident_mode (resident_no, ends_at desc);

-- After hospital or a move the old rhythm says nothing: somebody asks the engine to learn anew.
create table relearning (
    relearning_no bigint generated always as identity primary key,
    resident_no   integer not null references resident,
    asked_by      text not null,
    reason        text not null check (length(reason) between 3 and 500),
    asked_at      timestamptz not null default now(),
    done_at       timestamptz                       -- set by the engine
);
create index relearning_waiting on relearning (resident_no) where done_at is null;

-- What a person said of an alert is learnt from once.
alter table alert add column learnt_at timestamptz;
create index alert_false_to_learn on alert (resolved_at) where outcome = 'false-alarm' and learnt_at is null;
