-- People: the city's offices, their caseworkers, the residents they watch over, and who may sign in.
-- Keys: *_no is the database's own number (small, never shown outside); *_id is the public name.

create table office (
    office_no  integer generated always as identity primary key,
    office_id  uuid not null unique default gen_random_uuid(),
    name_ko    text not null,                       -- said first in every call: '고양시청 노인복지과'
    name_en    text not null,
    short_name text not null,                       -- opens every text message: '고양시 노인복지과'
    time_zone  text not null default 'Asia/Seoul',
    created_at timestamptz not null default now()
);

create table caseworker (
    caseworker_no integer generated always as identity primary key,
    caseworker_id uuid not null unique default gen_random_uuid(),
    office_no     integer not null references office,
    name          text not null,
    phone         text not null check (phone ~ '^\+[1-9][0-9]{6,14}$'),   -- E.164
    language      text not null default 'ko' check (language in ('ko', 'en')),
    created_at    timestamptz not null default now()
);

create table account (
    account_no    integer generated always as identity primary key,
    login         text not null unique,
    password_hash text not null,                    -- Argon2id, encoded with its parameters
    role          text not null check (role in ('caseworker', 'operator')),
    caseworker_no integer references caseworker,    -- the person who acts; null for an operator
    created_at    timestamptz not null default now(),
    check (role <> 'caseworker' or caseworker_no is not null)
);

create table resident (
    resident_no        integer generated always as identity primary key,
    resident_id        uuid not null unique default gen_random_uuid(),
    office_no          integer not null references office,
    caseworker_no      integer references caseworker,   -- the resident's own caseworker
    name               text not null,
    birth_year         smallint not null check (birth_year between 1900 and 2100),
    neighbourhood      text not null,                   -- '대화동'
    address            text not null,
    phone              text check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    language           text not null default 'ko' check (language in ('ko', 'en')),
    transcript_consent boolean not null default false,  -- without it no word of a conversation is stored
    created_at         timestamptz not null default now()
);

-- Who is on call for an office, first position first.
create table on_call_shift (
    shift_no      integer generated always as identity primary key,
    office_no     integer not null references office,
    caseworker_no integer not null references caseworker,
    position      smallint not null check (position >= 1),
    starts_at     timestamptz not null,
    ends_at       timestamptz,                          -- null: until further notice
    check (ends_at > starts_at)
);
create index on_call_shift_by_office on on_call_shift (office_no, starts_at);
