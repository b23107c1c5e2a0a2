package kr.dolbom.caseworker.console.people;

import java.util.List;
import java.util.Map;

/// The form of one tier's policy.
///
/// @param head what stands above
/// @param tier the tier's word
/// @param tierName the tier in words
/// @param form what stands in it: `s0-t-on-call`, `s0-c-voice`, `s0-wait` …
/// @param steps numbers of the steps, with empty ones to fill
/// @param targets all whom a step may call, by word
/// @param channels all by which it may, by word
public record PolicyFormPage(
        Head head,
        String tier,
        String tierName,
        Form form,
        List<Integer> steps,
        Map<String, String> targets,
        Map<String, String> channels) {}
