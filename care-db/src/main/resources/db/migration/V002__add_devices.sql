-- Devices: the registry with credentials, and what the broker knows of each connection.

create table device (
    device_no   integer generated always as identity primary key,
    device_id   text not null unique check (device_id ~ '^[a-z0-9][a-z0-9-]{2,63}$'),  -- the MQTT client id
    resident_no integer references resident,        -- null: enrolled, not yet in a home
    vendor      text not null,
    model       text not null,
    secret_salt bytea not null check (length(secret_salt) = 16),
    secret_hash bytea not null check (length(secret_hash) = 32),  -- SHA-256(salt, secret); the secret itself has 256 random bits
    revoked_at  timestamptz,
    created_at  timestamptz not null default now()
);
create index device_by_resident on device (resident_no);

-- One row a device: the connection as it is now.
create table device_presence (
    device_no       integer primary key references device,
    connected       boolean not null,
    changed_at      timestamptz not null,           -- when `connected` last changed
    reason          text not null,                  -- why: connect, disconnect, last-will, keep-alive, taken-over, broker-start ...
    firmware        text,                           -- from the last status message
    contract        text,
    battery_percent smallint check (battery_percent between 0 and 100),
    on_mains        boolean,
    status_at       timestamptz                     -- time of that status message
);

create table presence_event (
    device_no integer not null references device,
    at        timestamptz not null,
    connected boolean not null,
    reason    text not null
);
create index presence_event_by_device on presence_event (device_no, at);
