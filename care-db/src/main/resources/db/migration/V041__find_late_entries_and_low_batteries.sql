-- Figures of months that are over are kept by whoever has computed them, and computed anew where the ledger says that
-- something was added since.
create index ledger_entry_by_record on ledger_entry (recorded_at);

-- A battery is low at 20 % and below, wherever that is told.
drop index device_presence_weak;
create index device_presence_weak on device_presence (device_no)
    where battery_percent <= 20 and on_mains is not true;
