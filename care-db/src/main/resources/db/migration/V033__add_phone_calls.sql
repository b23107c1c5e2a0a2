-- Calls that somebody makes from the console: their own phone rings first, then the other, or several in one room.

create table phone_call (
    call_no       integer generated always as identity primary key,
    call_id       uuid not null unique default gen_random_uuid(),
    office_no     integer not null references office,      -- of whoever calls
    caseworker_no integer not null references caseworker,  -- who calls
    asked_by      text not null,                           -- login
    is_group      boolean not null,
    alert_id      uuid references alert,                   -- from which it was made; null: from none
    started_at    timestamptz not null,
    canceled_at   timestamptz,                             -- when somebody ended it on the page
    ended_at      timestamptz                              -- null: it lasts
);
create unique index phone_call_one_open on phone_call (caseworker_no) where ended_at is null;

-- One phone of such a call. The number is that of the person, looked up when it is dialled.
create table phone_call_leg (
    leg_id        uuid primary key default gen_random_uuid(),
    call_no       integer not null references phone_call,
    place         smallint not null check (place >= 0),    -- 0: who calls
    kind          text not null check (kind in ('caseworker', 'guardian', 'resident')),
    caseworker_no integer references caseworker,
    guardian_no   integer references guardian,
    resident_no   integer references resident,
    state         text not null check (state in ('starting', 'accepted', 'ringing', 'answered', 'completed',
                                                 'no-answer', 'busy', 'failed', 'canceled')),
    joined_at     timestamptz,                             -- pressed 1, or answered when dialled by the first
    provider_sid  text,
    error         text,                                    -- the provider's code and words, or ours
    asked_at      timestamptz,                             -- when the provider was asked what became of it
    updated_at    timestamptz not null,
    unique (call_no, place),
    check (num_nonnulls(caseworker_no, guardian_no, resident_no) = 1)
);
create index phone_call_leg_open on phone_call_leg (updated_at)
    where state in ('starting', 'accepted', 'ringing', 'answered');
