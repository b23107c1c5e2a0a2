-- A message in fewer bytes. `telemetry.data` is the message's `data` as JSON text without white space, in which pieces
-- that messages repeat are codes of one or two bytes (kr.dolbom.contract.compact.CompactJson writes and reads it, byte
-- by byte). JSON text without codes is valid there as well. telemetry_data() gives it as jsonb.

-- Only ever added to: what is stored is read by it.
create table telemetry_token (
    code bytea primary key check (length(code) in (1, 2)),
    text text not null unique
);
insert into telemetry_token (code, text) values
    ('\x01', '{"windowSeconds":600,"counts":[{"sensor":"motion","room":"'),
    ('\x02', '{"windowSeconds":'),
    ('\x03', ',"counts":[{"sensor":"'),
    ('\x04', '"},{"sensor":"'),
    ('\x05', '},{"sensor":"'),
    ('\x06', '","room":"'),
    ('\x07', '","count":'),
    ('\x08', ',"lastSecondsBefore":'),
    ('\x0b', '}]}'),
    ('\x0c', 'motion'),
    ('\x0e', 'door'),
    ('\x0f', 'touch'),
    ('\x10', 'appliance'),
    ('\x11', 'lounge'),
    ('\x12', 'kitchen'),
    ('\x13', 'bedroom'),
    ('\x14', 'bathroom'),
    ('\x15', 'hallway'),
    ('\x16', 'front-door'),
    ('\x17', '{"state":"heartbeat","firmware":"'),
    ('\x18', '{"state":"'),
    ('\x19', '","firmware":"'),
    ('\x1a', '","contract":"1.0"'),
    ('\x1b', ',"batteryPercent":'),
    ('\x1c', ',"onMains":true'),
    ('\x1d', ',"signalDbm":-'),
    ('\x1e', ',"sensors":[{"sensor":"'),
    ('\xc0', '","health":"ok"'),
    ('\xc1', ',"clockErrorMillis":'),
    ('\xf5', '{"codes":['),
    ('\xf6', '{"intent":"'),
    ('\xf7', '","confidence":'),
    ('\xf8', '],"turns":'),
    ('\xf9', ',"talkSeconds":'),
    ('\xfa', ',"emotions":[{"feeling":"'),
    ('\xfb', '","share":'),
    ('\xfc', '},{"feeling":"'),
    ('\xfd', ',"transcript":"'),
    ('\x1f21', '"windowSeconds":'),
    ('\x1f22', '"counts":['),
    ('\x1f23', '"sensor":"'),
    ('\x1f24', '"room":"'),
    ('\x1f25', '"count":'),
    ('\x1f26', '"lastSecondsBefore":'),
    ('\x1f27', '"state":"'),
    ('\x1f28', '"firmware":"'),
    ('\x1f29', '"contract":"'),
    ('\x1f2a', '"batteryPercent":'),
    ('\x1f2b', '"onMains":'),
    ('\x1f2c', '"signalDbm":'),
    ('\x1f2d', '"sensors":['),
    ('\x1f2e', '"health":"'),
    ('\x1f2f', '"clockErrorMillis":'),
    ('\x1f30', '"codes":['),
    ('\x1f31', '"intent":"'),
    ('\x1f32', '"confidence":'),
    ('\x1f33', '"turns":'),
    ('\x1f34', '"talkSeconds":'),
    ('\x1f35', '"emotions":['),
    ('\x1f36', '"feeling":"'),
    ('\x1f37', '"share":'),
    ('\x1f38', '"transcript":"'),
    ('\x1f39', '{"silentSeconds":'),
    ('\x1f3a', ',"lastRoom":"'),
    ('\x1f3b', '{"slot":"'),
    ('\x1f3c', '","outcome":"'),
    ('\x1f3d', '{"trigger":"'),
    ('\x1f3e', '","phrase":"'),
    ('\x1f3f', '{"commandId":"'),
    ('\x1f40', '","answer":"'),
    ('\x1f41', '","by":"'),
    ('\x1f42', '","expectedBack":"'),
    ('\x1f43', 'back-door'),
    ('\x1f44', 'balcony'),
    ('\x1f45', 'heartbeat'),
    ('\x1f46', 'offline'),
    ('\x1f47', 'birth'),
    ('\x1f48', 'false'),
    ('\x1f49', 'morning'),
    ('\x1f4a', 'evening'),
    ('\x1f4b', 'bedtime'),
    ('\x1f4c', 'taken'),
    ('\x1f4d', 'skipped'),
    ('\x1f4e', 'no-answer'),
    ('\x1f4f', 'going-out'),
    ('\x1f50', 'returned'),
    ('\x1f51', 'sos-button'),
    ('\x1f52', 'sos-voice'),
    ('\x1f53', 'sadness'),
    ('\x1f54', 'loneliness'),
    ('\x1f55', 'confidence');

-- No code is a byte of a text that a code stands for, so that the order among codes of one length makes no difference.
create function telemetry_data(stored bytea) returns jsonb
    language plpgsql stable strict parallel safe as $$
declare
    bytes text := convert_from(stored, 'LATIN1');    -- one character a byte
    token record;
begin
    for token in select code, text from telemetry_token order by length(code) desc loop
        bytes := replace(bytes, convert_from(token.code, 'LATIN1'), token.text);
    end loop;
    return convert_from(convert_to(bytes, 'LATIN1'), 'UTF8')::jsonb;
end $$;

alter table telemetry alter column data type bytea using convert_to(data::text, 'UTF8');

-- Nobody asked for a resident's messages by themselves; those who read a time read all of them. With `at` first one
-- index serves both that and the key, and new entries go to its end, so that its pages are full.
drop index telemetry_series;
drop index telemetry_message;
create unique index telemetry_message on telemetry (at, device_no, message_id);
