/// A stand-in for a provider of AlimTalk, KakaoTalk's messages from offices: an HTTP API in the manner of those that
/// Korean providers offer, and their ways of failing.
///
/// Read [kr.dolbom.sim.phone.alimtalk.AlimTalk]. Texts and calls are no part of it.
@NullMarked
package kr.dolbom.sim.phone.alimtalk;

import org.jspecify.annotations.NullMarked;
