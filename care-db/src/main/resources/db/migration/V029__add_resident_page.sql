-- What the page of a resident needs: their days in few rows, notes, what they agreed to and when, what was said to them.

-- One row a resident and day of their office, made from telemetry: a page of three months reads ninety rows, whatever
-- the telemetry of a hundred thousand homes.
create table resident_day (
    resident_no  integer not null references resident,
    day          date not null,
    seen         smallint[] not null check (cardinality(seen) = 24),      -- by hour: bit n is set when the resident
    bathroom     smallint[] not null check (cardinality(bathroom) = 24),  -- was seen (there) in the hour's nth five minutes
    talks        integer not null,                  -- messages that tell of the resident's talk
    turns        integer not null,                  -- how often they spoke
    talk_seconds integer not null,
    taken        integer not null,                  -- reminders of medication that were heeded
    missed       integer not null,                  -- and those that were not
    primary key (resident_no, day)
) with (fillfactor = 80);

create function or_each(one smallint[], other smallint[]) returns smallint[] language sql immutable parallel safe as $$
    select array_agg(a | b order by n) from unnest(one, other) with ordinality each (a, b, n)
$$;

-- What colleagues should know. Wrong ones stay, with a further note.
create table resident_note (
    note_no       bigint generated always as identity primary key,
    note_id       uuid not null unique default gen_random_uuid(),
    resident_no   integer not null references resident,
    text          text not null check (length(text) between 1 and 2000),
    written_by    text not null,                    -- login
    caseworker_no integer references caseworker,    -- who that is; null for an operator
    written_at    timestamptz not null
);
create index resident_note_by_resident on resident_note (resident_no, note_no desc);
create trigger resident_note_stays before update or delete or truncate on resident_note
    execute function refuse_change();

-- When a resident agreed to what, or took it back, as somebody entered it; `resident` has how it stands.
create table consent_change (
    change_no   bigint generated always as identity primary key,
    resident_no integer not null references resident,
    consent     text not null check (consent in ('transcript', 'check-in-call', 'guardian')),
    guardian_no integer references guardian,
    given       boolean not null,
    note        text check (length(note) between 3 and 500),
    changed_by  text not null,                      -- login
    changed_at  timestamptz not null,
    check ((consent = 'guardian') = (guardian_no is not null))
);
create index consent_change_by_resident on consent_change (resident_no, change_no desc);
create trigger consent_change_stays before update or delete or truncate on consent_change
    execute function refuse_change();

-- What a person had the robot say; what became of it has device_command.
create table spoken_sentence (
    command_id  uuid primary key references device_command,
    resident_no integer not null references resident,
    said_by     text not null,                      -- login
    said_at     timestamptz not null
);
create index spoken_sentence_by_resident on spoken_sentence (resident_no, said_at desc);

-- What the robot calls the resident, encrypted as their name is; null: by their name.
alter table resident add column spoken_name text;
