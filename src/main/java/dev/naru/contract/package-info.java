/**
 * What V1 says on the wire, as a table of the project's own: operations, parameters, statuses and
 * models, in English and Korean. The API's documentation is made of it, and tests drive it.
 */
@NullMarked
package dev.naru.contract;

import org.jspecify.annotations.NullMarked;
