/** What is watched for matters that concern no single payment. */
@NullMarked
package dev.naru.attention.watch;

import org.jspecify.annotations.NullMarked;
