-- What could not be seen: incidents, in which many homes were silent together, and each home's own gaps.

-- One row an incident, begun by the engine and ended by it.
create table incident (
    incident_no bigint generated always as identity primary key,
    scope       text not null check (scope in ('all', 'district', 'vendor')),
    office_no   integer references office,          -- whose district it is
    name        text not null,                      -- of the district or the vendor; empty: all homes
    cause       text not null check (cause in ('network-silent', 'platform-fault')),
    began_at    timestamptz not null,
    noticed_at  timestamptz not null,
    ended_at    timestamptz,                        -- null: it lasts
    part_of_all boolean not null default false,     -- it turned out to be a part of an incident of all homes
    homes       integer not null check (homes >= 0),    -- that were missed when it was noticed
    expected    real not null,                      -- of so many homes a sign was expected by then
    heard       integer not null,                   -- and there was one of so many
    check (ended_at >= began_at),
    check ((scope = 'district') = (office_no is not null)),
    check ((scope = 'all') = (name = ''))
);
-- So that neither a crash nor a replay writes one twice.
create unique index incident_once on incident (scope, coalesce(office_no, 0), name, began_at);
create unique index incident_one_open on incident (scope, coalesce(office_no, 0), name) where ended_at is null;
create index incident_by_time on incident (began_at);

-- When a home was not watched: nothing proved that a device there was alive, so nobody's silence was counted. A row goes
-- or shrinks when history that comes late proves the time after all.
create table monitoring_gap (
    resident_no integer not null references resident,
    from_at     timestamptz not null,
    to_at       timestamptz check (to_at > from_at),    -- null: it lasts
    cause       text not null check (cause in ('device-silent', 'network-silent', 'platform-fault')),
    primary key (resident_no, from_at)
);
create unique index monitoring_gap_one_open on monitoring_gap (resident_no) where to_at is null;
create index monitoring_gap_by_time on monitoring_gap (from_at);
