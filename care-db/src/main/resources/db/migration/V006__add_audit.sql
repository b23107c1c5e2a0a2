-- Audit: who looked at or changed what, whom it concerned, when and from where. Append-only.

create table audit_event (
    audit_no    bigint generated always as identity primary key,
    at          timestamptz not null default now(),
    actor       text not null,                      -- login
    action      text not null,
    resident_no integer references resident,
    address     text not null,                      -- from where
    detail      jsonb not null default '{}'
);
create index audit_event_by_resident on audit_event (resident_no, at);
