-- What a reader of the feed knows of a resident, so that it need not read the past again when it starts.
create table resident_state (
    reader      text not null,
    resident_no integer not null references resident,
    txid        xid8 not null,                      -- the position in the feed that it stands for
    state       bytea not null,                     -- kr.dolbom.risk.snapshot writes and reads it; its first byte is its version
    primary key (reader, resident_no)
) with (fillfactor = 70);                           -- rewritten in place, all day long

-- The states of all residents together hold everything up to here; beyond it each by itself may hold more.
create table resident_state_floor (
    reader text primary key,
    txid   xid8 not null
);

-- What is known of all residents together and does not follow from their states: how often homes are heard.
create table fleet_state (
    reader text primary key,
    txid   xid8 not null,                           -- the position in the feed that it stands for
    state  bytea not null                           -- kr.dolbom.risk.sight writes and reads it; its first byte is its version
);

-- Which of several engines follows the feed. By the database's clock, as those of their hosts may differ.
create table engine_lease (
    reader     text primary key,
    holder     uuid not null,                       -- made anew by each start of an engine
    term       bigint not null,                     -- counts the holders, so that one of before is told apart
    renewed_at timestamptz not null
);
