-- Rosters: teams, what a week looks like, days off, who is away, who stands in, and whether the next shift is ready.

create table team (
    team_no   integer generated always as identity primary key,
    team_id   uuid not null unique default gen_random_uuid(),
    office_no integer not null references office,
    name      text not null,
    unique (office_no, name)
);
create table team_member (
    team_no       integer not null references team on delete cascade,
    caseworker_no integer not null references caseworker,
    primary key (team_no, caseworker_no)
);

create table holiday (
    office_no integer references office,               -- null: every office's
    day       date not null,
    name      text not null
);
create unique index holiday_once on holiday (coalesce(office_no, 0), day);

-- What an office's week looks like; a month's shifts are made from it.
create table shift_pattern (
    pattern_no integer generated always as identity primary key,
    pattern_id uuid not null unique default gen_random_uuid(),
    office_no  integer not null references office,
    team_no    integer references team,                -- null: everybody of the office but supervisors
    name       text not null,
    days       text not null check (days ~ '^(mon|tue|wed|thu|fri|sat|sun|holiday)( (mon|tue|wed|thu|fri|sat|sun|holiday))*$'),
    starts_at  time not null,                          -- office time
    ends_at    time not null,                          -- not after starts_at: on the next day
    position   smallint not null check (position >= 1),    -- of the first of them
    people     smallint not null check (people between 1 and 10)   -- the first is the primary, the others are backups
);
create index shift_pattern_by_office on shift_pattern (office_no);

create table caseworker_leave (
    leave_no      integer generated always as identity primary key,
    leave_id      uuid not null unique default gen_random_uuid(),
    caseworker_no integer not null references caseworker,
    from_day      date not null,
    to_day        date not null check (to_day >= from_day)     -- the last day of it
);
create index caseworker_leave_by_caseworker on caseworker_leave (caseworker_no, to_day);

alter table on_call_shift
    add column shift_id uuid not null unique default gen_random_uuid(),
    add column pattern_no integer references shift_pattern on delete set null;  -- from which it was made; null: by hand
create index on_call_shift_by_caseworker on on_call_shift (caseworker_no, starts_at);
-- Who is on call now, however many shifts there have been.
create index on_call_shift_by_end on on_call_shift (office_no, (coalesce(ends_at, 'infinity'::timestamptz)));

-- Somebody stands in at a position for a time, whoever's shift it is.
create table on_call_override (
    override_no   integer generated always as identity primary key,
    override_id   uuid not null unique default gen_random_uuid(),
    office_no     integer not null references office,
    position      smallint not null check (position >= 1),
    caseworker_no integer not null references caseworker,
    starts_at     timestamptz not null,
    ends_at       timestamptz not null,
    reason        text not null,
    set_by        text not null,                       -- login
    cancelled_at  timestamptz,
    check (ends_at > starts_at)
);
create index on_call_override_by_office on on_call_override (office_no, ends_at) where cancelled_at is null;

-- How an office's roster works beyond its shifts; without a row: no night centre, no test rings.
create table office_roster (
    office_no         integer primary key references office,
    night_centre_no   integer references office check (night_centre_no <> office_no),
    night_from        time,                            -- office time; from then to night_to the centre answers
    night_to          time,
    night_days_off    boolean not null default false,  -- and all day on Saturdays, Sundays and holidays
    test_ring_minutes smallint check (test_ring_minutes between 15 and 720),   -- before each shift; null: none
    check (num_nonnulls(night_centre_no, night_from, night_to) in (0, 3)),
    check (night_from <> night_to)
);
create index office_roster_by_centre on office_roster (night_centre_no);

-- A phone was rung to see whether it rings; nobody had to press a key.
create table test_ring (
    ring_id       uuid primary key default gen_random_uuid(),
    caseworker_no integer not null references caseworker,
    phone         text not null,                       -- the number that was used
    state         text not null check (state in ('starting', 'accepted', 'ringing', 'answered', 'completed',
                                                 'no-answer', 'busy', 'failed', 'canceled')),
    heard         boolean not null default false,      -- somebody or a voicemail picked up
    provider_sid  text,
    error         text,
    asked_by      text not null,                       -- login, or 'readiness'
    started_at    timestamptz not null,
    updated_at    timestamptz not null
);
create index test_ring_by_caseworker on test_ring (caseworker_no, started_at);
