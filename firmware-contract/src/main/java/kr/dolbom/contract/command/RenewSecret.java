package kr.dolbom.contract.command;

import kr.dolbom.contract.json.ObjectType;

/// Make a new secret, keep it, and set it by a message to the topic
/// `dolbom/v1/{deviceId}/credential/renew`. The command has no members.
public record RenewSecret() implements Command {
    static final ObjectType<RenewSecret> TYPE =
            ObjectType.object("Make a new secret, keep it, and set it.", v -> new RenewSecret());

    @Override
    public CommandKind kind() {
        return CommandKind.RENEW_SECRET;
    }
}
