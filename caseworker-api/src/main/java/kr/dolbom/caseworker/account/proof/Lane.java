package kr.dolbom.caseworker.account.proof;

import java.time.Duration;
import java.util.Locale;
import kr.dolbom.caseworker.account.ClientAddress;
import kr.dolbom.caseworker.account.RandomToken;
import org.jspecify.annotations.Nullable;

/// Whose attempts are counted together. A stranger's wrong attempts fill the lane of the login and of their address;
/// whoever signed in before in their own browser has a lane of their own, and is not kept out by them.
///
/// @param id a hash: what was typed may be a password by mistake
/// @param free how many wrong attempts cost nothing
/// @param memory after how long without an attempt all is forgotten
@SuppressWarnings("ArrayRecordComponent") // two lanes are never compared
record Lane(byte[] id, int free, Duration memory) {
    /// After this all lanes are forgotten.
    static final Duration LONGEST_MEMORY = Duration.ofDays(1);

    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int DOUBLINGS = 5;

    static Lane ofLogin(String login) {
        return new Lane(RandomToken.hash("login:" + login.toLowerCase(Locale.ROOT)), 4, LONGEST_MEMORY);
    }

    static Lane ofBrowser(String browser, String login) {
        return new Lane(
                RandomToken.hash("browser:" + browser + ":" + login.toLowerCase(Locale.ROOT)), 4, LONGEST_MEMORY);
    }

    /// Of one-time codes that are given after the right password: whoever does not know that keeps nobody out here.
    ///
    /// @param browser one in which they signed in before; null for any other
    static Lane ofCode(String login, @Nullable String browser) {
        return new Lane(
                RandomToken.hash("code:" + (browser == null ? "" : browser) + ":" + login.toLowerCase(Locale.ROOT)),
                4,
                LONGEST_MEMORY);
    }

    /// Of somebody who is signed in and is asked for the password once more: whoever tries there, at an
    /// unlocked computer too, keeps nobody from signing in, and nobody who tries to sign in keeps them
    /// from it.
    static Lane ofSignedIn(String login) {
        return new Lane(RandomToken.hash("signed-in:" + login.toLowerCase(Locale.ROOT)), 4, LONGEST_MEMORY);
    }

    /// An office's people share one address: it takes many more before it waits.
    static Lane ofAddress(String address) {
        return new Lane(RandomToken.hash("address:" + ClientAddress.network(address)), 40, Duration.ofHours(1));
    }

    /// How long to wait after so many attempts: not at all, then 30 s, 1 min, 2 min … 15 min.
    Duration waitAfter(int attempts) {
        int beyond = attempts - free;
        if (beyond <= 0) {
            return Duration.ZERO;
        }
        return beyond > DOUBLINGS ? LONGEST : SHORTEST.multipliedBy(1L << (beyond - 1));
    }
}
