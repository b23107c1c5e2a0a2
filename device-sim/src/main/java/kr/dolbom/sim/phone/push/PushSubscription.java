package kr.dolbom.sim.phone.push;

/// A subscription as a browser gives it to its page.
///
/// @param id the last part of the endpoint
/// @param endpoint where messages are sent
/// @param p256dh the browser's public key: an uncompressed point of P-256, base64url
/// @param auth the browser's authentication secret: 16 bytes, base64url
public record PushSubscription(String id, String endpoint, String p256dh, String auth) {}
