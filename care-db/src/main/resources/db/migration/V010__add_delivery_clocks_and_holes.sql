-- What became of a command, exactly:
--
--   pending ──▶ sent ──▶ delivered ──▶ answered        the device's PUBACK, then (a check-in alone) its answer
--      │          ├────▶ failed                        the device's PUBACK says no, or the command is none of the contract
--      └──────────┴────▶ expired                       no PUBACK by expires_at, or offline where it may not wait
--
-- 'sent' was handed to a connection; it is sent again over the next one until a PUBACK comes or it expires.
alter table device_command drop constraint device_command_state_check;
alter table device_command
    add constraint device_command_state_check
        check (state in ('pending', 'sent', 'delivered', 'answered', 'failed', 'expired')),
    add column when_offline text not null default 'wait'  -- what it does while its device is not connected
        check (when_offline in ('wait', 'expire')),
    add column delivered_at timestamptz,                   -- when the device's PUBACK came
    add column failure text;                               -- why it failed: the PUBACK's reason and words, or ours

drop index device_command_pending;
create index device_command_undelivered on device_command (device_no, created_at) where state in ('pending', 'sent');

-- Messages whose time was not believed: telemetry.at is not what the device said. The row is the flag, and it is what
-- recognises the message when it comes again, as `at` may then be another.
create table telemetry_clock (
    device_no   integer not null,
    message_id  uuid not null,
    device_time timestamptz not null,               -- what the device's clock said
    primary key (device_no, message_id)
);

-- What is kept and pages nobody (but an emergency that is live, see ObservedTime in firmware-contract).
create view flagged_telemetry as
    select telemetry.device_no, telemetry.message_id, telemetry.kind, telemetry.at, telemetry.received_at,
           telemetry_clock.device_time,
           case when telemetry_clock.device_time is null then 'late' else 'clock-wrong' end as flag
      from telemetry left join telemetry_clock using (device_no, message_id)
     where telemetry_clock.device_time is not null
        or telemetry.at < telemetry.received_at - interval '72 hours';

-- Holes in a device's count of its messages. A row is one jump; `missing` shrinks as they come late after all.
create table sequence_gap (
    gap_no     bigint generated always as identity primary key,
    device_no  integer not null,
    from_seq   bigint not null,
    to_seq     bigint not null check (to_seq >= from_seq),
    missing    int8multirange not null,             -- what has not come; not empty in a closed row: it never will
    noticed_at timestamptz not null,
    closed_at  timestamptz                          -- all came, or the device began to count anew
);
create unique index sequence_gap_open on sequence_gap (device_no, from_seq) where closed_at is null;

-- How far each device has counted, as of a transaction: what was stored from then on is found by telemetry.txid. Written
-- once a minute, not with every message.
create table device_sequence (
    device_no integer primary key,
    highest   bigint not null,
    anew_txid xid8 not null default '0'             -- the transaction in which it began to count anew
);
create table sequence_checkpoint (
    only_row boolean primary key default true check (only_row),
    txid     xid8 not null
);
insert into device_sequence (device_no, highest) select device_no, max(seq) from telemetry group by device_no;
insert into sequence_checkpoint (txid) values (pg_current_xact_id());

-- With it the row of a connection's end tells how long it lasted, whatever the order in which a takeover is written.
alter table presence_event add column since timestamptz;   -- when the connection that ended had begun; null: it begins

-- When no device could have been heard, whatever it did: our own fault, and nobody's silence.
create table platform_gap (
    gap_no  integer generated always as identity primary key,
    from_at timestamptz not null,
    to_at   timestamptz not null check (to_at >= from_at),
    reason  text not null check (reason in ('broker-stopped', 'broker-killed', 'database-away'))
);
create index platform_gap_by_time on platform_gap (to_at);
-- When the broker last had its database; written every five seconds.
create table broker_alive (
    only_row boolean primary key default true check (only_row),
    seen_at  timestamptz not null,
    stopped  boolean not null                       -- it ended as it was told to
);
