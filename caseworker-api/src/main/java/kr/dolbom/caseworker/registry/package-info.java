/// The registry: offices, caseworkers with their accounts, residents, devices and by what they come in,
/// the platform's own service accounts, and who is on call. One class for each of them holds its REST
/// resource, its records and its SQL; read [OfficeApi][kr.dolbom.caseworker.registry.OfficeApi] first,
/// the others are alike.
@NullMarked
package kr.dolbom.caseworker.registry;

import org.jspecify.annotations.NullMarked;
