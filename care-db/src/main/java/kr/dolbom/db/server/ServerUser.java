package kr.dolbom.db.server;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The user that the server runs as: ourselves, or, as PostgreSQL refuses root, the user that root becomes for it.
///
/// @param name   the user's name
/// @param prefix what to put before a command so that it runs as this user; empty when that is ourselves
record ServerUser(String name, List<String> prefix) {

    /// True when this process may do anything.
    static boolean weAreRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    /// The user for the server whose data lie in `data`: whoever owns them already; else we, or for root the user
    /// `postgres` where there is one and `nobody` where not.
    static ServerUser of(Path data) throws IOException {
        if (!weAreRoot()) {
            return new ServerUser(System.getProperty("user.name"), List.of());
        }
        String name = Files.isDirectory(data) ? Files.getOwner(data).getName() : "root";
        if (name.equals("root")) {
            name = exists("postgres") ? "postgres" : "nobody";
        }
        List<String> group = new ArrayList<>();
        ProgramRun run = ProgramRun.run(Path.of("/"), group::add, List.of("id", "-g", name));
        if (run.failed() || group.isEmpty()) {
            throw new DatabaseServerException(
                    "PostgreSQL does not run as root, and the user " + name + " cannot be used: " + run.complaint());
        }
        return new ServerUser(
                name, List.of("setpriv", "--reuid=" + name, "--regid=" + group.getFirst(), "--clear-groups"));
    }

    /// Makes a folder and those above it. The ones that root makes are open to the user that its server runs as,
    /// whatever root's umask.
    static void createFolders(@Nullable Path folder) throws IOException {
        if (folder == null || Files.isDirectory(folder)) {
            return;
        }
        createFolders(folder.getParent());
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            return;
        }
        if (weAreRoot()) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /// Runs a program as this user, in a folder that is open to it.
    ProgramRun run(Path folder, List<String> command) {
        return ProgramRun.run(
                folder,
                line -> {},
                Stream.concat(prefix.stream(), command.stream()).toList());
    }

    /// Gives a file or folder to this user.
    void own(Path file) throws IOException {
        if (!prefix.isEmpty()) {
            Files.setOwner(file, user(name));
        }
    }

    private static boolean exists(String user) throws IOException {
        try {
            return !user(user).getName().isEmpty();
        } catch (UserPrincipalNotFoundException e) {
            return false;
        }
    }

    private static UserPrincipal user(String name) throws IOException {
        return Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
    }
}
