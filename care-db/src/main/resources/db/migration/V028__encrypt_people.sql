-- Names, phone numbers and addresses are encrypted by caseworker-api before they are stored; docs/reference/secrecy.md.
-- What is plain by now is encrypted by a chore. How numbers are written is checked where they are taken.

alter table resident drop constraint resident_phone_check;
alter table caseworker drop constraint caseworker_phone_check;
alter table guardian drop constraint guardian_phone_check;

-- By which keys something is stored here: a word of our own, encrypted by each. Whoever cannot read all of them has not
-- the keys of this database.
create table secrecy_key (
    key_id     text primary key,
    kind       text not null,                          -- as what the word is encrypted
    proof      text not null,
    first_used timestamptz not null default now()
);

-- A notice about a number names the trouble, and not the number.
update notice n set about = t.trouble_id::text
  from phone_trouble t
 where n.kind in ('number-unusable', 'alimtalk-unusable') and n.about = t.phone || ' ' || t.channel;
update notice set about = notice_id::text where about ~ '\+[1-9][0-9]{6,14}';

-- Providers repeat the number in their words.
update escalation_attempt set error = regexp_replace(error, '\+[1-9][0-9]{6,14}', '+…', 'g') where error ~ '\+[1-9][0-9]{6,14}';
update test_ring set error = regexp_replace(error, '\+[1-9][0-9]{6,14}', '+…', 'g') where error ~ '\+[1-9][0-9]{6,14}';
update check_in_call set error = regexp_replace(error, '\+[1-9][0-9]{6,14}', '+…', 'g') where error ~ '\+[1-9][0-9]{6,14}';
update notice_text set error = regexp_replace(error, '\+[1-9][0-9]{6,14}', '+…', 'g') where error ~ '\+[1-9][0-9]{6,14}';
update task_text set error = regexp_replace(error, '\+[1-9][0-9]{6,14}', '+…', 'g') where error ~ '\+[1-9][0-9]{6,14}';

-- What devices were to say names the resident. The broker reads it while it is on its way; then it is encrypted.
create index device_command_text_to_hide on device_command (command_id)
    where data ->> 'text' is not null and not starts_with(data ->> 'text', 'enc1.') and state not in ('pending', 'sent');
create index device_command_question_to_hide on device_command (command_id)
    where data ->> 'question' is not null and not starts_with(data ->> 'question', 'enc1.') and state not in ('pending', 'sent');
