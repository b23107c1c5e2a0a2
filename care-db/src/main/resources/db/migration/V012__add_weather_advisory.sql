-- Weather: while an advisory is in force the watch over the residents of its district is tightened.
-- An operator or a feed fills it; a feed that repeats itself meets the unique key.

create table weather_advisory (
    advisory_no   integer generated always as identity primary key,
    kind          text not null check (kind in ('heat-wave', 'cold-wave')),
    office_no     integer not null references office,
    neighbourhood text,                             -- as in resident.neighbourhood; null: the whole office
    starts_at     timestamptz not null,
    ends_at       timestamptz not null check (ends_at > starts_at),
    source        text not null,                    -- who said so: 'KMA', or the operator's login
    created_at    timestamptz not null default now(),
    unique nulls not distinct (kind, office_no, neighbourhood, starts_at)
);
create index weather_advisory_by_end on weather_advisory (ends_at);
