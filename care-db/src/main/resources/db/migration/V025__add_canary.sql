-- The canary home: an office of its own with one resident, one device and one phone, through which a call for help of our
-- own goes every few minutes. Nobody's queue and nobody's figures show it.

alter table office add column canary boolean not null default false;
create unique index office_canary on office (canary) where canary;

create table canary_run (
    run_no      integer generated always as identity primary key,   -- also the number of its message
    message_id  uuid not null unique,
    begun_at    timestamptz not null,
    acked_at    timestamptz,                        -- the broker has stored it
    alert_id    uuid references alert,
    raised_at   timestamptz,                        -- the engine has raised the alert
    called_at   timestamptz,                        -- the provider was asked for a call
    rang_at     timestamptz,                        -- the phone has rung
    ended_at    timestamptz,                        -- it rang, or was given up
    error       text                                -- of the connection to the broker
);
create index canary_run_by_time on canary_run (begun_at);
create index canary_run_open on canary_run (run_no) where ended_at is null;

-- While the phone rings late or not at all. The operators are told of its begin and of its end, by the other way.
create table canary_alarm (
    alarm_no      integer generated always as identity primary key,
    began_at      timestamptz not null,
    run_no        integer not null references canary_run,
    lacks         text not null check (lacks in ('broker', 'engine', 'response', 'phone')),  -- what did not happen in time
    told_at       timestamptz,                      -- null: the other way has not taken it yet
    ended_at      timestamptz,
    told_end_at   timestamptz
);
create unique index canary_alarm_open on canary_alarm ((true)) where ended_at is null;
