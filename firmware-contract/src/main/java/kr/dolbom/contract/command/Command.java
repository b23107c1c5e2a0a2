package kr.dolbom.contract.command;

/// The `data` member of a command message.
public sealed interface Command permits Speak, CheckIn, Remind, Configure, Locate, RenewSecret {
    /// The kind that the topic names.
    CommandKind kind();
}
