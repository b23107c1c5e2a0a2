-- Who may sign in as what, by what they prove it, and as whom they are signed in now.
-- Nothing here signs anybody in who reads it: of passwords, sessions, tokens and codes there are hashes alone.

alter table account
    drop constraint account_role_check,
    drop constraint account_check,
    add column account_id          uuid not null unique default gen_random_uuid(),
    add column office_no           integer references office,  -- of an auditor who may see one office; null: all of them
    add column vendor              text,                       -- of a vendor's account: as devices name it
    add column email               text,                       -- by which the city's own sign-in may know them
    add column openid_subject      text unique,                -- issuer and subject, once they came by it
    add column must_change         boolean not null default false,  -- the password is from somebody else
    add column password_changed_at timestamptz not null default now(),
    add column closed_at           timestamptz,                -- since when nobody may sign in with it; null: one may
    add column totp_secret         text,                       -- encrypted; null: none
    add column totp_since          timestamptz,                -- since when it is asked for; null: not confirmed yet
    add column totp_step           bigint not null default 0,  -- the 30 s step of the last code that was used
    add check (role in ('caseworker', 'supervisor', 'operator', 'auditor', 'vendor')),
    add check ((role in ('caseworker', 'supervisor')) = (caseworker_no is not null)),
    add check ((role = 'vendor') = (vendor is not null)),
    add check (role = 'auditor' or office_no is null);
create unique index account_by_email on account (lower(email));

-- A person's role is their duty, whoever changes either.
create function account_role_is_duty() returns trigger language plpgsql as $$
begin
    if new.role in ('caseworker', 'supervisor') and new.caseworker_no is not null then
        new.role := (select duty from caseworker where caseworker_no = new.caseworker_no);
    end if;
    return new;
end $$;
create trigger account_role_is_duty before insert or update of role, caseworker_no on account
    for each row execute function account_role_is_duty();

create function duty_is_account_role() returns trigger language plpgsql as $$
begin
    update account set role = new.duty where caseworker_no = new.caseworker_no and role <> new.duty;
    return null;
end $$;
create trigger duty_is_account_role after update of duty on caseworker
    for each row execute function duty_is_account_role();

update account set role = c.duty from caseworker c where c.caseworker_no = account.caseworker_no;

-- Somebody in a browser.
create table account_session (
    session_id uuid primary key default gen_random_uuid(),
    token_hash bytea not null unique check (length(token_hash) = 32),   -- SHA-256 of 256 random bits
    account_no integer not null references account on delete cascade,
    stage      text not null check (stage in ('code', 'change', 'enrol', 'open')),  -- what is still to be done; open: nothing
    created_at timestamptz not null,
    seen_at    timestamptz not null,                    -- written once a minute at most
    expires_at timestamptz not null,                    -- at the latest
    address    text not null,
    browser    text not null                            -- what it says of itself
);
create index account_session_by_account on account_session (account_no);
create index account_session_by_expiry on account_session (expires_at);

-- Programs that act for an account.
create table access_token (
    token_id   uuid primary key default gen_random_uuid(),
    token_hash bytea not null unique check (length(token_hash) = 32),
    account_no integer not null references account on delete cascade,
    name       text not null,                           -- what it is for
    scopes     text not null,                           -- with spaces in between
    created_at timestamptz not null,
    used_at    timestamptz,                             -- written once a minute at most
    expires_at timestamptz not null,
    address    text not null                            -- from where it was asked for
);
create index access_token_by_account on access_token (account_no);
create index access_token_by_expiry on access_token (expires_at);

-- For whoever lost the telephone with their codes; each is good once.
create table recovery_code (
    account_no integer not null references account on delete cascade,
    code_hash  bytea not null check (length(code_hash) = 32),
    used_at    timestamptz,
    primary key (account_no, code_hash)
);

-- Wrong attempts. A lane is the hash of a login, of a login in a known browser, or of an address.
create table sign_in_lane (
    lane       bytea primary key check (length(lane) = 32),
    attempts   integer not null,
    tried_at   timestamptz not null,
    wait_until timestamptz                              -- until then nothing is tried; null: no waiting
);
create index sign_in_lane_by_time on sign_in_lane (tried_at);

-- Browsers in which somebody signed in before: a stranger's wrong attempts do not keep them out.
create table known_browser (
    browser_hash bytea not null check (length(browser_hash) = 32),
    account_no   integer not null references account on delete cascade,
    seen_at      timestamptz not null,
    primary key (browser_hash, account_no)
);
create index known_browser_by_time on known_browser (seen_at);
