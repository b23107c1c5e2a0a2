/// A provider of AlimTalk over HTTP: sending, and what it reports. Read
/// [HttpAlimTalks][kr.dolbom.caseworker.alimtalk.HttpAlimTalks] first;
/// [AlimTalkWebhook][kr.dolbom.caseworker.alimtalk.AlimTalkWebhook] hears what became of messages. When
/// a text goes out in a message's place is not decided here.
@NullMarked
package kr.dolbom.caseworker.alimtalk;

import org.jspecify.annotations.NullMarked;
