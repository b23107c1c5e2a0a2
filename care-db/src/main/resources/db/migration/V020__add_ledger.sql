-- The ledger: what proves that somebody was reached, entry by entry, each bound to the one before by SHA-256. One chain
-- an alert, so that nobody waits for another alert; seals bind the chains together. docs/reference/ledger.md has the
-- bytes that are hashed, for whoever recomputes them without our code.

create table ledger_entry (
    alert_id    uuid not null,
    entry_no    integer not null check (entry_no >= 1),    -- 1, 2, 3 ... in each alert's chain
    at          timestamptz not null,                      -- when it happened, by the clock of the program that saw it
    recorded_at timestamptz not null,                      -- when it was chained, by the database's clock
    event_no    bigint not null unique,                    -- of alert_event
    type        text not null,
    actor       text not null,
    detail      text not null,                             -- JSON, exactly as it is hashed
    previous    bytea not null check (length(previous) = 32),
    hash        bytea not null check (length(hash) = 32),
    primary key (alert_id, entry_no)
);

-- The end of each chain: what the next entry is bound to. Its row lock puts writers of one alert in order.
create table ledger_head (
    alert_id uuid primary key,
    entries  integer not null,
    hash     bytea not null check (length(hash) = 32),
    sealed   boolean not null default false
) with (fillfactor = 70);
create index ledger_head_unsealed on ledger_head (alert_id) where not sealed;

create table ledger_seal (
    seal_no  integer primary key check (seal_no >= 1),
    at       timestamptz not null,
    alerts   integer not null check (alerts >= 1),
    previous bytea not null check (length(previous) = 32),
    hash     bytea not null check (length(hash) = 32)
);
-- Which chains a seal binds, as long as they were then.
create table ledger_seal_head (
    seal_no  integer not null references ledger_seal,
    alert_id uuid not null,
    entries  integer not null,
    hash     bytea not null check (length(hash) = 32),
    primary key (seal_no, alert_id)
);
create index ledger_seal_head_by_alert on ledger_seal_head (alert_id, seal_no);

-- In PL/pgSQL, which keeps its plans: these run with every event.
create function ledger_time(moment timestamptz) returns text language plpgsql stable parallel safe as $$
begin
    return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');
end $$;

-- The object's members in order of their names' bytes, without white space.
create function ledger_detail(detail jsonb) returns text language plpgsql stable parallel safe as $$
begin
    return (select '{' || coalesce(string_agg(to_json(key)::text || ':' || value::text, ',' order by key collate "C"), '') || '}'
              from jsonb_each(detail));
end $$;

create function ledger_hash(entry ledger_entry) returns bytea language plpgsql stable parallel safe as $$
begin
    return sha256(convert_to(concat_ws(E'\n', 'dolbom-ledger 1', encode(entry.previous, 'hex'), entry.alert_id,
                                       entry.entry_no, ledger_time(entry.at), ledger_time(entry.recorded_at),
                                       entry.event_no, entry.type, entry.actor, entry.detail), 'UTF8'));
end $$;

-- Begins chains that are not there yet, and locks all in order of the alerts: so that two transactions which add to the
-- same chains never wait for each other.
create function ledger_lock(alerts uuid[]) returns void language plpgsql as $$
begin
    insert into ledger_head (alert_id, entries, hash)
    select alert_id, 0, decode(repeat('00', 32), 'hex') from unnest(alerts) alert_id order by alert_id
        on conflict (alert_id) do nothing;
    perform from ledger_head where alert_id = any (alerts) order by alert_id for no key update;
end $$;

-- The alerts to which this transaction adds events, from this one on; they are at the end of the index.
create function ledger_alerts(first_event bigint) returns uuid[] language plpgsql
    set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
    return (select array_agg(distinct alert_id) from alert_event
             where event_no >= first_event and xmin = pg_current_xact_id()::xid);
end $$;

