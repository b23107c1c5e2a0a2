-- Every refusal is counted, by device, reason and hour; only some messages are kept, so that a device which sends nothing
-- else cannot fill the disk.

create table quarantine_count (
    device_no integer not null references device,
    hour      timestamptz not null,                 -- its beginning
    reason    text not null,
    messages  bigint not null,                      -- all that were refused
    kept      integer not null,                     -- of which so many got a row in quarantine
    bytes     bigint not null,                      -- what those rows take that still stand there
    first_at  timestamptz not null,
    last_at   timestamptz not null,
    primary key (device_no, hour, reason)
);
create index quarantine_count_by_hour on quarantine_count (hour);

insert into quarantine_count (device_no, hour, reason, messages, kept, bytes, first_at, last_at)
select device_no, date_trunc('hour', received_at, 'UTC'), reason, count(*), count(*), sum(length(payload) + 300),
       min(received_at), max(received_at)
  from quarantine
 where device_no is not null
 group by 1, 2, 3;

alter table quarantine add column payload_length integer;  -- as it was sent, before it was cut; null: not known
create index quarantine_by_time on quarantine (received_at);
