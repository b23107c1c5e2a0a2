package kr.dolbom.risk.reason;

/// The same sentence in both languages.
public record Sentence(String ko, String en) {}
