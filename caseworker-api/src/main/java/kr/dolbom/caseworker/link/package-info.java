/// The one-time link of a text message: it opens the alert on a phone with one big button, without signing in.
/// Only the button acknowledges: messengers open links by themselves to show a preview.
@NullMarked
package kr.dolbom.caseworker.link;

import org.jspecify.annotations.NullMarked;
