/** What followed a sale, as the story of its payment tells it. */
@NullMarked
package dev.naru.aftercare.story;

import org.jspecify.annotations.NullMarked;
