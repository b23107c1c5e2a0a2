-- The key that signs one-time links. Made once, when the first link is; every instance uses the same.
create table link_key (
    only_one boolean primary key default true check (only_one),
    key      bytea not null,
    made_at  timestamptz not null
);
