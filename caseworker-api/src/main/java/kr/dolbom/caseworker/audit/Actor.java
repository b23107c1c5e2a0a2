package kr.dolbom.caseworker.audit;

/// Who does something, for the audit log.
///
/// @param name the login, or `link:` and the caseworker's public id for somebody who came by a one-time link
/// @param address from where, an IP address
public record Actor(String name, String address) {}
