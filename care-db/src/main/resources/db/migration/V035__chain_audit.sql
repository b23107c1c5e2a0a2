-- The audit log is chained: each event is bound to the one before by SHA-256, a moment after it is written and by one
-- program at a time, so that whoever looks at a resident waits for nobody. docs/reference/audit.md has the bytes.

create table audit_entry (
    entry_no   bigint primary key check (entry_no >= 1),   -- 1, 2, 3 ...
    audit_no   bigint not null unique,                     -- of audit_event
    chained_at timestamptz not null,                       -- by the database's clock
    previous   bytea not null check (length(previous) = 32),
    hash       bytea not null check (length(hash) = 32)
);

-- The end of the chain. Its row lock lets one program at a time add to it.
create table audit_head (
    only_one boolean primary key default true check (only_one),
    entries  bigint not null,
    hash     bytea not null check (length(hash) = 32),
    below    bigint not null,                              -- no event up to this number waits to be chained
    founded  bigint not null                               -- entries of events from before there was a chain
);
insert into audit_head (entries, hash, below, founded) values (0, decode(repeat('00', 32), 'hex'), 0, 0);

-- Where the chain begins after events were removed because two years had passed.
create table audit_anchor (
    entry_no   bigint primary key,                         -- the last that was removed
    hash       bytea not null check (length(hash) = 32),   -- its
    removed_at timestamptz not null default now(),
    until      timestamptz not null                        -- events of before then are gone
);

-- That a supervisor has looked through a month.
create table audit_review (
    office_no   integer not null references office,
    month       date not null check (extract(day from month) = 1),
    reviewed_by text not null,                             -- login
    reviewed_at timestamptz not null,
    remark      text not null default '',
    primary key (office_no, month)
);

create index audit_event_by_time on audit_event (at);
create index audit_event_by_actor on audit_event (actor, audit_no);

create function audit_hash(previous bytea, entry_no bigint, chained_at timestamptz, event audit_event) returns bytea
    language plpgsql stable parallel safe as $$
begin
    return sha256(convert_to(concat_ws(E'\n', 'dolbom-audit 1', encode(previous, 'hex'), entry_no, ledger_time(chained_at),
                                       event.audit_no, ledger_time(event.at), translate(event.actor, E'\n', ' '),
                                       translate(event.action, E'\n', ' '), coalesce(event.resident_no, 0),
                                       translate(event.address, E'\n', ' '), ledger_detail(event.detail)), 'UTF8'));
end $$;

-- Chains what waits, at most so many; says how many. An event becomes visible with its transaction, and so perhaps after
-- later ones: an hour is looked back.
create function audit_chain(batch integer) returns integer language plpgsql as $$
declare
    head    audit_head;
    event   audit_event;
    moment  timestamptz;
    bound   bytea;
    chained integer := 0;
begin
    select * into strict head from audit_head for update;
    for event in select e.* from audit_event e
                  where e.audit_no > head.below
                    and not exists (select from audit_entry x where x.audit_no = e.audit_no)
                  order by e.audit_no limit batch loop
        moment := clock_timestamp();
        bound := audit_hash(head.hash, head.entries + 1, moment, event);
        insert into audit_entry values (head.entries + 1, event.audit_no, moment, head.hash, bound);
        head.entries := head.entries + 1;
        head.hash := bound;
        chained := chained + 1;
    end loop;
    if chained < batch then
        select coalesce(max(audit_no), head.below) into head.below from audit_event
         where audit_no > head.below and at < now() - interval '1 hour';
    end if;
    update audit_head set entries = head.entries, hash = head.hash, below = head.below;
    return chained;
end $$;

-- Removes what is older than two years, and says how much. It goes from the beginning of the chain up to the first that
-- is younger; where that begins is kept.
create function audit_prune() returns bigint language plpgsql as $$
declare
    oldest timestamptz := now() - interval '2 years';
    last   audit_entry;
