-- Planned conversations with residents, what residents ask for, and the tasks of caseworkers that come of both.

-- When a resident is asked how they are, and what. A resident's own row goes before the office's.
create table check_in_plan (
    plan_no     integer generated always as identity primary key,
    office_no   integer unique references office,   -- of all its residents who have none of their own
    resident_no integer unique references resident,
    days        text not null check (days ~ '^((mon|tue|wed|thu|fri|sat|sun)( (mon|tue|wed|thu|fri|sat|sun))*)?$'),  -- empty: never
    asked_at    time not null,                      -- office time
    questions   text not null,                      -- 'sleep meal', in the order in which they are asked
    changed_at  timestamptz not null,
    changed_by  text not null,                      -- login
    check (num_nonnulls(office_no, resident_no) = 1)
);

-- Without it nobody is called by phone to be asked how they are.
alter table resident add column check_in_call_consent boolean not null default false;

-- One conversation, begun anew once where nobody answers.
--
--   planned ──▶ asking (the robot) ──▶ answered
--      │        calling (the phone) ─▶ waiting ──▶ asking, calling ──▶ answered, unanswered
--      └──────▶ left-out                  └──────▶ left-out
create table check_in (
    check_in_no integer generated always as identity primary key,
    check_in_id uuid not null unique default gen_random_uuid(),
    resident_no integer not null references resident,
    day         date not null,                      -- office time; one conversation a day
    planned_at  timestamptz not null,
    questions   text not null,
    state       text not null default 'planned'
        check (state in ('planned', 'asking', 'calling', 'waiting', 'answered', 'unanswered', 'left-out')),
    attempt     smallint not null default 0 check (attempt between 0 and 2),
    command_id  uuid references device_command,     -- the robot's latest question
    call_id     uuid,                               -- the latest call
    due_at      timestamptz not null,               -- when it is looked at again, whatever happens
    left_out    text,                               -- why nobody was asked
    summary_ko  text,
    summary_en  text,
    ended_at    timestamptz,
    unique (resident_no, day),
    check ((ended_at is not null) = (state in ('answered', 'unanswered', 'left-out'))),
    check ((left_out is not null) = (state = 'left-out'))
);
create index check_in_due on check_in (due_at) where ended_at is null;
create index check_in_by_command on check_in (command_id);

create table check_in_answer (
    check_in_no integer not null references check_in,
    question    text not null,
    answer      text not null check (answer in ('well', 'not-well', 'help', 'unclear')),
    words       text,                               -- only with the resident's consent to transcripts
    answered_at timestamptz not null,
    primary key (check_in_no, question)
);

create table check_in_call (
    call_id      uuid primary key default gen_random_uuid(),
    check_in_no  integer not null references check_in,
    phone        text not null,
    state        text not null,                     -- as escalation_attempt has it
    provider_sid text,
    error        text,
    started_at   timestamptz not null
);
alter table check_in add foreign key (call_id) references check_in_call;

-- What a resident asked the robot for. The broker writes it with the message that tells of it.
create table resident_request (
    device_no   integer not null,
    message_id  uuid not null,
    resident_no integer not null,
    at          timestamptz not null,
    confidence  real not null,
    words       text,                               -- only with the resident's consent to transcripts
    seen        boolean not null default false,     -- by caseworker-api
    primary key (device_no, message_id)
);
create index resident_request_unseen on resident_request (at) where not seen;

-- A text that tells a caseworker of tasks.
create table task_text (
    text_id       uuid primary key default gen_random_uuid(),
    caseworker_no integer not null references caseworker,
    state         text not null,                    -- as escalation_attempt has it
    provider_sid  text,
    error         text,
    started_at    timestamptz not null
);

-- Something to do for a resident that does not hurry: no phone rings for it.
create table task (
    task_no     integer generated always as identity primary key,
    task_id     uuid not null unique default gen_random_uuid(),
    resident_no integer not null references resident,
    kind        text not null check (kind in ('meal', 'visit', 'welfare')),
    source      text not null check (source in ('request', 'check-in')),
    words       text,
    state       text not null default 'open' check (state in ('open', 'taken', 'done')),
    asked_at    timestamptz not null,
    text_id     uuid references task_text,          -- null: nobody has been told
    tell_after  timestamptz not null,               -- nobody is told before
    taken_by    integer references caseworker,
    taken_at    timestamptz,
    done_by     text,                               -- login
    done_at     timestamptz,
    note        text,
    check (state <> 'taken' or taken_by is not null),
    check ((state = 'done') = (done_at is not null))
);
create index task_by_resident on task (resident_no, asked_at);
create index task_open on task (asked_at) where state <> 'done';
create index task_untold on task (tell_after) where text_id is null and state = 'open';
