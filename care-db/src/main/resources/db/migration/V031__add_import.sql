-- Who is no longer looked after, and files on their way into the registry.

alter table resident
    add column left_at timestamptz,                    -- null: is looked after
    add column left_because text check (left_because in ('moved-out', 'deceased', 'other')),
    add check ((left_at is null) = (left_because is null));

-- A file that somebody has looked at and not yet confirmed. What is in it is removed once it is imported, thrown away or
-- a day old.
create table people_import (
    import_id    uuid primary key default gen_random_uuid(),
    kind         text not null check (kind in ('residents', 'guardians', 'caseworkers', 'devices')),
    office_no    integer not null references office,   -- into which
    content      text,                                 -- the file; null: removed
    uploaded_by  text not null,                        -- login
    uploaded_at  timestamptz not null,
    confirmed_by text,                                 -- login
    confirmed_at timestamptz,
    reason       text,
    added        integer,
    changed      integer,
    unchanged    integer,
    check (num_nonnulls(confirmed_by, confirmed_at, reason, added, changed, unchanged) in (0, 6)),
    check (confirmed_at is null or content is null)
);
create index people_import_by_time on people_import (uploaded_at) where content is not null;
create index people_import_confirmed on people_import (office_no, confirmed_at desc) where confirmed_at is not null;
