-- Credentials: what proves that a connection comes from a device or from one of the platform's own programs.

create table device_credential (
    credential_no integer generated always as identity primary key,
    device_no     integer not null references device,
    -- secret: the password of every day; claim: a one-time code for enrolment; certificate: a TLS client certificate
    -- whose common name is the device id
    kind          text not null check (kind in ('secret', 'claim', 'certificate')),
    salt          bytea check (length(salt) = 16),
    -- SHA-256(salt, secret or claim code), the secret itself being 256 and the code 130 random bits; of a certificate
    -- its SHA-256 fingerprint, or null: any certificate of a trusted issuer
    hash          bytea check (length(hash) = 32),
    created_at    timestamptz not null default now(),
    expires_at    timestamptz,                      -- null: never
    used_at       timestamptz,                      -- of a claim: when the device set its secret by it
    dropped_at    timestamptz,                      -- from then on it is worth nothing
    check (case kind when 'certificate' then salt is null else salt is not null and hash is not null end),
    check (kind <> 'claim' or expires_at is not null)
);
create index device_credential_live on device_credential (device_no) where dropped_at is null;

insert into device_credential (device_no, kind, salt, hash, created_at)
select device_no, 'secret', secret_salt, secret_hash, created_at from device;
alter table device drop column secret_salt, drop column secret_hash;

-- Certificates that no device may use any more, by SHA-256 over their DER form: exact, whoever issued them.
create table revoked_certificate (
    fingerprint bytea primary key check (length(fingerprint) = 32),
    revoked_at  timestamptz not null default now(),
    note        text not null
);

-- The platform's own clients of the broker; their user name is 'service:' and the name.
create table service_account (
    service_no integer generated always as identity primary key,
    name       text not null unique check (name ~ '^[a-z][a-z0-9-]{2,31}$'),
    salt       bytea not null check (length(salt) = 16),
    hash       bytea not null check (length(hash) = 32),
    filters    text[] not null,                     -- what it may subscribe to, word by word
    created_at timestamptz not null default now(),
    revoked_at timestamptz
);

alter table device_command drop constraint device_command_kind_check;
alter table device_command add constraint device_command_kind_check
    check (kind in ('speak', 'check-in', 'remind', 'configure', 'locate', 'renew-secret'));
