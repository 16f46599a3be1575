/** Who may do what: users and roles, the commands that change them, and what they permit. As the machine, without clock, thread or I/O. */
@NullMarked
package io.tidemark.revision.auth;

import org.jspecify.annotations.NullMarked;
