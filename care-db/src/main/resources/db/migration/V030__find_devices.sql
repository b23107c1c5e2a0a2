-- Devices as the console lists them: one page by the index, however many there are.

create index device_by_vendor on device (vendor, device_id);
create index device_presence_by_firmware on device_presence (firmware);
create index device_presence_gone on device_presence (device_no) where not connected;
create index device_presence_weak on device_presence (device_no)
    where battery_percent < 20 and on_mains is not true;
create index if not exists resident_by_office on resident (office_no);
create index sequence_gap_by_device on sequence_gap (device_no, noticed_at);
create index device_command_by_device on device_command (device_no, created_at);
create index quarantine_by_reason on quarantine (reason, quarantine_no);
