/** Starting and stopping: settings, the database, the keyset, the simulators, the banner. */
@NullMarked
package dev.naru.start;

import org.jspecify.annotations.NullMarked;
