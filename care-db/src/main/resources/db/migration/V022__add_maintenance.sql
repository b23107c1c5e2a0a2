-- Maintenance: an office's alerts that are not critical are held back for a time, and go on when it is over.

create table maintenance (
    maintenance_no integer generated always as identity primary key,
    maintenance_id uuid not null unique default gen_random_uuid(),
    office_no      integer not null references office,
    begins_at      timestamptz not null,
    ends_at        timestamptz not null,               -- at the latest; however often it is extended
    reason         text not null,
    begun_by       text not null,                      -- login
    ended_at       timestamptz,                        -- null: not noticed as over; what counts is ends_at
    check (ends_at > begins_at and ends_at <= begins_at + interval '24 hours')
);
create unique index maintenance_open on maintenance (office_no) where ended_at is null;
create index maintenance_by_office on maintenance (office_no, begins_at);
