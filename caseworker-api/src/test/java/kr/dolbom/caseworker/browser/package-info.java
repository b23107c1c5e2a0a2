/// Pages in a real Chromium, as people see them: read [Chromium][kr.dolbom.caseworker.browser.Chromium]
/// first, then [Visitor][kr.dolbom.caseworker.browser.Visitor]. Nothing here knows a page of ours but
/// the one to sign in; what pages show is checked by the tests that use this.
@NullMarked
package kr.dolbom.caseworker.browser;

import org.jspecify.annotations.NullMarked;
