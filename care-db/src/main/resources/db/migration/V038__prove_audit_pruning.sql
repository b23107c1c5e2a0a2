-- That the beginning of the audit log was removed because two years had passed, and not before, can be checked: the last
-- event that is old enough stays, as the witness of all that went before it. It is bound to all that comes after it, and
-- so nobody makes it older than it is. docs/reference/audit.md has what that proves and what it does not.

-- Two years before a moment, in whatever time zone a session is.
create function audit_limit(moment timestamptz) returns timestamptz language sql immutable as $$
    select ((moment at time zone 'UTC') - interval '2 years') at time zone 'UTC'
$$;

-- Whether an entry and its event are older than this. Entries from before there was a chain were all chained in one
-- moment: there the event's own time counts.
create function audit_is_old(entry audit_entry, event audit_event, oldest timestamptz) returns boolean
    language sql stable as $$
    select event.at < oldest and (entry.chained_at < oldest or entry.entry_no <= (select founded from audit_head))
$$;

-- Removes what is older than two years, and says up to which entry. It goes from the beginning of the chain up to the
-- first that is younger; the last that is old stays.
create or replace function audit_prune() returns bigint language plpgsql as $$
declare
    oldest  timestamptz := audit_limit(now());
    witness bigint;
    last    audit_entry;
begin
    perform from audit_head for update;
    select max(x.entry_no) into witness from audit_entry x
     where x.entry_no < coalesce((select y.entry_no from audit_entry y join audit_event e using (audit_no)
                                   where not audit_is_old(y, e, oldest) order by y.entry_no limit 1),
                                 9223372036854775807);
    select x.* into last from audit_entry x where x.entry_no < witness order by x.entry_no desc limit 1;
    if last.entry_no is null then
        return 0;
    end if;
    insert into audit_anchor (entry_no, hash, until) values (last.entry_no, last.hash, oldest);
    delete from audit_event where audit_no in (select audit_no from audit_entry where entry_no <= last.entry_no);
    delete from audit_entry where entry_no <= last.entry_no;
    return last.entry_no;
end $$;

-- As before, and besides: whether what went from the beginning was two years old when it went.
alter function audit_faults(integer) rename to audit_chain_faults;
create function audit_faults(count integer) returns table (kind text, audit_no bigint, entry_no bigint, at timestamptz)
    language sql stable as $$
    with anchor as (
        select a.entry_no, a.removed_at from audit_anchor a order by a.entry_no desc limit 1
    ), witness as (
        select x.entry_no, x.audit_no from audit_entry x order by x.entry_no limit 1
    ), early as (
        select 'early' as kind, w.audit_no, coalesce(w.entry_no, a.entry_no) as entry_no, a.removed_at as at
          from anchor a left join witness w on true
         where w.entry_no is null
            or a.removed_at > now() + interval '1 hour'
            or exists (select from audit_entry x join audit_event e using (audit_no)
                        where x.entry_no = w.entry_no and not audit_is_old(x, e, audit_limit(a.removed_at)))
    )
    select kind, audit_no, entry_no, at from early
     union all
    select f.kind, f.audit_no, f.entry_no, f.at from audit_chain_faults(count) f
     order by entry_no nulls last, audit_no limit count
$$;

create or replace function refuse_audit_change() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and tg_level = 'ROW' then
        if tg_table_name = 'audit_event' then
            if old.at < audit_limit(now()) then
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
