/**
 * People who may use the console: accounts and their roles, what each role may do, how somebody
 * proves to be who they say ({@code proof}), and how they come in and stay in ({@code entry}).
 */
@NullMarked
package dev.naru.account;

import org.jspecify.annotations.NullMarked;
