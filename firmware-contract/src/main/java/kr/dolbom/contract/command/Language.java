package kr.dolbom.contract.command;

/// Languages that devices speak, by ISO 639-1.
public enum Language {
    /// Korean.
    KO,
    /// English.
    EN
}
