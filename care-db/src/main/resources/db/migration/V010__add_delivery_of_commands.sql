-- What became of a command, exactly:
--
--   pending ──▶ sent ──▶ delivered ──▶ answered        the device's PUBACK, then (a check-in alone) its answer
--      │          ├────▶ failed                        the device's PUBACK says no, or the command is none of the contract
--      └──────────┴────▶ expired                       no PUBACK by expires_at, or offline where it may not wait
--
-- 'sent' was handed to a connection; it is sent again over the next one until a PUBACK comes or it expires.
alter table device_command drop constraint device_command_state_check;
alter table device_command
    add constraint device_command_state_check
        check (state in ('pending', 'sent', 'delivered', 'answered', 'failed', 'expired')),
    add column when_offline text not null default 'wait'  -- what it does while its device is not connected
        check (when_offline in ('wait', 'expire')),
    add column delivered_at timestamptz,                   -- when the device's PUBACK came
    add column failure text;                               -- why it failed: the PUBACK's reason and words, or ours

drop index device_command_pending;
create index device_command_undelivered on device_command (device_no, created_at) where state in ('pending', 'sent');
