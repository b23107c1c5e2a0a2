/// Numbers of which a provider says that they cannot be used: dead, refusing, a landline. Read
/// [PhoneTroubles][kr.dolbom.caseworker.phone.PhoneTroubles] first. Whom to call instead is not decided here.
@NullMarked
package kr.dolbom.caseworker.phone;

import org.jspecify.annotations.NullMarked;
