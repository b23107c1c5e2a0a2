/// Twilio: sending through its SDK, each thing exactly once, and its webhooks. Read
/// [TwilioWebhooks][kr.dolbom.caseworker.twilio.TwilioWebhooks] for what Twilio asks and reports,
/// [TwilioCalls][kr.dolbom.caseworker.twilio.TwilioCalls] for what we ask,
/// [Reconciliation][kr.dolbom.caseworker.twilio.Reconciliation] for what stayed silent. Nothing here decides about an
/// alert.
@NullMarked
package kr.dolbom.caseworker.twilio;

import org.jspecify.annotations.NullMarked;
