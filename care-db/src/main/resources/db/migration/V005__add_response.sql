-- Response: the alert's timeline, attempts to reach a person, commands to devices, durable timers.

create table alert_event (
    event_no bigint generated always as identity primary key,
    alert_id uuid not null references alert,
    at       timestamptz not null default now(),
    type     text not null,                         -- raised, check-in-asked, check-in-answered, no-answer, attempt ...
    actor    text not null,                         -- platform, robot, resident, or the caseworker's public id
    detail   jsonb not null default '{}'
);
create index alert_event_by_alert on alert_event (alert_id, event_no);

create table escalation_attempt (
    attempt_id    uuid primary key default gen_random_uuid(),
    alert_id      uuid not null references alert,
    step          integer not null check (step >= 1),
    channel       text not null check (channel in ('sms', 'voice')),
    caseworker_no integer not null references caseworker,
    destination   text not null,                    -- the number that was used
    state         text not null check (state in ('starting', 'accepted', 'ringing', 'answered', 'delivered', 'completed',
                                                 'no-answer', 'busy', 'failed', 'canceled', 'reached')),
    provider_sid  text unique,
    error         text,                             -- the provider's code and words, or ours
    link_hash     bytea,                            -- SHA-256 of the one-time link's token
    link_used_at  timestamptz,
    started_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    reached_at    timestamptz,
    unique (alert_id, step, channel)
);
create unique index escalation_attempt_by_link on escalation_attempt (link_hash);

-- What the platform asks a device to do. The broker sends it and writes back what became of it.
create table device_command (
    command_id  uuid primary key default gen_random_uuid(),
    device_no   integer not null references device,
    kind        text not null check (kind in ('speak', 'check-in', 'remind', 'configure', 'locate')),
    data        jsonb not null,
    alert_id    uuid references alert,
    state       text not null default 'pending'
        check (state in ('pending', 'sent', 'answered', 'expired')),
    created_at  timestamptz not null default now(),
    expires_at  timestamptz not null,
    sent_at     timestamptz,
    answered_at timestamptz,
    answer      jsonb                               -- the `data` of the device's answer
);
create index device_command_pending on device_command (device_no, created_at) where state = 'pending';
create index device_command_by_alert on device_command (alert_id);

-- db-scheduler's table, as its documentation gives it for PostgreSQL.
create table scheduled_tasks (
    task_name            text not null,
    task_instance        text not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint not null,
    priority             smallint,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);
