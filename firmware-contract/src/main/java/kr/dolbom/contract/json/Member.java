package kr.dolbom.contract.json;

import org.jspecify.annotations.Nullable;

/// A declared member as a person reads about it.
///
/// @param path where it stands: `data.counts[].count`
/// @param type in words: `a whole number from 1 to 10000`
/// @param required whether it must be there
/// @param description what it says
/// @param rule the id of the requirement that its declaration states; null: it has none yet, which a test forbids
public record Member(
        String path,
        String type,
        boolean required,
        String description,
        @Nullable String rule) {}
