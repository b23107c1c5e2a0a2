package kr.dolbom.contract.rule;

/// How binding a requirement is, in the words of RFC 2119.
public enum Level {
    /// Who does otherwise does not follow the contract.
    MUST,
    /// There may be a good reason to do otherwise.
    SHOULD
}
