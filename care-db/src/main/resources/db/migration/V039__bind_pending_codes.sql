-- A secret of one-time codes that waits to be confirmed is for the session alone in which it was told.
alter table account add column totp_session uuid;  -- of account_session, which may be over; null: nothing waits
update account set totp_secret = null where totp_since is null;
