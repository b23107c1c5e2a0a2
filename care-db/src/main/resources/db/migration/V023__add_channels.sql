-- AlimTalk with a text in its place, browsers that take push messages, and who was told of a notice.

-- How long an AlimTalk message may take to be delivered until a text goes out in its place; null: as the program's
-- settings say.
alter table office add column alimtalk_wait_seconds smallint check (alimtalk_wait_seconds between 10 and 600);

-- When a text goes out in the place of this AlimTalk message unless it is delivered by then; null: never, or done.
alter table escalation_attempt add column text_due_at timestamptz;
create index escalation_attempt_text_due on escalation_attempt (alert_id) where text_due_at is not null;

-- A browser in which a caseworker wants to be told of alerts: what it gave to its page.
create table push_subscription (
    subscription_no integer generated always as identity primary key,
    subscription_id uuid not null unique default gen_random_uuid(),
    caseworker_no   integer not null references caseworker,
    endpoint        text not null unique,              -- where its push service takes messages
    public_key      text not null,                     -- p256dh, base64url
    auth_secret     text not null,                     -- base64url
    subscribed_at   timestamptz not null
);
create index push_subscription_by_caseworker on push_subscription (caseworker_no);

-- By what this platform proves itself to push services (VAPID, RFC 8292); browsers subscribe to this key, so it stays.
create table push_key (
    only_one    boolean primary key default true check (only_one),
    private_key text not null,                         -- PKCS#8, base64
    public_key  text not null,                         -- X.509, base64
    made_at     timestamptz not null
);

alter table notice
    add column matters_at timestamptz,                 -- when it begins to matter; null: at no certain moment
    add column tell_after timestamptz,                 -- when telling is tried next; null: as soon as may be
    add column seen_at timestamptz,                    -- when somebody said that they have seen it
    add column seen_by text;                           -- whose login
create index notice_to_tell on notice (office_no) where ended_at is null and told_at is null and seen_at is null;
create index notice_by_time on notice (raised_at desc, notice_id);

-- A text that told a supervisor of notices.
create table notice_text (
    text_id       uuid primary key default gen_random_uuid(),
    caseworker_no integer not null references caseworker,
    notices       uuid[] not null,
    state         text not null,                       -- as escalation_attempt has it
    provider_sid  text unique,
    error         text,
    started_at    timestamptz not null,
    updated_at    timestamptz not null
);
create index notice_text_by_notice on notice_text using gin (notices);
