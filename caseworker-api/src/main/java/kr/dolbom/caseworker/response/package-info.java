/// What happens to an alert. [AlertState][kr.dolbom.caseworker.response.AlertState] has the diagram,
/// [AlertPolicy][kr.dolbom.caseworker.response.AlertPolicy] the rules as a pure function,
/// [AlertResponse][kr.dolbom.caseworker.response.AlertResponse] carries out what it decides; read them in this order.
@NullMarked
package kr.dolbom.caseworker.response;

import org.jspecify.annotations.NullMarked;
