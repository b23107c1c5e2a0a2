package kr.dolbom.sim.stack;

import java.nio.file.Path;
import java.util.Map;

/// What a stack is started with.
///
/// @param root the checkout
/// @param environment settings by the names that the README lists
/// @param database the database's name; also names its data folder
/// @param overrides settings for the programs, over those of the environment
public record StackSettings(
        Path root, Map<String, String> environment, String database, Map<String, String> overrides) {
    /// Copies the maps.
    public StackSettings {
        environment = Map.copyOf(environment);
        overrides = Map.copyOf(overrides);
    }

    /// The settings of this process: `dolbom.root` names the checkout.
    public static StackSettings ofThisProcess(String database, Map<String, String> overrides) {
        String root = System.getProperty("dolbom.root", "");
        if (root.isEmpty()) {
            throw new StackException("The checkout is not known; start by the script ./dolbom, which tells it");
        }
        return new StackSettings(Path.of(root), System.getenv(), database, overrides);
    }

    int port(String name, int byDefault) {
        String text = environment.getOrDefault(name, "");
        if (text.isBlank()) {
            return byDefault;
        }
        try {
            int port = Integer.parseInt(text.strip());
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new StackException(name + "='" + text + "' is no port: expected 1 to 65535");
    }

    /// A setting; empty where it is not set.
    String text(String name) {
        return overrides.getOrDefault(name, environment.getOrDefault(name, ""));
    }
}
