package kr.dolbom.caseworker.readiness;

import java.sql.Connection;
import java.util.Collection;
import java.util.Set;

/// Knows which phone numbers a provider found dead, refusing or opted out.
interface UnusableNumbers {
    /// Those of these numbers, E.164, that cannot be used now.
    Set<String> among(Connection connection, Collection<String> phones);
}
