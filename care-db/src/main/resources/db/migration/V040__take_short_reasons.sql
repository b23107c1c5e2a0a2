-- Two syllables say why in Korean: 입원, 여행.
alter table risk_setting_change
    drop constraint risk_setting_change_reason_check,
    add constraint risk_setting_change_reason_check check (length(reason) between 2 and 500);
alter table resident_mode
    drop constraint resident_mode_reason_check,
    add constraint resident_mode_reason_check check (length(reason) between 2 and 500);
alter table relearning
    drop constraint relearning_reason_check,
    add constraint relearning_reason_check check (length(reason) between 2 and 500);
alter table consent_change
    drop constraint consent_change_note_check,
    add constraint consent_change_note_check check (length(note) between 2 and 500);
