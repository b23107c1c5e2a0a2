-- Calls wait in line for their turn: the provider takes so many a second of one account, whatever instance asks for them.

alter table escalation_attempt
    add column placed_at timestamptz,                  -- when it was asked of the provider; null: it waits for its turn
    add column urgency smallint not null default 0;    -- of the most urgent alert that a call tells of: 0 critical ... 3
                                                       -- review, 4 more for a drill
update escalation_attempt set placed_at = started_at;
-- The most urgent first, first rings before later ones.
create index escalation_attempt_line on escalation_attempt (urgency, step, started_at)
    where channel = 'voice' and state = 'starting' and placed_at is null and bundle_of is null;

-- When the account may make its next call, by the database's clock.
create table call_pace (
    only_one boolean primary key default true check (only_one),
    free_at  timestamptz not null
);
insert into call_pace (free_at) values (now());
