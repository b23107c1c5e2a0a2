-- Written messages wait in line as calls do: whatever instance is alive sends them.

alter table escalation_attempt add column not_before timestamptz;   -- waits until then at least: the end of quiet hours
comment on column escalation_attempt.placed_at is 'when it was asked of the provider; null: it waits for its turn';
create index escalation_attempt_message_line on escalation_attempt (urgency, step, started_at)
    where channel <> 'voice' and state = 'starting' and placed_at is null;
create index escalation_attempt_push_on_its_way on escalation_attempt (placed_at)
    where channel = 'push' and state = 'starting';

-- Whoever looks for a call or a text by the provider's name asks all of these.
create index task_text_by_sid on task_text (provider_sid);
create index check_in_call_by_sid on check_in_call (provider_sid);
create index phone_call_leg_by_sid on phone_call_leg (provider_sid);
create index test_ring_by_sid on test_ring (provider_sid);