begin
    perform from audit_head for update;
    select x.* into last from audit_entry x
     where x.entry_no < coalesce((select min(y.entry_no) from audit_entry y join audit_event e using (audit_no)
                                   where e.at >= oldest), 9223372036854775807)
     order by x.entry_no desc limit 1;
    if last.entry_no is null then
        return 0;
    end if;
    insert into audit_anchor (entry_no, hash, until) values (last.entry_no, last.hash, oldest);
    delete from audit_event where audit_no in (select audit_no from audit_entry where entry_no <= last.entry_no);
    delete from audit_entry where entry_no <= last.entry_no;
    return last.entry_no;
end $$;

-- What is wrong, the first first; nothing when nothing is.
create function audit_faults(count integer) returns table (kind text, audit_no bigint, entry_no bigint, at timestamptz)
    language sql stable as $$
    with anchor as (
        select coalesce(max(a.entry_no), 0) as entry_no,
               coalesce((select b.hash from audit_anchor b order by b.entry_no desc limit 1), decode(repeat('00', 32), 'hex'))
                   as hash
          from audit_anchor a
    ), link as (
        select x.entry_no, x.audit_no, x.chained_at, x.previous, x.hash,
               coalesce(lag(x.entry_no) over w, (select entry_no from anchor)) as before_no,
               coalesce(lag(x.hash) over w, (select hash from anchor)) as before_hash,
               lag(x.chained_at) over w as before_at
          from audit_entry x window w as (order by x.entry_no)
    ), fault as (
        select case when e.audit_no is null then 'removed'
                    when l.before_no <> l.entry_no - 1 then 'gap'
                    when l.hash <> audit_hash(l.previous, l.entry_no, l.chained_at, e) then 'changed'
                    when l.previous <> l.before_hash then 'unlinked'
                    when e.at < l.before_at - interval '1 hour' and l.entry_no > (select founded from audit_head)
                        then 'backdated' end as kind,
               l.audit_no, l.entry_no, l.chained_at as at
          from link l left join audit_event e using (audit_no)
    )
    select kind, audit_no, entry_no, at from fault where kind is not null
     union all
    select 'cut', null, h.entries, now() from audit_head h
     where not exists (
               select from (select l.entry_no, l.hash
                              from (select entry_no, hash from audit_entry union all select entry_no, hash from anchor) l
                             order by l.entry_no desc limit 1) last
                where last.entry_no = h.entries and last.hash = h.hash)
     union all
    select 'unchained', e.audit_no, null, e.at from audit_event e
     where e.at < now() - interval '10 minutes' and not exists (select from audit_entry x where x.audit_no = e.audit_no)
     order by entry_no nulls last, audit_no limit count
$$;

-- Both are only ever added to; what is older than two years may go, and an entry with it once an anchor stands for it.
create function refuse_audit_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and tg_level = 'ROW' then
        if tg_table_name = 'audit_event' then
            if old.at < now() - interval '2 years' then
                return old;
            end if;
        elsif old.entry_no <= (select max(a.entry_no) from audit_anchor a) then
            return old;
        end if;
    end if;
    raise exception '% is only ever added to', tg_table_name
        using errcode = 'insufficient_privilege',
              detail = format('%s was refused', tg_op),
              hint = 'See docs/reference/audit.md. What is older than two years is removed by the program itself.';
end $$;
create trigger audit_event_stays before update or delete on audit_event
    for each row execute function refuse_audit_change();
create trigger audit_event_is_not_emptied before truncate on audit_event
    for each statement execute function refuse_audit_change();
create trigger audit_entry_stays before update or delete on audit_entry
    for each row execute function refuse_audit_change();
create trigger audit_entry_is_not_emptied before truncate on audit_entry
    for each statement execute function refuse_audit_change();
create trigger audit_anchor_stays before update or delete or truncate on audit_anchor
    for each statement execute function refuse_audit_change();
alter table audit_event enable always trigger audit_event_stays;
alter table audit_event enable always trigger audit_event_is_not_emptied;
alter table audit_entry enable always trigger audit_entry_stays;
alter table audit_entry enable always trigger audit_entry_is_not_emptied;
alter table audit_anchor enable always trigger audit_anchor_stays;

-- What was written before there was a chain.
select audit_chain(2147483647);
update audit_head set founded = entries;