-- Puts an event at the end of its alert's chain. The first entry also says what the alert is, and one that tells of a
-- raised tier which.
create function ledger_append(event alert_event) returns void language plpgsql as $$
declare
    entry  ledger_entry;
    head   ledger_head;
    alerts uuid[];
    detail jsonb := event.detail;
begin
    if current_setting('dolbom.ledger_locked', true) is distinct from pg_current_xact_id()::text then
        alerts := ledger_alerts(event.event_no);
        if cardinality(alerts) > 1 then
            perform ledger_lock(alerts);
        end if;
        perform set_config('dolbom.ledger_locked', pg_current_xact_id()::text, true);
    end if;
    select * into head from ledger_head where alert_id = event.alert_id for no key update;
    if not found then
        perform ledger_lock(array[event.alert_id]);
        select * into strict head from ledger_head where alert_id = event.alert_id for no key update;
    end if;
    if head.entries = 0 then
        select jsonb_build_object('alert.tier', a.tier, 'alert.family', a.family, 'alert.drill', a.drill::text,
                                  'alert.moment', ledger_time(a.moment), 'alert.raised-at', ledger_time(a.raised_at),
                                  'alert.resident', r.resident_id, 'alert.office', o.office_id) || detail
          into strict detail
          from alert a join resident r using (resident_no) join office o using (office_no)
         where a.alert_id = event.alert_id;
    elsif event.type = 'tier-raised' then
        select jsonb_build_object('tier', tier) || detail into strict detail
          from alert where alert_id = event.alert_id;
    end if;
    -- Lines are what separates the fields.
    entry := (event.alert_id, head.entries + 1, event.at, clock_timestamp(), event.event_no,
              translate(event.type, E'\n', ' '), translate(event.actor, E'\n', ' '), ledger_detail(detail),
              head.hash, null);
    entry.hash := ledger_hash(entry);
    insert into ledger_entry values (entry.*);
    update ledger_head set entries = entry.entry_no, hash = entry.hash, sealed = false
     where alert_id = event.alert_id;
end $$;

-- Calling people goes before keeping books: what cannot be chained is left for the next seal, and the check names it.
create function ledger_try_append(event alert_event) returns boolean language plpgsql as $$
begin
    perform ledger_append(event);
    return true;
exception when others then
    raise warning 'event % of alert % is not in the ledger yet: %', event.event_no, event.alert_id, sqlerrm;
    return false;
end $$;

create function append_to_ledger() returns trigger language plpgsql as $$
begin
    perform ledger_try_append(new);
    return null;
end $$;

-- At the end of the transaction: the chain's lock is held for the commit alone and joins no circle of waiting.
create constraint trigger alert_event_ledger after insert on alert_event deferrable initially deferred
    for each row execute function append_to_ledger();
alter table alert_event enable always trigger alert_event_ledger;

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is only ever added to', tg_table_name
        using errcode = 'insufficient_privilege',
              detail = format('%s was refused', tg_op),
              hint = 'See docs/reference/ledger.md. Nothing in it has to be corrected: what is wrong stays, with a later entry.';
end $$;
create trigger ledger_entry_stays before update or delete or truncate on ledger_entry
    execute function refuse_change();
create trigger ledger_seal_stays before update or delete or truncate on ledger_seal
    execute function refuse_change();
create trigger ledger_seal_head_stays before update or delete or truncate on ledger_seal_head
    execute function refuse_change();
alter table ledger_entry enable always trigger ledger_entry_stays;
alter table ledger_seal enable always trigger ledger_seal_stays;
alter table ledger_seal_head enable always trigger ledger_seal_head_stays;

-- What happened before there was a ledger, as it stands on the timelines now.
do $$
declare
    event alert_event;
begin
    for event in select * from alert_event order by event_no loop
        perform ledger_append(event);
    end loop;
end $$;

-- The monthly report reads alerts by time.
create index alert_by_time on alert (raised_at);
