-- Who is called for an alert, in which order, by what; who else may be called; and what supervisors must know beforehand.

alter table caseworker
    add column duty text not null default 'caseworker' check (duty in ('caseworker', 'supervisor')),
    add column left_at timestamptz;                    -- no longer here: never called, never on a roster

-- Family or neighbours of a resident, called only while they consent.
create table guardian (
    guardian_no  integer generated always as identity primary key,
    guardian_id  uuid not null unique default gen_random_uuid(),
    resident_no  integer not null references resident,
    name         text not null,
    relation     text not null,                        -- '딸', 'neighbour'
    phone        text not null check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    language     text not null default 'ko' check (language in ('ko', 'en')),
    consented_at timestamptz,                          -- null: has not consented, is never called
    withdrawn_at timestamptz,
    created_at   timestamptz not null default now(),
    check (withdrawn_at >= consented_at)
);
create index guardian_by_resident on guardian (resident_no);

-- The latest row of an office and a tier counts; one without an office counts for offices that have none of their own.
create table escalation_policy (
    policy_no  integer generated always as identity primary key,
    office_no  integer references office,
    tier       text not null check (tier in ('critical', 'urgent', 'check-in', 'review')),
    policy     jsonb,                                  -- kr.dolbom.caseworker.escalation.Policy; null: back to the default
    changed_at timestamptz not null default now(),
    changed_by text not null,                          -- login
    reason     text not null
);
create index escalation_policy_latest on escalation_policy (office_no, tier, policy_no);

-- The resident's own time to answer the robot; null: as the program's settings say.
alter table resident add column answer_seconds smallint check (answer_seconds between 5 and 600);

alter table alert
    add column drill boolean not null default false,   -- an exercise: everybody who is told of it is told so
    add column acknowledged_guardian integer references guardian,
    add column snoozed_until timestamptz,              -- whoever has it is not asked again before
    add column confirmed_at timestamptz,               -- when whoever has it said last that they still do
    add column emergency_called_at timestamptz;        -- when 119 was called
alter table alert drop constraint alert_check2;
alter table alert add constraint alert_acknowledged check
    (state <> 'acknowledged' or (acknowledged_at is not null
                                 and num_nonnulls(acknowledged_by, acknowledged_guardian) = 1));

alter table escalation_attempt
    alter column caseworker_no drop not null,
    add column guardian_no integer references guardian,
    add column purpose text not null default 'alert'
        check (purpose in ('alert', 'reminder', 'hand-over', 'notice')),
    add column bundle_of uuid references escalation_attempt,   -- the call that reads this alert as well
    drop constraint escalation_attempt_channel_check,
    add constraint escalation_attempt_channel_check check (channel in ('sms', 'voice', 'alimtalk', 'push')),
    drop constraint escalation_attempt_alert_id_step_channel_key,
    add constraint escalation_attempt_recipient check (num_nonnulls(caseworker_no, guardian_no) = 1);
create unique index escalation_attempt_once on escalation_attempt
    (alert_id, step, channel, coalesce(caseworker_no, 0), coalesce(guardian_no, 0));
create index escalation_attempt_by_bundle on escalation_attempt (bundle_of) where bundle_of is not null;
-- Calls that have not ended, by phone: no phone is rung twice at once.
create index escalation_attempt_live on escalation_attempt (destination)
    where channel = 'voice' and state in ('starting', 'accepted', 'ringing', 'answered');

-- Something that a supervisor, or without an office an operator, must know before it matters. One trouble is one open
-- notice, however often it is noticed.
create table notice (
    notice_id uuid primary key default gen_random_uuid(),
    office_no integer references office,
    kind      text not null,                           -- 'nobody-on-call', 'number-unusable', 'shift-gap' ...
    about     text not null default '',                -- what it is about: a shift, a caseworker
    text_ko   text not null,
    text_en   text not null,
    raised_at timestamptz not null,
    told_at   timestamptz,                             -- when it was texted to somebody
    ended_at  timestamptz                              -- it is no longer so
);
create unique index notice_open on notice (coalesce(office_no, 0), kind, about) where ended_at is null;
