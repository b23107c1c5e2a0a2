/// Contacts: who is on duty, staff and guardians, one touch from a call; and what makes the console an app on a phone.
/// Read [ContactPages][kr.dolbom.caseworker.console.contact.ContactPages] first. How calls are made is `phonecall`.
@NullMarked
package kr.dolbom.caseworker.console.contact;

import org.jspecify.annotations.NullMarked;
