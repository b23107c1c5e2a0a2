package kr.dolbom.caseworker.secrecy;

import java.io.PrintStream;
import java.nio.file.Path;

/// `./dolbom keyset`: makes the keys and changes them. Works without a database.
public final class KeysetCommand {
    private static final String HELP = """
            The keys by which names, phone numbers and addresses are stored.

              ./dolbom keyset new FILE        make them; never over a file that is there
              ./dolbom keyset show FILE       the keys' ids, never the keys
              ./dolbom keyset rotate FILE     add new keys, by which everything is encrypted from now on; the old
                                              ones stay for what was stored by them
              ./dolbom keyset drop KEY FILE   leave out an old key by which nothing is stored any more (the program
                                              says so in its log once that is so)

            DOLBOM_KEYSET names the file for the program. Only its owner may read it (600). It is not encrypted
            itself: keep it apart from the database and its backups, and keep a copy of it in a safe place. Without
            its keys nobody can read what was stored by them: no names, no phone numbers, no addresses.
            """;

    private KeysetCommand() {}

    /// Ends with 0, with 1 when it could not be done, with 2 when it was not understood.
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        try {
            return switch (String.join(" ", arguments).strip()) {
                case "", "help", "-h", "--help" -> {
                    out.print(HELP);
                    yield 0;
                }
                default -> act(arguments, out, err);
            };
        } catch (KeysetException | IllegalArgumentException e) {
            err.println("dolbom keyset: " + e.getMessage());
            return 1;
        }
    }

    private static int act(String[] arguments, PrintStream out, PrintStream err) {
        String action = arguments[0];
        int expected = action.equals("drop") ? 3 : 2;
        if (arguments.length != expected || arguments[1].startsWith("-")) {
            err.print(HELP);
            return arguments[arguments.length - 1].equals("--help") ? 0 : 2;
        }
        var file = new KeysetFile(Path.of(arguments[expected - 1]));
        switch (action) {
            case "new" -> {
                Keyset keys = file.create();
                out.printf("Made %s with the keys %s.%n", file.path(), String.join(", ", keys.ids()));
                out.println("Keep a copy of it in a safe place, apart from the database's backups, and set");
                out.println("DOLBOM_KEYSET=" + file.path());
            }
            case "show" ->
                out.println(String.join(System.lineSeparator(), file.read().ids()));
            case "rotate" -> {
                Keyset keys = file.read().rotate();
                file.replace(keys);
                out.printf(
                        "%s has the keys %s; the first two are used from now on.%n",
                        file.path(), String.join(", ", keys.ids()));
                out.println("Copy it to every instance before you start any of them anew, and renew its safe copy.");
            }
            case "drop" -> {
                file.replace(file.read().without(arguments[1]));
                out.printf("Key %s is no longer in %s.%n", arguments[1], file.path());
            }
            default -> {
                err.print(HELP);
                return 2;
            }
        }
        return 0;
    }
}
