-- Telemetry: one row a message, append-only; and quarantine for what was refused.

create table telemetry_kind (
    kind smallint primary key,
    name text not null unique
);
insert into telemetry_kind (kind, name) values
    (1, 'activity'), (2, 'voice'), (3, 'inactivity'), (4, 'status'),
    (5, 'medication'), (6, 'emergency'), (7, 'check-in'), (8, 'presence');

-- device_no, resident_no and kind have no foreign keys: the broker took them from the registry in memory,
-- and a check per row would double the cost of the only table that is written thousands of times a second.
create table telemetry (
    at          timestamptz not null,               -- the device's clock
    received_at timestamptz not null,               -- the broker's clock
    seq         bigint not null,                    -- per device; holes are lost messages
    txid        xid8 not null default pg_current_xact_id(),  -- the feed's position, see telemetry_feed
    device_no   integer not null,
    resident_no integer,                            -- to whom the device was bound on receipt; null: to nobody
    kind        smallint not null,
    message_id  uuid not null,                      -- UUIDv7; with device_no the idempotency key
    data        jsonb not null                      -- the message's `data`, unknown members kept
);

do $$
begin
    if exists (select from pg_extension where extname = 'timescaledb') then
        perform create_hypertable('telemetry', 'at', chunk_time_interval => interval '7 days', create_default_indexes => false);
    end if;
end $$;

-- A message sent again is the same bytes, so the same `at`: the partitioning column costs the key nothing.
create unique index telemetry_message on telemetry (device_no, message_id, at);
create index telemetry_series on telemetry (resident_no, at);
-- Readers follow by transaction, not by sequence: rows with txid < pg_snapshot_xmin(pg_current_snapshot())
-- are complete, and none can appear among them later.
create index telemetry_feed on telemetry (txid);

create table quarantine (
    quarantine_no bigint generated always as identity primary key,
    received_at   timestamptz not null default now(),
    device_no     integer references device,
    device_id     text not null,                    -- the client id as it was given
    topic         text not null,
    reason        text not null,                    -- id in the contract's table of reasons
    reason_code   smallint not null,                -- MQTT 5 reason code that was answered
    pointer       text not null,                    -- JSON pointer of the fault; empty: the whole message
    detail        text not null,
    payload       bytea not null check (length(payload) <= 16384)
);
create index quarantine_by_device on quarantine (device_id, received_at);
